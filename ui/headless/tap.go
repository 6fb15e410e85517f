package headless

import (
	"fmt"
	"io"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/lab"
)

// tap is the Test Anything Protocol (https://testanything.org), version 13: a
// test point for each expectation, and for each command that failed.
type tap struct {
	out   io.Writer
	lang  words.Lang
	begun bool
	count int
}

func newTAP(o Options) *tap { return &tap{out: o.Out, lang: o.Lang} }

func (t *tap) begin() {
	if !t.begun {
		t.begun = true
		fmt.Fprintln(t.out, "TAP version 13")
	}
}

func (t *tap) progress(p lab.Progress) {
	t.begin()
	if !isTest(p) {
		return
	}
	t.count++
	if p.State == lab.Skipped {
		fmt.Fprintf(t.out, "ok %d - line %d: %s # SKIP %s\n", t.count, p.Line.Pos.Line, p.Line.Text, words.Tell(t.lang, p.Lacks))
		return
	}
	if p.State == lab.Done {
		fmt.Fprintf(t.out, "ok %d - line %d: %s\n", t.count, p.Line.Pos.Line, p.Line.Text)
		return
	}
	fmt.Fprintf(t.out, "not ok %d - line %d: %s\n", t.count, p.Line.Pos.Line, p.Line.Text)
	t.comment(words.Tell(t.lang, p.Err))
}

// isTest says whether a line's end is worth a test point. An expectation that
// the cluster lacks something for is one too, and a skipped one: so a script
// has as many on every cluster.
func isTest(p lab.Progress) bool {
	_, expects := p.Line.Command.(*lab.Expect)
	return p.State == lab.Failed || expects && (p.State == lab.Done || p.State == lab.Skipped && p.Lacks != nil)
}

func (t *tap) comment(s string) {
	for line := range strings.Lines(s) {
		fmt.Fprintf(t.out, "# %s\n", strings.TrimRight(line, "\n"))
	}
}

func (t *tap) end(s summary) {
	t.begin()
	if s.validated {
		fmt.Fprintf(t.out, "1..0 # SKIP %s\n", onlyRead(s).In(t.lang))
		return
	}
	// A plan has as many points as the script, however far it came.
	for _, line := range expectations(s.result.NotDone) {
		t.count++
		fmt.Fprintf(t.out, "ok %d - line %d: %s # SKIP %s\n", t.count, line.Pos.Line, line.Text, notReached.In(t.lang))
	}
	if s.script != nil {
		fmt.Fprintf(t.out, "1..%d\n", t.count)
	}
	switch s.result.Status {
	case lab.Passed, lab.FailedRun:
	default:
		reason := string(s.result.Status)
		if s.result.Err != nil {
			reason, _, _ = strings.Cut(words.Tell(t.lang, s.result.Err), "\n")
		}
		fmt.Fprintf(t.out, "Bail out! %s\n", reason)
	}
}

// expectations are those of some lines: each is worth a test point.
func expectations(lines []lab.Line) (list []lab.Line) {
	for _, line := range lines {
		if _, expects := line.Command.(*lab.Expect); expects {
			list = append(list, line)
		}
	}
	return list
}

var notReached = words.Textf("not reached: the run ended before it", "pas atteinte : l’essai a pris fin avant")

// onlyRead says of a validation that nothing was run.
func onlyRead(s summary) words.Text {
	return words.Textf("only read, not run: valid, commands: %d, checks: %d", "seulement lu, pas exécuté : valide, commandes : %d, vérifications : %d",
		len(s.script.Lines), len(expectations(s.script.Lines)))
}
