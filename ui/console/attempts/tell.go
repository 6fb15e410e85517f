package attempts

import (
	"strconv"

	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Tell says the faults of the run, then each of the latest messages: its
// attempts with their moments, its report, and what the log says.
func (l *Pane) Tell() []string {
	s := l.Seen.Snap
	if s == nil || len(s.Messages) == 0 {
		return nil
	}
	l.cast.Of(s)
	said := telling.Faults(s, l.Lang)
	latest := s.Messages[max(0, len(s.Messages)-pane.Told):]
	if n := int64(len(s.Messages) - len(latest)); n > 0 {
		said = append(said, telling.Count(n, l.Lang)+" "+l.Pick(telling.Plural(n, "message", "messages")+" before these.", telling.Plural(n, "message", "messages")+" avant ceux-ci."))
	}
	for i := range latest {
		said = append(said, l.tellOf(&latest[i], s))
	}
	return said
}

func (l *Pane) tellOf(m *ledger.Message, s *ledger.Snapshot) string {
	said := l.cast.Name(m.Ref, m.Label) + ", " + screen.Plain(m.Mode) + " " + screen.Plain(m.Sending) +
		l.Pick(", handed over at ", ", confié à ") + telling.Moment(m.Sent, l.Lang) + "."
	for n, id := range m.Attempts {
		if at := s.Attempt(id); at != nil {
			said += " " + l.attemptTold(at, m, n, s)
		}
	}
	if m.More > 0 {
		said += " " + telling.Count(int64(m.More), l.Lang) + l.Pick(" more attempts.", " tentatives de plus.")
	}
	r := telling.Report(m.Report, l.Lang).Words
	if m.Report == ledger.AckedReport && m.Offset >= 0 {
		r += " " + telling.Offset(m.Offset)
	}
	if m.Report != ledger.NoReport && m.Report != ledger.FiredReport {
		r += l.Pick(" after ", " au bout de ") + telling.Duration(m.Reported-m.Sent, l.Lang)
	}
	if why := telling.Reason(m, l.Lang); why != "" {
		r += l.Pick(" (", " (") + why + ")"
	}
	said += l.Pick(" Report: ", " Rapport\u00a0: ") + r + "."
	if m.Verdict == ledger.Unjudged {
		return said
	}
	v, flag := telling.Verdict(m, l.Lang)
	said += l.Pick(" The log: ", " Le journal\u00a0: ") + v.Words
	if flag.Words != "" {
		said += ", " + flag.Words
	}
	return said + "."
}

// attemptTold says the moments of an attempt that were seen.
func (l *Pane) attemptTold(at *ledger.Attempt, m *ledger.Message, n int, s *ledger.Snapshot) string {
	moment := func(en, fr string) string { return l.Pick(en, fr) }
	said := moment("Attempt ", "Tentative ") + strconv.Itoa(n+1) + moment(": broker ", "\u00a0: broker ") + strconv.Itoa(int(at.Broker))
	if at.Departed >= 0 {
		said += moment(", departed at ", ", partie à ") + telling.Moment(at.Departed, l.Lang)
	}
	switch {
	case at.Arrived >= 0:
		said += moment(", arrived at ", ", arrivée à ") + telling.Moment(at.Arrived, l.Lang)
	case at.Ended >= 0 && s.Simulated:
		said += moment(", never arrived", ", jamais arrivée")
	}
	if telling.Answered(at) {
		when := at.Answered
		if when < 0 {
			when = at.Heard
		}
		said += moment(", answered at ", ", réponse à ") + telling.Moment(when, l.Lang) + l.answerTold(at, m, n, s)
	}
	switch {
	case at.Heard >= 0:
		said += moment(", heard at ", ", revenue à ") + telling.Moment(at.Heard, l.Lang)
	case at.Ended >= 0 && at.Outcome == ledger.Cut:
		said += moment(", cut at ", ", coupée à ") + telling.Moment(at.Ended, l.Lang)
	case at.Ended >= 0 && at.Outcome == ledger.TimedOut:
		said += moment(", given up at ", ", abandonnée à ") + telling.Moment(at.Ended, l.Lang)
	case at.Outcome == ledger.Unasked:
		said += moment(", no answer asked for", ", sans réponse demandée")
	case at.Outcome == ledger.Pending:
		said += moment(", under way", ", en route")
	}
	return said + "."
}

// answerTold says what an answer said, as the notes below a lane do.
func (l *Pane) answerTold(at *ledger.Attempt, m *ledger.Message, n int, s *ledger.Snapshot) string {
	switch {
	case telling.Refusal(at):
		return l.Pick(" (refused, ", " (refusée, ") + telling.Code(at.Code) + ")"
	case s.Recognised(m, n):
		return l.Pick(" (there already)", " (déjà là)")
	case s.Added(m, n):
		return l.Pick(" (added ", " (ajouté ") + telling.Offset(at.Offset) + ")"
	case at.Offset >= 0:
		return l.Pick(" (it is at ", " (il est à ") + telling.Offset(at.Offset) + ")"
	}
	return ""
}
