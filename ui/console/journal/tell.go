package journal

import (
	"strings"

	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Tell says what the log holds of each label, then each partition's records.
func (j *Pane) Tell() []string {
	s := j.Seen.Snap
	if s == nil || len(s.Messages) == 0 {
		return nil
	}
	said := []string{j.read(s)}
	j.cast.Of(s)
	for _, r := range verdicts(nil, s, &j.cast, j.Lang) {
		one := r.name + ", " + r.report.Words
		if s.Audit.Settled {
			one += j.Pick("; the log: ", "\u202f; le journal\u00a0: ") + together(r.verdict)
		}
		said = append(said, one+".")
	}
	for i := range s.Tails {
		said = append(said, partition(s.Tails[i].Partition)+j.Pick(": ", "\u00a0: ")+strings.Join(j.records(&s.Tails[i]), ", ")+".")
	}
	return said
}

// together is a verdict in one piece: what stands in parentheses needs no comma.
func together(verdict []telling.Said) string {
	said := ""
	for _, v := range verdict {
		switch {
		case said == "":
		case strings.HasPrefix(v.Words, "("):
			said += " "
		default:
			said += ", "
		}
		said += v.Words
	}
	return said
}

// read says whether the log was, and when.
func (j *Pane) read(s *ledger.Snapshot) string {
	switch {
	case j.Seen.Veiled:
		return j.Pick("What the log says is ", "Ce que dit le journal est ") + telling.Veiled().In(j.Lang) + "."
	case s.Audit.Running:
		return j.Pick("The log is being read back.", "Le journal est en cours de relecture.")
	case s.Audit.Ended < 0:
		return j.Pick("The log was not read back: nothing is judged.", "Le journal n’a pas été relu\u00a0: rien n’est jugé.")
	case !s.Audit.Settled:
		return j.Pick("The log had not settled, so nothing is judged. ", "Le journal bougeait encore\u00a0: rien n’est jugé. ") + screen.Plain(s.Audit.Reason)
	}
	read := j.Pick("The log was read back at ", "Le journal a été relu à ") + telling.Moment(s.Audit.Ended, j.Lang)
	if s.Audit.Pending > 0 {
		read += j.Pick("; ", "\u202f; ") + j.pending(s)
	}
	return read + "."
}

// pending says what the audit could not judge.
func (j *Pane) pending(s *ledger.Snapshot) string {
	return lab.PendingInWords(s.Audit.Pending).In(j.Lang)
}

// records names the records of a partition's end, and which copy each is.
func (j *Pane) records(t *ledger.Tail) []string {
	all := make([]string, len(t.Records))
	for k := range t.Records {
		r := &t.Records[k]
		all[k] = telling.Offset(r.Offset) + " " + j.cast.Name(r.Ref, r.Label)
		if r.Copies > 1 {
			all[k] += " " + fraction(r)
		}
	}
	return all
}
