package headless

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
)

// ReplayOptions say which recording to replay and where to tell of it.
type ReplayOptions struct {
	Recording string // a path, or - for In
	Format    string // text or json
	Lang      words.Lang
	In        io.Reader
	Out, Err  io.Writer
}

// Replay folds a recording at once, tells what each of its runs came to, in the
// words of Run, and returns the exit status: a recording that stops in the
// middle is told as far as it goes.
func Replay(ctx context.Context, o ReplayOptions) int {
	run := Options{Lang: o.Lang, In: o.In, Out: &writer{Writer: o.Out}, Err: o.Err}
	var tell retold
	switch o.Format {
	case "", "text":
		tell = newText(run)
	case "json":
		tell = newJSON(run)
	default:
		return complain(run, words.Errorf(
			"--replay tells in text or json, not in %q", "--replay raconte en text ou en json, pas en %q", o.Format), ExitInvalid)
	}
	in, err := tape.Open(o.Recording, o.In)
	if err != nil {
		return complain(run, err, ExitInvalid)
	}
	defer func() { _ = in.Close() }()
	if r := tape.Shipped(o.Recording); r != nil {
		tell.shipped(r)
	}
	name := o.Recording
	if name == "-" {
		name = "stdin"
	}
	p := replay{tell: tell, ledger: ledger.New()}
	notices, err := tape.Read(ctx, name, in, p.hear)
	switch {
	case ctx.Err() != nil:
		return complain(run, words.Errorf("interrupted", "interrompu"), ExitInterrupted)
	case err != nil:
		tell.unreadable(err)
		return complain(run, err, ExitInvalid)
	}
	p.end()
	for _, n := range notices {
		fmt.Fprintln(o.Err, n.In(o.Lang))
	}
	return ended(run, ExitPassed)
}

// replay folds a recording, run by run.
type replay struct {
	tell   retold
	ledger *ledger.Ledger
	runs   int
	last   *ledger.Snapshot // of the last run in which something was sent
}

// retold tells of runs that were recorded.
type retold interface {
	shipped(*recordings.Recording) // first of all, where the recording is one of ours
	run(*ledger.Snapshot)
	replayed(runs int, last *ledger.Snapshot)
	unreadable(error) // instead; the error stream says it as well
}

func (p *replay) hear(e ledger.Event) error {
	if _, begins := e.(ledger.RunBegan); begins {
		p.take()
	}
	p.ledger.Apply(e)
	return nil
}

// take tells of the run that ends.
func (p *replay) take() {
	if s := p.ledger.Snapshot(); s.All.Sent > 0 {
		p.runs++
		p.last = s
		p.tell.run(s)
	}
}

func (p *replay) end() {
	p.take()
	p.tell.replayed(p.runs, p.last)
}

// shipped says that nothing of this happens here and now.
func (t *text) shipped(r *recordings.Recording) {
	fmt.Fprintf(t.out, "── %s%s. %s\n", t.lang.Pick("This is a ", "Ceci est un "), r.Title().In(t.lang), t.lang.Pick("Seen in it: ", "On y voit\u00a0: ")+r.Shows.In(t.lang)+".")
}

// run tells of one run: the table that a script ends with.
func (t *text) run(s *ledger.Snapshot) {
	fmt.Fprintf(t.out, "── %s  %s  %.3f s\n", visible(s.Run), t.lang.Day(s.Clock.Local())+s.Clock.Local().Format(" "+time.TimeOnly), s.Last.Seconds())
	shown := *s
	shown.Labels = make([]ledger.Totals, len(s.Labels))
	for i, l := range s.Labels {
		l.Label = visible(l.Label)
		shown.Labels[i] = l
	}
	t.totals(&shown)
}

// visible makes text from outside fit for a terminal.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) || unicode.Is(unicode.Mn, r) {
			return '·'
		}
		return r
	}, s)
}

func (t *text) replayed(runs int, _ *ledger.Snapshot) {
	switch runs {
	case 0:
		fmt.Fprintln(t.out, t.lang.Pick("replayed: nothing was sent", "rejoué : rien n’a été envoyé"))
	case 1:
		fmt.Fprintln(t.out, t.lang.Pick("replayed", "rejoué"))
	default:
		fmt.Fprintf(t.out, t.lang.Pick("replayed: %d runs\n", "rejoué : %d essais\n"), runs)
	}
}

func (t *text) unreadable(error) {}
