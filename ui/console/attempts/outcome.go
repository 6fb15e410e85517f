package attempts

import (
	"strings"

	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// outcome writes the report and, once the log was read, the verdict.
func (l *Pane) outcome(a screen.Area, x int, m *ledger.Message) {
	for y, parts := range l.outcomes(m, a.H) {
		if y >= a.H {
			return
		}
		at := x
		for i, p := range parts {
			if i > 0 && at+1+screen.Width(p.Words) >= a.W && m.Ghost {
				// A ghost is worth more than the count of its copies.
				a.Fill(x, y, a.W-x, " ", screen.Ink)
				short := parts[0].Words[strings.LastIndexByte(parts[0].Words, ' ')+1:]
				at = a.Put(putMark(a, x, y, &parts[0]), y, short, parts[0].Style) + 1
			}
			if at+2+screen.Width(p.Words) < a.W || i > 0 || m.Verdict == ledger.Unjudged {
				at = putMark(a, at, y, &p) // a verdict is worth more than the mark of its report
			}
			at = a.Put(at, y, screen.Cut(p.Words, a.W-at-1), p.Style) + 1
		}
	}
}

// putMark writes a mark, where there is one, and a space.
func putMark(a screen.Area, x, y int, s *telling.Said) int {
	if s.Mark == "" {
		return x
	}
	return a.Put(x, y, s.Mark, s.Style) + 1
}

// outcomes is what stands beside a lane, a row each. One row alone says both:
// the verdict says more, the mark says the report. It holds until the next call.
func (l *Pane) outcomes(m *ledger.Message, rows int) [2][]telling.Said {
	r := telling.Report(m.Report, l.Lang)
	if m.Report == ledger.NoReport {
		r.Mark = pane.Spinner(l.Seen.Beat)
	}
	r.Mark = l.Sign(r.Mark)
	v, flag := telling.Verdict(m, l.Lang)
	v.Style = l.Seen.Fresh(v.Style) | screen.Bold
	judged := l.judged[:0]
	judged = append(judged, v)
	if word, _, _ := strings.Cut(flag.Words, ","); word != "" {
		judged = append(judged, telling.Said{Words: word, Style: l.Seen.Fresh(flag.Style) | screen.Bold})
	}
	if rows == 1 && m.Verdict != ledger.Unjudged {
		judged[0].Mark = r.Mark
		return [2][]telling.Said{judged, nil}
	}
	if m.Report == ledger.AckedReport && m.Offset >= 0 {
		r.Words += " " + telling.Offset(m.Offset)
	}
	if m.Verdict != ledger.Unjudged {
		return [2][]telling.Said{append(l.reported[:0], r), judged}
	}
	return [2][]telling.Said{append(l.reported[:0], r), append(l.judged[:0], telling.Said{Words: telling.Reason(m, l.Lang), Style: r.Style})}
}

// outcomeWidth is what the widest outcome on screen takes.
func (l *Pane) outcomeWidth(s *ledger.Snapshot, rows int) int {
	widest := 0
	for _, i := range l.lanes {
		for _, parts := range l.outcomes(&s.Messages[i], rows) {
			w := 0
			for _, p := range parts {
				if p.Mark != "" {
					w += screen.Width(p.Mark) + 1
				}
				w += screen.Width(p.Words) + 1
			}
			widest = max(widest, w)
		}
	}
	return widest
}
