package race

import (
	"cmp"
	"slices"
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// lap is what the ledger says of one of the two.
type lap struct {
	ledger.Totals
	style screen.Style
	alone *ledger.Message // the one message of the label, where it is one
	added int64           // records that answers told of
	exact bool            // every answer was seen, so there are no others
	seq   *ledger.Attempt // one of its attempts; nil before the first
	// veiled says that answers are kept back, so that nothing can be counted.
	veiled bool
}

// racers are the two labels that were sent to last, by name.
func racers(s *ledger.Snapshot) []ledger.Totals {
	if len(s.Labels) < 2 {
		return nil
	}
	two := slices.Clone(s.Labels[len(s.Labels)-2:])
	slices.SortFunc(two, func(a, b ledger.Totals) int { return strings.Compare(a.Label, b.Label) })
	return two
}

// few is how many messages of a label are looked at one by one.
const few = 32

// run looks a label up.
func run(s *ledger.Snapshot, t ledger.Totals) lap {
	l := lap{Totals: t, style: screen.Label(telling.Rank(s.Labels, t.Label)), exact: s.Simulated && t.Sent <= few}
	if t.Sent > few {
		return l
	}
	type place struct {
		partition int32
		topic     string
		offset    int64
	}
	var met []place
	var kept int64
	for i := range s.Messages {
		m := &s.Messages[i]
		if m.Label != t.Label {
			continue
		}
		kept++
		l.alone = m
		l.exact = l.exact && m.More == 0
		for _, id := range m.Attempts {
			at := s.Attempt(id)
			if at == nil {
				l.exact = false
				continue
			}
			l.seq = at
			l.exact = l.exact && at.Acks != 0
			if !telling.Answered(at) || telling.Refusal(at) || at.Offset < 0 {
				continue
			}
			if p := (place{at.Partition, at.Topic, at.Offset}); !slices.Contains(met, p) {
				met = append(met, p)
				l.added += int64(max(at.Records, 1))
			}
		}
	}
	l.exact = l.exact && kept == t.Sent
	if kept != 1 || t.Sent != 1 {
		l.alone = nil
	}
	return l
}

// knownBy says whether a broker can recognise what is sent again.
func (l *lap) knownBy(lang words.Lang) string {
	switch {
	case l.seq == nil:
		return ""
	case l.seq.ProducerID < 0:
		return lang.Pick("no sequence", "sans séquence")
	}
	return lang.Pick("with a sequence", "avec séquence")
}

// attempts is how many there were.
func (l *lap) attempts(lang words.Lang) screen.Line {
	n := screen.Text(telling.Count(l.Attempts, lang), screen.Bold)
	if l.alone == nil && l.Retries > 0 {
		n = n.Add(", "+telling.Count(l.Retries, lang)+" "+lang.Pick(telling.Plural(l.Retries, "retry", "retries"), telling.Plural(l.Retries, "relance", "relances")), screen.Fault)
	}
	return n
}

// end is how an attempt ended, as in its lane.
func end(at *ledger.Attempt) (string, screen.Style) {
	switch {
	case at.Heard >= 0 && telling.Refusal(at):
		return "!", screen.Failed
	case at.Heard >= 0:
		return "✓", screen.Fine
	case at.Outcome == ledger.Cut:
		return "╳", screen.Failed
	case at.Outcome == ledger.Unasked:
		return "·", screen.Faint
	case at.Ended >= 0:
		return "✗", screen.Failed
	}
	return "…", screen.Pending
}

// copies is how many there are, and what the answers said.
func (l *lap) copies(s *ledger.Snapshot, lang words.Lang) screen.Line {
	n := l.counted(lang)
	if n == telling.Unread {
		return screen.Text(n, screen.Faint)
	}
	n, told, _ := strings.Cut(n, " (")
	line := screen.Text(n, screen.Bold).Add(l.signs(s), screen.Faint)
	if told != "" {
		line = line.Add(" ("+told, screen.Faint)
	}
	return line
}

// counted is how many copies there are: as the log says, or as far as answers
// told.
func (l *lap) counted(lang words.Lang) string {
	switch n := telling.Count(l.added, lang); {
	case l.Audited:
		return telling.Count(l.Copies, lang)
	case l.added == 0 && !l.exact || l.veiled:
		return telling.Unread
	case l.exact:
		return n + lang.Pick(" (answers)", " (réponses)")
	default:
		return lang.Pick("at least ", "au moins ") + n + lang.Pick(" (answers)", " (réponses)")
	}
}

// signs say, for each answered attempt, whether it added the message.
func (l *lap) signs(s *ledger.Snapshot) string {
	if l.alone == nil {
		return ""
	}
	signs := ""
	for n, id := range l.alone.Attempts {
		at := s.Attempt(id)
		switch {
		case at == nil || !telling.Answered(at):
		case telling.Refusal(at):
			signs += " !"
		case s.Recognised(l.alone, n):
			signs += " ="
		case s.Added(l.alone, n):
			signs += " +"
		}
	}
	return signs
}

// report is what the producer was told.
func (l *lap) report(now pane.Seen, lang words.Lang) screen.Line {
	if l.alone != nil {
		r := telling.Report(l.alone.Report, lang)
		if l.alone.Report == ledger.NoReport {
			r.Mark = pane.Spinner(now.Beat)
		}
		if l.alone.Report == ledger.AckedReport && l.alone.Offset >= 0 {
			r.Words += " " + telling.Offset(l.alone.Offset)
		}
		return screen.Text(r.Mark+" "+r.Words, r.Style)
	}
	var line screen.Line
	for _, one := range []struct {
		n              int64
		kind           ledger.Kind
		en, fr, frMany string
	}{
		{l.Failed, ledger.FailedReport, "failed", "refusé", "refusés"},
		{l.Unknown, ledger.UnknownReport, "unknown", "inconnu", "inconnus"},
		{l.Acked, ledger.AckedReport, "acked", "acquitté", "acquittés"},
		{l.Fired, ledger.FiredReport, "no ack asked", "sans acquittement", "sans acquittement"},
		{l.Sent - l.Acked - l.Failed - l.Unknown - l.Fired, ledger.NoReport, "in flight", "en vol", "en vol"},
	} {
		if one.n > 0 {
			r := telling.Report(one.kind, lang)
			line = apart(line).Add(r.Mark+" "+telling.Count(one.n, lang)+" "+lang.Pick(one.en, telling.Plural(one.n, one.fr, one.frMany)), r.Style)
		}
	}
	return line
}

// verdict is what the log says, the gravest first.
func (l *lap) verdict(now pane.Seen, lang words.Lang, room int) screen.Line {
	if now.Veiled {
		said := telling.Veiled().In(lang)
		if screen.Width(said) > room {
			said, _, _ = strings.Cut(said, " ")
		}
		return screen.Text(said, screen.Accent)
	}
	if l.alone != nil {
		v, flag := telling.Verdict(l.alone, lang)
		line := screen.Text(v.Words, now.Fresh(v.Style)|screen.Bold)
		if flag.Words != "" {
			word, _, _ := strings.Cut(flag.Words, ",")
			if l.alone.Ghost && line.Width()+2+screen.Width(word) > room {
				// A ghost is worth more than the count of its copies.
				line[0].Text = v.Words[strings.LastIndexByte(v.Words, ' ')+1:]
			}
			line = line.Add("  "+word, now.Fresh(flag.Style)|screen.Bold)
		}
		return line
	}
	if !l.Audited {
		return screen.Text(telling.Unread, screen.Faint)
	}
	var line screen.Line
	for _, one := range []struct {
		n              int64
		en, fr, frMany string
		st             screen.Style
	}{
		{l.Lost, "LOST", "PERDU", "PERDUS", screen.Lost},
		{l.Duplicates, "DUPLICATE", "DOUBLON", "DOUBLONS", screen.Dup},
		{l.Ghosts, "GHOST", "FANTÔME", "FANTÔMES", screen.Ghost},
		{l.Reordered, "out of order", "dans le désordre", "dans le désordre", screen.Dup},
		{l.Absent, "not written", "non écrit", "non écrits", screen.Absent},
		{l.Once, "in 1 copy", "en 1 copie", "en 1 copie", screen.Once},
	} {
		if one.n > 0 {
			line = apart(line).Add(telling.Count(one.n, lang)+" "+lang.Pick(one.en, telling.Plural(one.n, one.fr, one.frMany)), now.Fresh(one.st)|screen.Bold)
		}
	}
	return line
}

// apart puts a space between what stands in one line.
func apart(l screen.Line) screen.Line {
	if len(l) == 0 {
		return l
	}
	return l.Add("  ", screen.Ink)
}

// under names the faults that were in force since the earlier of the two began.
func under(s *ledger.Snapshot, two []lap, lang words.Lang) string {
	from := s.Last
	for i := range s.Messages {
		for k := range two {
			if s.Messages[i].Label == two[k].Label {
				from = min(from, s.Messages[i].Sent)
			}
		}
	}
	var names []string
	bands := slices.Clone(s.Bands)
	slices.SortStableFunc(bands, func(a, b ledger.Band) int { return cmp.Compare(a.From, b.From) })
	for i := range bands {
		b := &bands[i]
		if b.To >= 0 && b.To < from {
			continue
		}
		name := telling.Down(b.Kind, []int32{b.Broker}, lang)
		if name == "" {
			name = map[string]string{"upstream": "▶ ", "downstream": "◀ "}[b.Stream] + telling.Fault(b.Kind, b.Detail, lang)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
