package progress

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
)

// full is a state with something of everything, and some of it hostile.
func full() *State {
	s, now := NewState(), time.Date(2026, 11, 22, 9, 0, 0, 123456789, time.FixedZone("", 3600))
	x := Position{Place: Place{3, "9f2c1a04"}, Index: 2}
	s.Finished(Place{3, "9f2c1a04+1"}, now)
	s.Reached(x)
	s.Ran(Spot{x.Place, "lab-9f2c1a04"}, Run{ID: "r1\xff\x1b[31m", At: now, Status: "passed", Cluster: "embedded", Checks: []Check{
		{"A.copies == 3", true, map[string]any{"A.copies": int64(3), "A.p99": math.NaN(), "A.max": math.Inf(1), "A.done": true, "odd": []int{1}}},
		{strings.Repeat("é", 1000), false, nil},
	}})
	s.Predicted(Spot{x.Place, "predict-9f2c1a04"}, Answer{Choice: 3, Said: "3", Right: true, At: now})
	s.Answered(Spot{x.Place, "quiz-1-3-2"}, Answer{Choice: 1, At: time.Date(1<<20, 1, 1, 0, 0, 0, 0, time.UTC)})
	s.Worked(3, 90*time.Second)
	s.Worked(3, -time.Second)
	s.Met(now)
	s.Language, s.Theme = words.French, "light"
	s.Remember("mode", "plain")
	s.Remember("gone", "x")
	s.Remember("gone", "")
	s.Typed("send 1 plain async")
	s.Typed("send 1 plain sync value=\"é\xff<&>\"\naudit")
	return s
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for name, s := range map[string]*State{"empty": NewState(), "full": full()} {
		data, err := encode(s)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decode(data)
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, data)
		}
		if !reflect.DeepEqual(s, back) {
			t.Errorf("%s:\n%+v\n%+v", name, s, back)
		}
	}
}

func TestStatesAreBounded(t *testing.T) {
	s := NewState()
	for i := range 2 * maxSpots {
		p := Place{i, "start+0"}
		s.Finished(p, time.Time{})
		s.Ran(Spot{p, "lab"}, Run{Checks: make([]Check, 2*maxChecks)})
		s.Predicted(Spot{p, "predict"}, Answer{})
		s.Worked(i, time.Second)
		s.Remember(p.Step+strings.Repeat("x", i%400), "v")
		s.Typed("send " + strings.Repeat("1", i))
	}
	if all := len(strings.Join(s.Lines, "")); len(s.Lines) > maxLines || all > maxLinesSize || all < maxLinesSize/2 {
		t.Errorf("%d lines, %d bytes", len(s.Lines), all)
	}
	if len(s.Seen) > maxSpots || len(s.Labs) > maxSpots || len(s.Predictions) > maxSpots || len(s.Spent) > maxSpots || len(s.Settings) > maxSettings {
		t.Error("the state grows without an end")
	}
}

func TestBrokenFilesAreToldFromNewerOnes(t *testing.T) {
	for src, newer := range map[string]bool{
		``: false, `{`: false, `[]`: false, `{}`: false, `null`: false, `{"version":0}`: false, `{"version":"1"}`: false,
		`{"version":1}x`: false, `{"version":1,"seen":{"x":"2026-01-01T00:00:00Z"}}`: false, `{"version":1,"seen":{"03/a":"2026-01-01T00:00:00Z"}}`: false,
		`{"version":1,"seen":3}`: false, `{"version":3}`: true, `{"version":3,"seen":3}`: true, "\x00": false,
	} {
		_, err := decode([]byte(src))
		if err == nil || errors.Is(err, errNewer) != newer {
			t.Errorf("%s: %v", src, err)
		}
	}
	s, err := decode([]byte(`{"version":1,"language":"tlh","more":"of it"}`))
	if err != nil || s.Language != "" || s.Seen == nil {
		t.Errorf("an unknown language: %+v, %v", s, err)
	}
}

// FuzzDecode: any file is refused, or is a state that can be worked with and
// that is written as it was read.
func FuzzDecode(f *testing.F) {
	data, err := encode(full())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	for _, src := range []string{``, `{"version":1}`, `{"version":2}`, `{"version":1,"labs":{"3/a/b":{"runs":1,"held":null}}}`, `{"version":2,"lines":["a","","\u0000"]}`, `{"version":1,"resume":{"place":"3/a","index":-5}}`, `{"version":1,"resume":{"index":5}}`} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := decode(src)
		if err != nil {
			return
		}
		s = s.clone()
		s.Finished(Place{3, "x"}, time.Unix(1, 0))
		s.Ran(Spot{Place{3, "a"}, "b"}, Run{Checks: []Check{{Expr: "x", Held: true}}})
		s.Predicted(Spot{Place{3, "a"}, "b"}, Answer{})
		s.Typed("audit")
		once, err := encode(s)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decode(once)
		if err != nil {
			t.Fatalf("%v\n%s", err, once)
		}
		if twice, err := encode(back); err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%v\n%s\n%s", err, once, twice)
		}
	})
}
