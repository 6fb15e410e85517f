package headless

import (
	"fmt"
	"io"
	"math"
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/plain"
)

// text tells each line as it ends, for people.
type text struct {
	out  io.Writer
	lang words.Lang
}

func newText(o Options) *text { return &text{o.Out, o.Lang} }

func (t *text) progress(p lab.Progress) {
	if p.State == lab.Started {
		return
	}
	if p.State == lab.Skipped {
		t.skipped(p)
		return
	}
	if _, ok := p.Line.Command.(*lab.Say); ok {
		fmt.Fprintf(t.out, "\n%s\n", plain.Text(p.Result.In(t.lang)))
		return
	}
	if _, ok := p.Line.Command.(*lab.Reset); ok && p.State == lab.Done {
		t.ended(p.Ended)
		fmt.Fprintf(t.out, "%s\n", place(p.Line))
		return
	}
	mark := "✓"
	if p.State == lab.Failed {
		mark = "✗"
	}
	what := p.Line.Text
	if after, ok := p.Line.Command.(*lab.After); ok {
		if !p.Late {
			return // it is told when its time has come
		}
		what = after.Text
	}
	fmt.Fprintf(t.out, "%9.3f s  %s %s\n", p.At.Seconds(), mark, plain.Text(what))
	note := p.Result.In(t.lang)
	if p.Err != nil {
		note = words.Tell(t.lang, p.Err)
	}
	for line := range strings.Lines(note) {
		fmt.Fprintf(t.out, "               %s\n", plain.Text(strings.TrimRight(line, "\n")))
	}
}

// waiting says what keeps an audit.
func (t *text) waiting(what words.Text) {
	fmt.Fprintf(t.out, "               … %s\n", what.In(t.lang))
}

// skipped says once for a block that it was not run, and why.
func (t *text) skipped(p lab.Progress) {
	if skipsBlock(p) {
		fmt.Fprintf(t.out, "               – %s%s\n", t.lang.Pick("skipped: ", "non joué : "), words.Tell(t.lang, p.Lacks))
	}
}

// skipsBlock says that a line is the first of a block that was not run.
func skipsBlock(p lab.Progress) bool {
	_, reset := p.Line.Command.(*lab.Reset)
	return reset && p.State == lab.Skipped && p.Lacks != nil
}

func place(l lab.Line) string { return fmt.Sprintf("── %s:%d", l.Pos.File, l.Pos.Line) }

// ended shows the run that a reset ends, where there was one.
func (t *text) ended(s *ledger.Snapshot) {
	if s != nil && s.All.Sent > 0 {
		t.totals(s)
	}
}

func (t *text) end(s summary) {
	if s.validated {
		fmt.Fprintf(t.out, t.lang.Pick("%s: valid, %d commands\n", "%s : valide, %d commandes\n"), s.script.Name, len(s.script.Lines))
		return
	}
	if s.snapshot != nil {
		t.ended(s.snapshot)
	}
	status := map[lab.Status]words.Text{
		lab.Passed:      {En: "passed", Fr: "réussi"},
		lab.FailedRun:   {En: "FAILED: an expectation did not hold", Fr: "ÉCHEC : une attente n’est pas remplie"},
		lab.Invalid:     {En: "invalid: nothing was sent", Fr: "invalide : rien n’a été envoyé"},
		lab.Errored:     {En: "ERROR: the experiment could not be carried out", Fr: "ERREUR : l’expérience n’a pas pu être menée"},
		lab.Interrupted: {En: "interrupted", Fr: "interrompu"},
	}[s.result.Status]
	fmt.Fprintln(t.out, status.In(t.lang)+t.skips(s.result.Skipped))
}

// skips counts what was not run, behind the status.
func (t *text) skips(n lab.Skips) string {
	switch n.Blocks {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(t.lang.Pick(" (1 experiment skipped, checks: %d)", " (1 expérience non jouée, vérifications : %d)"), n.Checks)
	}
	return fmt.Sprintf(t.lang.Pick(" (%d experiments skipped, checks: %d)", " (%d expériences non jouées, vérifications : %d)"), n.Blocks, n.Checks)
}

// totals is the table of a run, a row a label.
func (t *text) totals(s *ledger.Snapshot) {
	head := t.lang.Pick(
		"label       sent   acked  failed unknown   fired attempts   copies    once duplic.    lost  absent  ghosts   p50 ms",
		"étiquette envois acquit. refusés inconnu sans ack tentat.   copies uniques doublons perdus absents fantôm.  p50 ms")
	fmt.Fprintf(t.out, "\n  %s\n", head)
	for _, l := range s.Labels {
		t.row(l.Label, l)
	}
	if len(s.Labels) != 1 || s.Labels[0].Sent != s.All.Sent {
		t.row(t.lang.Pick("(all)", "(tout)"), s.All)
	}
	fmt.Fprintln(t.out)
}

func (t *text) row(name string, l ledger.Totals) {
	audited := func(n int64) string {
		if !l.Audited {
			return "—"
		}
		return fmt.Sprint(n)
	}
	p50 := "—"
	if !math.IsNaN(l.P50) {
		p50 = fmt.Sprintf("%.1f", l.P50)
	}
	fmt.Fprintf(t.out, "  %-8.8s %7d %7d %7d %7d %7d %8d %8s %7s %7s %7s %7s %7s %8s\n", name,
		l.Sent, l.Acked, l.Failed, l.Unknown, l.Fired, l.Attempts,
		audited(l.Copies), audited(l.Once), audited(l.Duplicates), audited(l.Lost), audited(l.Absent), audited(l.Ghosts), p50)
}
