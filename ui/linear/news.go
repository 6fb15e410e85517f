package linear

import (
	"cmp"
	"slices"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/plain"
)

// news is a sentence with its time in the run.
type news struct {
	at       time.Duration
	text     words.Text
	timeless bool
}

// tellNews tells what the runs and the ledger have to tell, in the order in
// which it happened.
func (f *front) tellNews() {
	f.burst = false
	if f.session.experimenting() {
		f.veil.run = f.Bench.Ledger().Snapshot().Run
	}
	var list []news
	for _, m := range f.session.take() {
		switch {
		case m.last() && m.result == nil:
			f.tellAll(list)
			list = nil
			f.diagnosed(m)
		case m.result != nil: // it comes after all that its run did
			if m.run.lab != nil {
				f.veil.run = m.after.Run
			}
			f.tellAll(f.happened(list, m.after))
			list = nil
			f.ended(m)
		case m.progress.Ended != nil: // the last of the run that a reset ended
			f.tellAll(f.happened(list, m.progress.Ended))
			list = f.ofLine(nil, m)
		default:
			list = f.ofLine(list, m)
		}
	}
	f.tellAll(f.happened(list, f.Bench.Ledger().Snapshot()))
}

// happened adds what the ledger has to tell up to a snapshot.
func (f *front) happened(list []news, s *ledger.Snapshot) []news {
	veiled := f.hides(s.Run)
	if s.Version <= f.told.Version && veiled == f.veil.on {
		return list
	}
	if f.veil.on = veiled; veiled {
		s = s.Unread()
	}
	for _, h := range happenings(f.told, s) {
		f.burst = f.burst || h.what >= moreSent
		list = append(list, news{at: h.at, text: sentence(h), timeless: h.what == runBegan})
	}
	f.told = s
	return list
}

func (f *front) tellAll(list []news) {
	slices.SortStableFunc(list, func(a, b news) int { return cmp.Compare(a.at, b.at) })
	for _, n := range list {
		if n.timeless {
			f.tell(n.text)
			continue
		}
		f.say("%s, %s", "%s, %s", clock(n.at), n.text)
	}
}

// ofLine adds what is to be told of a line that started or ended. What a line
// does on the bench is left to the ledger.
func (f *front) ofLine(list []news, m message) []news {
	p := m.progress
	add := func(en, fr string, args ...any) {
		list = append(list, news{at: p.At, text: words.Textf(en, fr, args...)})
	}
	command, text := p.Line.Command, plain.Text(p.Line.Text)
	if after, is := command.(*lab.After); is && p.Late {
		command, text = after.Command, plain.Text(after.Text)
	}
	switch p.State {
	case lab.Started:
		switch _, pause := command.(*lab.Pause); {
		case pause:
			add("a pause: say next to go on", "une pause : dites suivant pour continuer")
		case p.Late:
			add("now: %s", "maintenant : %s", text)
		case m.run.lab != nil && spoken(command):
			add("lab: %s", "lab : %s", text)
		}
	case lab.Failed:
		m.run.failed = true
		add("failed: %s: %v", "échec : %s : %v", text, p.Err)
	case lab.Done:
		list = append(list, f.done(p, command, text)...)
	}
	return list
}

// spoken says whether the start of a command is worth a sentence.
func spoken(c lab.Command) bool {
	switch c.(type) {
	case *lab.Say, *lab.Reset:
		return false
	}
	return true
}

// done tells what came of a line, where the ledger does not.
func (f *front) done(p *lab.Progress, command lab.Command, text string) []news {
	one := func(en, fr string, args ...any) []news {
		return []news{{at: p.At, text: words.Textf(en, fr, args...)}}
	}
	switch command.(type) {
	case *lab.Audit, *lab.Expect:
		if f.hides(f.Bench.Ledger().Snapshot().Run) {
			return one("done: %s; what the log says is veiled until your prediction", "fait : %s ; ce que dit le journal est voilé jusqu’à votre prédiction", text)
		}
	}
	switch command.(type) {
	case *lab.Say:
		return []news{{at: p.At, text: p.Result, timeless: true}}
	case *lab.Expect, *lab.WaitUntil:
		return one("holds: %s (%s)", "vérifié : %s (%s)", plain.Text(p.Expectation), p.Result)
	case *lab.Audit, *lab.ToxicsList, *lab.ProxiesList, *lab.BrokersList, *lab.FaultHide, *lab.FaultName:
		return one("%s", "%s", p.Result)
	case *lab.Topic, *lab.LeaderMove, *lab.Wait:
		return one("done: %s", "fait : %s", text)
	}
	return nil
}

// ended tells the end of a run.
func (f *front) ended(m message) {
	r := m.result
	switch {
	case r.Status == lab.Interrupted:
		f.say("Stopped: %s", "Arrêté : %s", plain.Text(m.run.script.Lines[0].Text))
		if m.run.lab != nil || len(m.after.Toxics) > 0 {
			f.say("What is in force stays: toxics lists it, reset starts afresh.", "Ce qui est en place y reste : toxics en donne la liste, reset repart à neuf.")
		}
	case r.Err != nil && !m.run.failed:
		f.say("It could not be carried out: %v", "Cela n’a pas pu être mené : %v", r.Err)
	}
	if m.run.lab != nil && r.Status != lab.Interrupted {
		f.labEnded(*m.run.lab, r, m.after)
	}
}
