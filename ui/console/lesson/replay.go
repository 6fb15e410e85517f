package lesson

import (
	"slices"
	"time"

	"atelier/assets/words"
	"atelier/lessons/lab"
)

// Replayed says that the views show a run again, as it stood at a time of its
// own, and which lab blocks made it. Its zero value says that none is replayed.
type Replayed struct {
	On   bool
	At   time.Duration
	Labs []Place
}

// replay takes in where a replay stands. The page is laid out anew only when a
// line of a lab has come or gone meanwhile.
func (l *Pane) replay(to Replayed) {
	was, lines := l.replayed, l.came
	l.replayed = to
	l.came = 0
	if to.On {
		for _, at := range to.Labs {
			for _, s := range l.experiment(at).at(to.At).lines {
				l.came += int(s.state) + 1
			}
		}
	}
	if was.On != to.On || lines != l.came || !slices.Equal(was.Labs, to.Labs) {
		l.change()
	}
}

// shown is how far a lab block has come for who looks: in a replay, as far as
// that has.
func (l *Pane) shown(at Place) *experiment {
	e := l.experiment(at)
	if l.replayed.On && slices.Contains(l.replayed.Labs, at) {
		return e.at(l.replayed.At)
	}
	return e
}

// at is the experiment as it stood at a time of its run.
func (e *experiment) at(now time.Duration) *experiment {
	then := &experiment{replayed: true, status: e.status, err: e.err, lines: map[int]lineState{}, checks: e.checks}
	over := true
	for n, s := range e.lines {
		switch {
		case s.from > now:
			over = false
			continue
		case s.from+s.took > now:
			over = false
			s = lineState{state: lab.Started, bg: true, from: s.from}
		}
		then.lines[n] = s
	}
	if !over {
		for n, s := range then.lines {
			if s.send != nil { // what came of it was known only at the end
				s.result = words.Text{}
				then.lines[n] = s
			}
		}
		then.checks, then.status, then.err = nil, "", nil
	}
	return then
}
