package commandline

import (
	"context"
	"testing"

	"atelier/assets/words"
)

func TestMotionIsOnOrOff(t *testing.T) {
	for _, c := range []struct {
		args         []string
		env          Environment
		still, wrong bool
	}{
		{nil, nil, false, false},
		{[]string{"--motion", "off"}, nil, true, false},
		{nil, Environment{"ATELIER_MOTION=off"}, true, false},
		{[]string{"--motion", "slow"}, nil, false, true},
	} {
		var asked *Asked
		root := Command(words.English, c.env, func(words.Text) {}, func(_ context.Context, a *Asked) error { asked = a; return nil })
		root.SetArgs(append([]string{}, c.args...))
		if err := root.ExecuteContext(t.Context()); (err != nil) != c.wrong {
			t.Errorf("%v: %v", c.args, err)
		}
		if !c.wrong && asked.Still != c.still {
			t.Errorf("%v %v: still %v", c.args, c.env, asked.Still)
		}
	}
}
