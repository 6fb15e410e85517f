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
	first, second := l.outcomes(m, a.H)
	for y, parts := range [][]telling.Said{first, second} {
		if y >= a.H {
			return
		}
		at := x
		for i, p := range parts {
			if i > 0 && at+1+screen.Width(p.Words) >= a.W && m.Ghost {
				// A ghost is worth more than the count of its copies.
				a.Fill(x, y, a.W-x, " ", screen.Ink)
				short := parts[0].Words[strings.LastIndexByte(parts[0].Words, ' ')+1:]
				at = a.Put(a.Put(x, y, parts[0].Mark, parts[0].Style), y, short, parts[0].Style) + 1
			}
			at = a.Put(at, y, p.Mark, p.Style)
			at = a.Put(at, y, screen.Cut(p.Words, a.W-at-1), p.Style) + 1
		}
	}
}

// outcomes is what stands beside a lane, a row each. One row alone says both:
// the verdict says more, the mark says the report.
func (l *Pane) outcomes(m *ledger.Message, rows int) (first, second []telling.Said) {
	r := telling.Report(m.Report, l.Lang)
	if m.Report == ledger.NoReport {
		r.Mark = pane.Spinner(l.Seen.Beat)
	}
	r.Mark += " "
	v, flag := telling.Verdict(m, l.Lang)
	v.Style |= screen.Bold
	judged := []telling.Said{v}
	if word, _, _ := strings.Cut(flag.Words, ","); word != "" {
		judged = append(judged, telling.Said{Mark: "", Words: word, Style: flag.Style | screen.Bold})
	}
	if rows == 1 && m.Verdict != ledger.Unjudged {
		judged[0].Mark = r.Mark
		return judged, nil
	}
	if m.Report == ledger.AckedReport && m.Offset >= 0 {
		r.Words += " @" + telling.Count(m.Offset, l.Lang)
	}
	if m.Verdict != ledger.Unjudged {
		return []telling.Said{r}, judged
	}
	return []telling.Said{r}, []telling.Said{{Mark: "", Words: telling.Reason(m, l.Lang), Style: r.Style}}
}

// outcomeWidth is what the widest outcome on screen takes.
func (l *Pane) outcomeWidth(s *ledger.Snapshot, rows int) int {
	widest := 0
	for _, i := range l.lanes {
		first, second := l.outcomes(&s.Messages[i], rows)
		for _, parts := range [][]telling.Said{first, second} {
			w := 0
			for _, p := range parts {
				w += screen.Width(p.Mark) + screen.Width(p.Words) + 1
			}
			widest = max(widest, w)
		}
	}
	return widest
}
