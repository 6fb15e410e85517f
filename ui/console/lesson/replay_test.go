package lesson

import (
	"testing"
	"time"

	"atelier/lessons/lab"
)

func TestALabStandsAsFarAsItsReplay(t *testing.T) {
	const s = time.Second
	e := &experiment{ended: true, status: lab.Passed, checks: map[int]tick{9: {true, true, nil}}, lines: map[int]lineState{
		1: {state: lab.Done, from: 0, took: s}, 2: {state: lab.Done, from: s, took: 3 * s}, 3: {state: lab.Done, from: 4 * s, took: s},
	}}
	then := e.at(2 * s)
	if then.lines[1].state != lab.Done || then.lines[2].state != lab.Started || then.lines[3].state != 0 || then.checks[9].known || then.status != "" {
		t.Errorf("%+v", then)
	}
	if over := e.at(6 * s); over.lines[3].state != lab.Done || !over.checks[9].known || over.status != lab.Passed {
		t.Errorf("%+v", over)
	}
}
