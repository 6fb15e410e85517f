package transcript_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/course"
	"atelier/lessons/progress"
	"atelier/ui/transcript"
)

const lesson = `---
title: "Answers | and <b>"
minutes: 3
---

## One

` + "```predict\nHow many? {value: A.copies}\n\n[ ] 1\n    No.\n[x] 3\n    Yes.\n[ ] *\n    Count.\n```\n\n```lab\nsend 1 plain sync as A\naudit\n```" + `

- [ ] three ` + "`copies`" + ` | each {check: A.copies == 3}
- [ ] quick {check: A.p50 < 5s}
- [ ] built by hand

## Two

` + "```lab needs=brokers\nsend 1 idempotent sync as B\naudit\n```\n\n- [ ] there {check: B.once == 1}\n" + `

## Three

` + "```quiz\nWhy?\n\n[ ] a\n    No.\n[x] b\n    Yes.\n```\n"

func parse(t *testing.T, src string) []*course.Module {
	t.Helper()
	m, err := course.Parse("03-x.md", []byte(strings.Replace(src, "<b>", "`<b>`", 1)))
	if err != nil {
		t.Fatal(err)
	}
	return []*course.Module{m}
}

var at = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// worked is somebody who has done the first step, failed a check later, and
// asked for an experiment that the embedded cluster cannot show.
func worked(m *course.Module) *progress.State {
	s, x := progress.NewState(), progress.Of(m)
	s.Seen[x.Step(0)] = at
	s.Predicted(x.Block(0, 0), progress.Answer{Choice: 2, Said: "7*\x1b[31m<i>", At: at})
	held := []progress.Check{
		{Expr: "A.copies == 3", Held: true, Values: map[string]any{"A.copies": int64(3)}},
		{Expr: "A.p50 < 5s", Held: true, Values: map[string]any{"A.p50": 12.5}},
	}
	s.Ran(x.Lab(0), progress.Run{ID: "r1", At: at, Status: "passed", Cluster: "embedded", Checks: held})
	s.Ran(x.Lab(0), progress.Run{ID: "r2", At: at.Add(time.Minute), Status: "failed", Cluster: "apache", Checks: []progress.Check{
		{Expr: "A.copies == 3", Values: map[string]any{"A.copies": int64(1)}},
	}})
	s.Ran(x.Lab(1), progress.Run{ID: "r3", At: at, Status: "passed", Cluster: "embedded", Skipped: true})
	return s
}

func written(t *testing.T, write func(*strings.Builder) error) string {
	t.Helper()
	var b strings.Builder
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "%!") || strings.ContainsRune(b.String(), 0x1b) {
		t.Errorf("not to be shown: %q", b.String())
	}
	return b.String()
}

func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("does not say %q", part)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// What is told has its run, time, cluster and numbers; what a later run did not
// show is told too.
func TestTheTextTellsTheEvidence(t *testing.T) {
	modules := parse(t, lesson)
	tr := transcript.Of(worked(modules[0]), modules, words.English, at)
	text := written(t, func(b *strings.Builder) error { return tr.Text(b) })
	wants(t, text,
		"Module 3, Answers | and `<b>`: begun", "experiments 1 of 2", "checks held 2 of 3", "not verified here: 1",
		"1. One: 2026-11-22 09:00", "predicted 7*<i>: not right (2026-11-22 09:00)",
		"run 2 times; at last r2, 2026-11-22 09:01, Apache Kafka: an expectation did not hold",
		"[x] three `copies` | each", "A.copies = 3; run r1, 2026-11-22 09:00, embedded cluster",
		"but not in the last: A.copies = 1; run r2", "A.p50 = 12.5\u00a0ms", "[-] built by hand (not verified here)",
		"skipped on embedded cluster (2026-11-22 09:00): it needs brokers that can be killed", "[ ] there", "not answered")
	french := transcript.Of(worked(modules[0]), modules, words.French, at)
	wants(t, written(t, func(b *strings.Builder) error { return french.Text(b) }), "commencé", "A.p50 = 12,5\u00a0ms", "non vérifié ici", "mais pas au dernier")
}

func TestTheCertificateIsHonest(t *testing.T) {
	modules := parse(t, lesson)
	tr := transcript.Of(worked(modules[0]), modules, words.English, at)
	page := written(t, func(b *strings.Builder) error { return tr.Certificate(b, "Ada *L*\n| x") })
	wants(t, page,
		`Name: **Ada \*L\* | x**`, "| 3. Answers \\| and `<b>` | begun | 1 / 3 (1) | 1 / 2 | 2 / 3 | 1 | 1 / 1 (0) | 0 / 1 |",
		"| three `copies` \\| each | `A.copies == 3` | A.copies = 3 (but in the last run, r2, it did not hold: A.copies = 1) | r1 | 2026-11-22 09:00 | embedded cluster |",
		`predicted 7\*&lt;i&gt;: not right`, "## Not done", "step 2, Two: experiment skipped on embedded cluster", "checks not shown: 1",
		"step 3, Three: quizzes not solved: 1", "## Not verified here", "- Module 3, step 1: built by hand")
	if strings.Contains(page, "Nothing is missing") || strings.Contains(page, "step 1, One:") {
		t.Error("it does not say what is missing")
	}
	nobody := transcript.Of(progress.NewState(), modules, words.English, at)
	var b strings.Builder
	if err := nobody.Certificate(&b, ""); err == nil || b.Len() > 0 {
		t.Error("a certificate of nothing")
	}
}

// Who walks past a step has gone through it, and has not done it; French has a
// space before a semicolon.
func TestGoneThroughIsNotDone(t *testing.T) {
	modules := parse(t, lesson)
	s := progress.NewState()
	s.Seen[progress.Of(modules[0]).Step(0)] = at
	tr := transcript.Of(s, modules, words.French, at)
	wants(t, written(t, func(b *strings.Builder) error { return tr.Text(b) }), "parcourues 1 sur 3 (tout y est fait\u00a0: 0)", "1. One\u00a0: parcourue le 22/11/2026 09:00, tout n’y est pas fait")
	wants(t, written(t, func(b *strings.Builder) error { return tr.Certificate(b, "") }), "| 1 / 3 (0) |", "non jouées\u00a0: 1\u202f; vérifications non montrées\u00a0: 2\u202f; ")
	wants(t, written(t, func(b *strings.Builder) error { return tr.JSON(b) }), `"gone_through": "2026-11-22T09:00:00Z",`, `"done": false,`, `"steps_gone_through": 1,`, `"steps_done": 0,`)
}

// A module is complete without its optional steps and what the cluster could
// not show, and not before.
func TestAModuleIsComplete(t *testing.T) {
	modules := parse(t, lesson)
	m := modules[0]
	s, x := worked(m), progress.Of(m)
	standing := func() transcript.Standing { return transcript.Of(s, modules, words.English, at).Modules[0].Standing }
	s.Seen[x.Step(1)], s.Seen[x.Step(2)] = at, at
	if standing() != transcript.Begun {
		t.Error("complete without the quiz")
	}
	s.Answered(x.Block(2, 0), progress.Answer{Choice: 0, At: at})
	if standing() != transcript.Begun {
		t.Error("complete with a wrong answer")
	}
	s.Answered(x.Block(2, 0), progress.Answer{Choice: 1, Right: true, At: at})
	if standing() != transcript.Complete {
		t.Error("not complete")
	}
	delete(s.Labs, x.Lab(1))
	if standing() != transcript.Begun {
		t.Error("complete, though nobody asked for the second experiment")
	}
	if transcript.Of(progress.NewState(), modules, words.English, at).Modules[0].Standing != transcript.NotBegun {
		t.Error("begun by nobody")
	}
}

func TestJSONHoldsTheNumbers(t *testing.T) {
	modules := parse(t, lesson)
	tr := transcript.Of(worked(modules[0]), modules, words.English, at)
	var back transcript.Transcript
	if err := json.Unmarshal([]byte(written(t, func(b *strings.Builder) error { return tr.JSON(b) })), &back); err != nil {
		t.Fatal(err)
	}
	c := back.Modules[0].Steps[0].Checks[0]
	if c.Proof != transcript.Held || c.Evidence.Values["A.copies"] != 3.0 || c.Evidence.Run != "r1" || c.Evidence.Cluster != "embedded" || c.Refuted.Run != "r2" {
		t.Errorf("%+v", c)
	}
}

// The course as it is shipped, in both languages.
func TestTheCourseHasATranscript(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.French} {
		modules, err := course.Load(lessons.Content, lang)
		if err != nil {
			t.Fatal(err)
		}
		s := progress.NewState()
		for _, m := range modules {
			s.Seen[progress.Of(m).Step(0)] = at
		}
		tr := transcript.Of(s, modules, lang, at)
		for name, write := range map[string]func(*strings.Builder) error{
			"text":        func(b *strings.Builder) error { return tr.Text(b) },
			"markdown":    func(b *strings.Builder) error { return tr.Markdown(b) },
			"certificate": func(b *strings.Builder) error { return tr.Certificate(b, "") },
		} {
			if text := written(t, write); len(text) < 200 {
				t.Errorf("%s, %s: %q", lang, name, text)
			}
		}
	}
}

// A front end that draws has the words of the text, and knows how each stands.
func TestRowsAreTheText(t *testing.T) {
	modules := parse(t, lesson)
	tr := transcript.Of(worked(modules[0]), modules, words.English, at)
	text := written(t, func(b *strings.Builder) error { return tr.Text(b) })
	tones := map[string]transcript.Tone{}
	rows := tr.Rows()
	for i := range rows {
		if !strings.Contains(text, rows[i].Text+"\n") {
			t.Errorf("not in the text: %q", rows[i].Text)
		}
		tones[rows[i].Text] = rows[i].Tone
	}
	for text, want := range map[string]transcript.Tone{
		"Module 3, Answers | and `<b>`: begun": transcript.Halfway, "1. One: 2026-11-22 09:00": transcript.Done, "2. Two: not gone through": transcript.Undone,
		"three `copies` | each": transcript.Done, "built by hand (not verified here)": transcript.Neutral, "there": transcript.Undone,
		"predicted 7*<i>: not right (2026-11-22 09:00)": transcript.Against, "not answered": transcript.Undone,
	} {
		if got, there := tones[text]; !there || got != want {
			t.Errorf("%q: %v, %v", text, there, got)
		}
	}
}

// A prediction that is still open is not answered by a look at what was done.
func TestNothingSpoilsAPrediction(t *testing.T) {
	modules := parse(t, lesson)
	m := modules[0]
	s, x := progress.NewState(), progress.Of(m)
	s.Seen[x.Step(1)] = at
	tell := func() string {
		tr := transcript.Of(s, modules, words.English, at)
		return written(t, func(b *strings.Builder) error { return tr.Text(b) }) +
			written(t, func(b *strings.Builder) error { return tr.Certificate(b, "") }) +
			written(t, func(b *strings.Builder) error { return tr.JSON(b) })
	}
	spoiled := func(when string) {
		t.Helper()
		told := tell()
		for _, spoils := range []string{"three `copies`", "A.copies == 3", "quick", "built by hand", "not right", `"right"`, "(right at first: 1)"} {
			if strings.Contains(told, spoils) {
				t.Errorf("%s it tells %s:\n%s", when, spoils, told)
			}
		}
	}
	spoiled("at first")
	wants(t, tell(), "[ ] 3 lines (shown after the experiment)", "- Module 3, step 1: (shown after the experiment)", "[ ] there", `"veiled": true`)
	s.Predicted(x.Block(0, 0), progress.Answer{Choice: 1, Right: true, At: at})
	spoiled("before the experiment")
	wants(t, tell(), "predicted 3: nothing has answered it yet")
	s.Ran(x.Lab(0), progress.Run{ID: "r1", At: at, Status: "failed", Cluster: "embedded"})
	wants(t, tell(), "[ ] three `copies` | each", "[-] built by hand", `"expr": "A.copies == 3"`, "predicted 3: right", `"right": true`, "(right at first: 1)")
	if strings.Contains(tell(), `"veiled"`) {
		t.Error("still veiled")
	}
}
