package console

import (
	"strings"

	"atelier/kafka/ledger"
)

// outcome writes the report and, once the log was read, the verdict.
func (l *attempts) outcome(a area, x int, m *ledger.Message) {
	first, second := l.outcomes(m, a.h)
	for y, parts := range [][]said{first, second} {
		if y >= a.h {
			return
		}
		at := x
		for i, p := range parts {
			if i > 0 && at+1+width(p.words) >= a.w && m.Ghost {
				// A ghost is worth more than the count of its copies.
				a.fill(x, y, a.w-x, " ", text)
				short := parts[0].words[strings.LastIndexByte(parts[0].words, ' ')+1:]
				at = a.put(a.put(x, y, parts[0].mark, parts[0].style), y, short, parts[0].style) + 1
			}
			at = a.put(at, y, p.mark, p.style)
			at = a.put(at, y, cut(p.words, a.w-at-1), p.style) + 1
		}
	}
}

// outcomes is what stands beside a lane, a row each. One row alone says both:
// the verdict says more, the mark says the report.
func (l *attempts) outcomes(m *ledger.Message, rows int) (first, second []said) {
	r := reportOf(m.Report, l.lang)
	if m.Report == ledger.NoReport {
		r.mark = spinner(l.seen.beat)
	}
	r.mark += " "
	v, flag := verdictOf(m, l.lang)
	v.style |= bold
	judged := []said{v}
	if word, _, _ := strings.Cut(flag.words, ","); word != "" {
		judged = append(judged, said{"", word, flag.style | bold})
	}
	if rows == 1 && m.Verdict != ledger.Unjudged {
		judged[0].mark = r.mark
		return judged, nil
	}
	if m.Report == ledger.AckedReport && m.Offset >= 0 {
		r.words += " @" + count(m.Offset, l.lang)
	}
	if m.Verdict != ledger.Unjudged {
		return []said{r}, judged
	}
	return []said{r}, []said{{"", reasonOf(m, l.lang), r.style}}
}

// outcomeWidth is what the widest outcome on screen takes.
func (l *attempts) outcomeWidth(s *ledger.Snapshot, rows int) int {
	widest := 0
	for _, i := range l.lanes {
		first, second := l.outcomes(&s.Messages[i], rows)
		for _, parts := range [][]said{first, second} {
			w := 0
			for _, p := range parts {
				w += width(p.mark) + width(p.words) + 1
			}
			widest = max(widest, w)
		}
	}
	return widest
}
