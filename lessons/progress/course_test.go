package progress

import (
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/course"
)

const lesson = `---
title: T
minutes: 3
---

## Before

Prose.

## One

` + "```predict\nHow many? {value: A.copies}\n\n[ ] 1\n    No.\n[x] 3\n    Yes.\n```\n\n```lab\nsend 1 plain sync as A\nsay \"one\"\naudit\n```" + `

- [ ] three {check: A.copies == 3}

## After one

` + "```quiz\nWhy?\n\n[ ] a\n    No.\n[x] b\n    Yes.\n```" + `

## Two

` + "```lab\nsend 1 idempotent sync as B\naudit\n```\n"

func parse(t testing.TB, src string) *course.Module {
	t.Helper()
	m, err := course.Parse("03-x.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestNamesAreTheSameInBothLanguages(t *testing.T) {
	all := map[words.Lang][]*course.Module{}
	for _, lang := range []words.Lang{words.English, words.French} {
		modules, err := course.Load(lessons.Content, lang)
		if err != nil {
			t.Fatal(err)
		}
		all[lang] = modules
	}
	for i, en := range all[words.English] {
		x, y := Of(en), Of(all[words.French][i])
		seen := map[Spot]bool{}
		for step := range en.Steps {
			if x.Step(step) != y.Step(step) {
				t.Errorf("step %d is %v and %v", step+1, x.Step(step), y.Step(step))
			}
			for block := range en.Steps[step].Blocks {
				spot := x.Block(step, block)
				if spot != y.Block(step, block) {
					t.Errorf("block %d of step %d is %v and %v", block, step+1, spot, y.Block(step, block))
				}
				if spot.Block != "" && seen[spot] {
					t.Errorf("two blocks are %v", spot)
				}
				seen[spot] = true
			}
		}
	}
}

func TestNamesSurviveEdits(t *testing.T) {
	before := parse(t, lesson)
	two := Of(before).Step(3)
	for name, edit := range map[string]func(string) string{
		"a step put in between": func(s string) string { return strings.Replace(s, "## One", "## New\n\nMore.\n\n## One", 1) },
		"a step taken out":      func(s string) string { return strings.Replace(s, "## Before\n\nProse.\n\n", "", 1) },
		"other words":           func(s string) string { return strings.Replace(s, "## Two", "## Deux", 1) },
		"something else said":   func(s string) string { return strings.Replace(s, `say "one"`, `say "un"`, 1) },
		"a comment":             func(s string) string { return strings.Replace(s, "send 1 idem", "# so\n\nsend 1 idem", 1) },
	} {
		after := parse(t, edit(lesson))
		step, ok := Of(after).Find(Position{Place: two, Index: 3})
		if !ok || !strings.HasPrefix(after.Steps[step].Title, "Two") && after.Steps[step].Title != "Deux" {
			t.Errorf("%s: step 4 is found at %d, %v", name, step+1, ok)
		}
		if a, b := Of(before).Lab(0), Of(after).Lab(0); a != b {
			t.Errorf("%s: lab 0 was %v and is %v", name, a, b)
		}
	}
	other := parse(t, strings.Replace(lesson, "send 1 idempotent", "send 2 idempotent", 1))
	if Of(other).Lab(1) == Of(before).Lab(1) {
		t.Error("another experiment has the name of the old one")
	}
	if step, ok := Of(other).Find(Position{Place: two, Index: 3}); step != 3 || !ok {
		t.Error("a step whose name is gone is looked for where it was")
	}
	if _, ok := Of(other).Find(Position{Place: Place{4, two.Step}}); ok {
		t.Error("a step of another module was found")
	}
}

func TestSum(t *testing.T) {
	m, s := parse(t, lesson), NewState()
	if got, want := s.Sum(m), (Sum{Steps: 4, Labs: 2, Checks: 1, Predictions: 1, Quizzes: 1}); got != want {
		t.Errorf("at first: %+v", got)
	}
	x, now := Of(m), time.Unix(1, 0)
	s.Reached(x.Position(1))
	if got := s.Sum(m); got.Seen != 0 || s.Resume != x.Position(1) {
		t.Errorf("a step on screen counts as done: %+v", got)
	}
	s.Ran(x.Lab(1), Run{ID: "r0", Status: "interrupted"})
	if got := s.Sum(m); got.Seen != 0 || s.Ended(x.Lab(1)) {
		t.Errorf("a lab that was stopped counts as done: %+v", got)
	}
	s.Finished(x.Step(0), now)
	s.Finished(x.Step(0), now)
	s.Predicted(x.Block(1, 0), Answer{Right: true})
	s.Predicted(x.Block(1, 0), Answer{Right: false})
	s.Answered(x.Block(2, 0), Answer{Right: false})
	s.Answered(x.Block(2, 0), Answer{Right: true})
	s.Ran(x.Lab(0), Run{ID: "r1", Status: "passed", Checks: []Check{{Expr: "A.copies == 3", Held: true, Values: map[string]any{"A.copies": int64(3)}}}})
	s.Ran(x.Lab(0), Run{ID: "r2", Checks: []Check{{Expr: "A.copies == 3"}}})
	s.Worked(3, time.Minute)
	want := Sum{Steps: 4, Seen: 2, Labs: 2, Ran: 2, Checks: 1, Held: 1, Predictions: 1, Predicted: 1, Foretold: 1, Quizzes: 1, Solved: 1, Spent: time.Minute}
	if got := s.Sum(m); got != want {
		t.Errorf("then: %+v", got)
	}
	if !s.Ended(x.Lab(0)) {
		t.Error("a lab that ran to its end has not ended")
	}
	if e, _ := s.Held(x.Lab(0), "A.copies == 3"); e.Run != "r1" || e.Values["A.copies"] != 3.0 {
		t.Errorf("evidence: %+v", e)
	}
}

func TestDir(t *testing.T) {
	for _, c := range []struct {
		goos, want string
		env        map[string]string
	}{
		{"linux", "/home/a/.local/state/atelier", map[string]string{"HOME": "/home/a"}},
		{"linux", "/s/atelier", map[string]string{"HOME": "/home/a", "XDG_STATE_HOME": "/s"}},
		{"linux", "/home/a/.local/state/atelier", map[string]string{"HOME": "/home/a", "XDG_STATE_HOME": "relative"}},
		{"linux", "", nil},
		{"darwin", "/Users/a/Library/Application Support/atelier", map[string]string{"HOME": "/Users/a", "XDG_STATE_HOME": "/s"}},
		{"windows", `C:\L\atelier`, map[string]string{"LOCALAPPDATA": `C:\L`}},
		{"windows", `C:\U\AppData\Local\atelier`, map[string]string{"USERPROFILE": `C:\U`}},
		{"windows", "", map[string]string{"HOME": "/home/a"}},
	} {
		if got := Dir(func(name string) string { return c.env[name] }, c.goos); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.goos, c.env, got, c.want)
		}
	}
}
