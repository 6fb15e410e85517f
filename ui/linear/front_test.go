package linear

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/progress"
	"atelier/lessons/standstill/standstilltest"
	"atelier/ui/ports"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// written is an output that can be waited on.
type written struct {
	mu    sync.Mutex
	text  bytes.Buffer
	moved chan struct{}
}

func newTranscript() *written { return &written{moved: make(chan struct{})} }

func (t *written) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.moved)
	t.moved = make(chan struct{})
	return t.text.Write(p)
}

func (t *written) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}

// await waits for a text.
func (t *written) await(tb testing.TB, part string) {
	tb.Helper()
	patience := time.After(30 * time.Second)
	for {
		t.mu.Lock()
		found, moved := strings.Contains(t.text.String(), part), t.moved
		t.mu.Unlock()
		if found {
			return
		}
		select {
		case <-moved:
		case <-patience:
			tb.Fatalf("never said %q in:\n%s", part, t)
		}
	}
}

func loaded(tb testing.TB) map[words.Lang][]*course.Module {
	tb.Helper()
	all := map[words.Lang][]*course.Module{}
	for _, lang := range []words.Lang{words.English, words.French} {
		modules, err := course.Load(lessons.Content, lang)
		if err != nil {
			tb.Fatal(err)
		}
		all[lang] = modules
	}
	return all
}

// benchOf opens an embedded bench, the test's own.
func benchOf(tb testing.TB) *bench.Bench {
	tb.Helper()
	b, err := bench.Open(tb.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: tb.TempDir()})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := b.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return b
}

// told asserts that texts were said, in this order.
func told(tb testing.TB, said string, parts ...string) {
	tb.Helper()
	rest := said
	for _, part := range parts {
		_, after, found := strings.Cut(rest, part)
		if !found {
			tb.Fatalf("not said, or not in this order: %q in:\n%s", part, said)
		}
		rest = after
	}
}

// lineByLine asserts that an output is plain lines.
func lineByLine(tb testing.TB, said string) {
	tb.Helper()
	if !utf8.ValidString(said) {
		tb.Error("not UTF-8")
	}
	for _, r := range said {
		if r != '\n' && r != '\u00a0' && r != '\u202f' && !strconv.IsPrint(r) {
			tb.Errorf("%U was written", r)
			return
		}
	}
}

// The heart of the course, by typed lines through a pipe: each line waits for
// the one before, and the end of the input for what still runs.
func TestHeartThroughAPipe(t *testing.T) {
	standstilltest.Try(t, func(t testing.TB) {
		b, out := benchOf(t), newTranscript()
		in := strings.NewReader(`lang fr
toxic latency latency=5s stream=downstream
send 1 plain async as A &
send 1 idempotent async as B &
after 2500ms toxics clear
audit
expect A.duplicates == 1 and A.copies == 3
expect B.once == 1 and B.attempts == 3
lang en
expect A.copies == 4
send 200 plain async as C`)
		if err := Run(t.Context(), Options{Bench: b, Modules: loaded(t), Lang: words.English, In: in, Out: out}); err != nil {
			t.Fatal(err)
		}
		said := out.String()
		lineByLine(t, said)
		told(t, said,
			"> lang fr\nFrançais.\n",
			"panne posée\u00a0: latency 5",
			"A\u00a0: la tentative 1 est partie vers le broker",
			"A\u00a0: le producteur a cessé d’attendre la réponse à la tentative 1",
			"panne levée",
			"le journal a été relu",
			"A\u00a0: 3 copies dans le journal\u00a0: un doublon",
			"B\u00a0: une seule copie dans le journal",
			"> expect A.dup", "vérifié\u00a0: A.duplicates == 1 and A.copies == 3",
			"> expect B", "vérifié\u00a0: B.once == 1 and B.attempts == 3",
			"> lang en\nEnglish.\n", "failed: expect A.copies == 4",
			"> send 200 plain async as C", "C: ", "more acked",
		)
		if s := b.Ledger().Snapshot(); s.All.Acked != 202 {
			t.Errorf("the input ended before what ran: %+v", s.All)
		}
	})
}

// A table is read out by its heads, as each language sets them.
func TestTablesAreReadByTheirHeads(t *testing.T) {
	const table = "| moment | what |\n| - | - |\n| departed | it leaves |\n"
	for lang, want := range map[words.Lang]string{words.English: "- moment: departed; what: it leaves", words.French: "- moment\u00a0: departed\u202f; what\u00a0: it leaves"} {
		if got := strings.Join(prose(lang, table), "\n"); got != want {
			t.Errorf("%q", got)
		}
	}
}

const lesson = `---
title: The lesson
minutes: 3
---

## One

Some **prose** with ` + "`code`" + ` and a [link](http://example.com).

| what | A |
| ---- | - |
| acks | 1 |

` + "```diagram\n  a ──▶ b\n```\n\n```predict\nHow many copies? {value: A.copies}\n\n[ ] 0\n    None arrives.\n[x] 1\n    One, since nothing is wrong.\n[ ] *\n    Where from?\n```\n\n```lab\nsend 1 plain sync as A\naudit\n```" + `

- [ ] exactly one copy {check: A.copies == 1}
- [ ] nobody watched

> hint: Count them.

## Two

` + "```quiz\nWhich?\n\n[ ] this\n    Not this.\n[x] that\n    That one.\n```\n"

func small(tb testing.TB) map[words.Lang][]*course.Module {
	tb.Helper()
	all := map[words.Lang][]*course.Module{}
	for _, lang := range []words.Lang{words.English, words.French} {
		m, err := course.Parse("03-lesson.md", []byte(lesson))
		if err != nil {
			tb.Fatal(err)
		}
		all[lang] = []*course.Module{m}
	}
	return all
}

// A learner's way through a lesson: the prediction before the checks are told,
// the experiment, the answer, the quiz, and all of it kept.
func TestALessonByWords(t *testing.T) {
	store := progress.Open("", nil)
	defer store.Close()
	b, out := benchOf(t), newTranscript()
	in := strings.NewReader("run\npredict x\npredict -1\npredict 7\nrelire\nrun\nhint\nindice\nwhere\nsuivant\n1\nanswer 3\nrépondre 2\nnext\nback\nstep 9\nmodule 8\nsned 1\nsend 1 plian\nhelp\nquit\nwhere\n")
	err := Run(t.Context(), Options{Bench: b, Modules: small(t), Lang: words.English, Progress: store, In: in, Out: out})
	if err != nil {
		t.Fatal(err)
	}
	said := out.String()
	lineByLine(t, said)
	told(t, said,
		"Module 3, The lesson. Step 1 of 2: One\nSome prose with code and a link (http://example.com).\n- what: acks; A: 1\nDiagram:\n      a ──▶ b\nEnd of the diagram.\n",
		"Prediction: How many copies?", "Experiment:\n    send 1 plain sync as A\n    audit\n",
		"2 checks follow, told after the experiment.\nThe rest of the step follows the experiment.\nYou can say: run, next.",
		"> run\nFirst predict: How many copies?", "> predict x\nA number is wanted", "> predict -1\nNoted: -1", "> predict 7\nNo question is open",
		"> relire\n", "You predicted: -1", "2 checks follow, told after the experiment.",
		"> run\n", "A new run begins.", "lab: send 1 plain sync as A", "A: acked: partition", "A: 1 copy in the log",
		"The experiment is over.\nYou predicted -1. Where from?\nThe answer: 1. One, since nothing is wrong.\nIt holds: exactly one copy\nTo check, not verified here: nobody watched\nYou can say: run, hint, next.\n",
		"> hint\nHint: Count them.\n> indice\nNo further hint", "> where\nModule 3, The lesson. Step 1 of 2",
		"> suivant\n", "Step 2 of 2: Two\nQuestion: Which?\n1. this\n2. that\n", "> 1\nNo. Not this.", "> answer 3\nThere is no choice 3", "> répondre 2\nRight. That one.",
		"> next\nThis was the last step.", "> back\n", "Step 1 of 2", "Checked: exactly one copy", "> step 9\nSay step and a number from 1 to 2.",
		"> module 8\nThere is no module 8.\nmodule 3: The lesson, 3 minutes, 2 of 2 steps gone through",
		"> sned 1\nUnknown word: sned", "Did you mean send?", "> send 1 plian\nNot run, at character 8:", "> help\nnext: the next step\n", "> quit\n",
	)
	if strings.Contains(strings.Split(said, "> run")[0], "exactly one copy") {
		t.Error("a check was told before the prediction")
	}
	if strings.Contains(said, "> where\nModule 3, The lesson. Step 1 of 2: One\n> suivant\n> where") || strings.HasSuffix(said, "> where\n") {
		t.Error("it went on after quit")
	}
	m := small(t)[words.English][0]
	if got := store.State().Sum(m); got.Seen != 2 || got.Ran != 1 || got.Held != 1 || got.Predicted != 1 || got.Foretold != 0 || got.Solved != 1 {
		t.Errorf("kept: %+v", got)
	}
	if got, _ := progress.Of(m).Find(store.State().Resume); got != 0 {
		t.Errorf("it would go on at step %d", got+1)
	}
}

// Ctrl+C stops what runs; a second one in a row leaves.
func TestInterrupts(t *testing.T) {
	b, out, interrupts := benchOf(t), newTranscript(), make(chan struct{})
	r, w := io.Pipe()
	left := make(chan error, 1)
	go func() {
		left <- Run(t.Context(), Options{
			Bench: b, Modules: small(t), Lang: words.English, In: r, Out: out, Interactive: true, Interrupts: interrupts,
		})
	}()
	out.await(t, "You can say")
	say := func(line string) {
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			t.Error(err)
		}
	}
	say("wait 10m")
	say("where")
	out.await(t, "1 running.") // an interactive learner need not wait
	interrupts <- struct{}{}
	out.await(t, "Stopping what runs.")
	out.await(t, "Stopped: wait 10m")
	say("back")
	out.await(t, "This is the first step.")
	interrupts <- struct{}{}
	out.await(t, "Nothing runs. Ctrl+C again leaves.")
	interrupts <- struct{}{}
	if err := <-left; !errors.Is(err, ErrInterrupted) {
		t.Errorf("left with %v", err)
	}
	_ = w.Close()
}

// still is a bench on which nothing can be done, for what only reads.
type still struct {
	lab.Bench
	ledger *ledger.Ledger
	lacks  error
}

func (s still) Ledger() *ledger.Ledger { return s.ledger }

func (s still) Lacks(bench.Ability) error { return s.lacks }

func read(t *testing.T, o Options, input string) string {
	t.Helper()
	if o.Bench == nil {
		p := newPlay()
		o.Bench = still{ledger: p.ledger}
	}
	out := newTranscript()
	o.In, o.Out = strings.NewReader(input), out
	if err := Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	lineByLine(t, out.String())
	return out.String()
}

// Every step of the course can be read out, in both languages.
func TestTheWholeCourseReadsAsPlainLines(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.French} {
		for _, m := range loaded(t)[lang] {
			said := read(t, Options{Modules: loaded(t), Lang: lang, Lesson: m.Number, Step: 1}, strings.Repeat("next\nhint\n", 60))
			for i := range m.Steps {
				told(t, said, m.Steps[i].Title)
			}
			for _, mark := range []string{"**", "](", "| ---", "```", "{check"} {
				if strings.Contains(said, mark) {
					t.Errorf("%s: it reads %q out", m.Name, mark)
				}
			}
		}
	}
}

// What is read out for a second terminal reaches this console.
func TestPortsOfThisConsoleAreReadOut(t *testing.T) {
	here := ports.Of("http://127.0.0.1:44473", "http://127.0.0.1:45555")
	said := read(t, Options{Modules: loaded(t), Lang: words.French, Lesson: 6, Step: 3, Ports: here}, "")
	told(t, said, "# les ports sont ceux de cette console", "http://localhost:45555/proxies")
	if strings.Contains(said, "    curl -X POST http://localhost:8474") {
		t.Error("the usual port is read out")
	}
}

// Whatever stands in a lesson, a message or the input, no byte of it reaches
// the terminal raw.
func TestHostileText(t *testing.T) {
	for _, s := range []string{
		"\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]52;c;Zm9v\x07", "a\rb", "a\x00b", "\u009b31m", "\u202eevil", "\u2028", "\xff\xfe",
		"e" + strings.Repeat("\u0301", 1000), strings.Repeat("\x1b", 1000), strings.Repeat("x", 200_000),
	} {
		step := course.Step{Title: s, Blocks: []course.Block{
			course.Prose{Markdown: s},
			course.Diagram{Text: s},
			course.Hint{Markdown: s},
			course.Check{Text: s},
			course.Lab{Source: s, Line: 2},
			course.Quiz{Question: s, Choices: []course.Choice{{Text: s, Reply: s}}},
		}}
		modules := map[words.Lang][]*course.Module{words.English: {{Number: 3, Title: s, Steps: []course.Step{step}}}}
		p := newPlay()
		p.ledger.Apply(ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 1, Name: s, Kind: s, Stream: "upstream"}})
		p.send(1, 1, s, s, 1)
		p.report(2, ledger.Report{Ref: ledger.Ref{Batch: 1}, Partition: -1, Offset: -1, Err: s})
		p.step(ledger.AuditBegan{At: at(3)}, ledger.AuditEnded{At: at(4), Reason: s})
		for _, lang := range []words.Lang{words.English, words.French} {
			for _, h := range p.told {
				lineByLine(t, sentence(h).In(lang))
			}
		}
		read(t, Options{Bench: still{ledger: p.ledger}, Modules: modules, Lang: words.English},
			strings.Join([]string{s, "hint", "answer 1", "answer " + s, "module " + s, "lang " + s, "step"}, "\n"))
	}
}

func TestALineThatIsTooLong(t *testing.T) {
	said := read(t, Options{Modules: small(t), Lang: words.French}, strings.Repeat("x", 3*lab.MaxLineBytes)+"\nwhere\n")
	told(t, said, "Cette ligne est trop longue.", "> where\nModule 3")
}

func TestTheContextEndsIt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	defer w.Close()
	out, left := newTranscript(), make(chan error, 1)
	go func() {
		left <- Run(ctx, Options{Bench: still{ledger: newPlay().ledger}, Modules: small(t), Lang: words.English, In: r, Out: out, Interactive: true})
	}()
	out.await(t, "You can say")
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("left with %v", err)
	}
}
