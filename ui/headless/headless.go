// Package headless is the front end without a screen: --script. It runs lab
// scripts and lessons, tells what happens in one of four formats, and ends with
// an exit status that a shell can decide by.
package headless

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/standstill"
)

// The exit statuses.
const (
	ExitPassed      = 0
	ExitFailed      = 1   // an expectation did not hold
	ExitInvalid     = 2   // the script, or the command line, is wrong; nothing was sent
	ExitError       = 3   // the experiment could not be carried out
	ExitInterrupted = 130 // Ctrl+C, as a shell has it
)

// Formats lists what --format takes; the first is the default.
func Formats() []string { return []string{"text", "json", "junit", "tap"} }

// Options say what to run and where to tell of it.
type Options struct {
	Script string // a path, or - for In
	// Module is run in place of a Script that would have to be read.
	Module   *course.Module
	Format   string // one of Formats
	Validate bool   // read, don't run
	Lang     words.Lang
	In       io.Reader
	Out, Err io.Writer
	// Open makes the bench, once the script is known to be valid.
	Open func(context.Context) (*bench.Bench, error)
}

// Run reads, validates and carries out a script, and returns the exit status.
// With ctx done it stops within a second.
func Run(ctx context.Context, o Options) int {
	o.Out = &writer{Writer: o.Out}
	return ended(o, run(ctx, o))
}

// ended sees whether everything could be told.
func ended(o Options, status int) int {
	written := o.Out.(*writer)
	if written.err != nil && !errors.Is(written.err, syscall.EPIPE) && status == ExitPassed {
		return complain(o, words.Errorf("the report could not be written: %v", "le compte rendu n’a pas pu être écrit : %v", written.err), ExitError)
	}
	return status
}

// writer remembers why it could not write. A reader that went away (EPIPE) has
// seen what it wanted; a full disk has not.
type writer struct {
	io.Writer
	err error
}

func (w *writer) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}

func run(ctx context.Context, o Options) int {
	out, err := newReport(o)
	if err != nil {
		return complain(o, err, ExitInvalid)
	}
	script, err := read(o)
	if err != nil {
		end(out, summary{result: lab.Result{Status: lab.Invalid, Err: err}})
		return complain(o, err, ExitInvalid)
	}
	if o.Validate {
		end(out, summary{script: script, result: lab.Result{Status: lab.Passed}, validated: true})
		return ExitPassed
	}
	return carryOut(ctx, o, script, out)
}

// carryOut runs a valid script on a bench of its own.
func carryOut(ctx context.Context, o Options, script *lab.Script, out report) int {
	watch := standstill.Begin()
	b, err := o.Open(ctx)
	stood := watch.Worst()
	watch.Close()
	if err != nil {
		result := lab.Result{Status: lab.Errored, Err: err, NotDone: script.Lines, StoodStill: stood}
		if ctx.Err() != nil { // what failed then, failed for that
			result.Status, result.Err = lab.Interrupted, errInterrupted
		}
		end(out, summary{script: script, result: result})
		if result.Status == lab.Interrupted {
			return interrupted(o)
		}
		return complain(o, result.Err, exitOf(result.Status))
	}
	if url, announce := b.Toxiproxy(); announce {
		fmt.Fprintln(o.Err, o.Lang.Pick(
			"Toxiproxy's usual port is taken; its API is at "+url,
			"Le port habituel de Toxiproxy est pris ; son API est sur "+url))
	}
	runner := lab.Runner{Bench: b, Watch: out.progress}
	if told, is := out.(*text); is {
		runner.Waiting = told.waiting
	}
	result := runner.Run(ctx, script)
	if err := b.Close(); err != nil {
		// What was proven stays proven.
		fmt.Fprintln(o.Err, o.Lang.Pick("the bench did not close cleanly: ", "le banc ne s’est pas fermé proprement : ")+words.Tell(o.Lang, err))
	}
	// Closing reports what was in flight, so that the counts add up.
	end(out, summary{script: script, result: result, snapshot: b.Ledger().Snapshot()})
	return tell(o, result)
}

var errInterrupted = words.Errorf("interrupted", "interrompu")

// interrupted says so on the error stream, where the report is for programs: for
// people it has said it.
func interrupted(o Options) int {
	if o.Format != "" && o.Format != "text" {
		fmt.Fprintln(o.Err, words.Tell(o.Lang, errInterrupted))
	}
	return ExitInterrupted
}

// tell says on the error stream why a run did not pass, and what was not done.
func tell(o Options, r lab.Result) int {
	switch r.Status {
	case lab.Passed:
	case lab.Interrupted:
		interrupted(o)
	default:
		where := ""
		if r.Pos != (lab.Pos{}) {
			where = r.Pos.String() + ": "
		}
		fmt.Fprintf(o.Err, "%s%s\n", where, words.Tell(o.Lang, r.Err))
	}
	if r.Status != lab.Passed && len(r.NotDone) > 0 {
		fmt.Fprintln(o.Err, o.Lang.Pick("not done:", "non exécuté :"))
		for i, line := range r.NotDone {
			if i == maxNotDone {
				fmt.Fprintf(o.Err, "  … +%d\n", len(r.NotDone)-i)
				break
			}
			far := ""
			if part, begun := r.Parts[line.Pos]; begun {
				far = fmt.Sprintf(o.Lang.Pick(" (%d of %d done)", " (%d sur %d faits)"), part.Done, part.Count)
			}
			fmt.Fprintf(o.Err, "  %s: %s%s\n", line.Pos, line.Text, far)
		}
	}
	return exitOf(r.Status)
}

// maxNotDone bounds the list of what was not done.
const maxNotDone = 20

func complain(o Options, err error, status int) int {
	fmt.Fprintln(o.Err, words.Tell(o.Lang, err))
	return status
}

func exitOf(s lab.Status) int {
	switch s {
	case lab.Passed:
		return ExitPassed
	case lab.FailedRun:
		return ExitFailed
	case lab.Invalid:
		return ExitInvalid
	case lab.Interrupted:
		return ExitInterrupted
	default:
		return ExitError
	}
}

// report tells what happens in one format.
type report interface {
	progress(lab.Progress)
	end(summary)
}

// summary is what is known at the end.
type summary struct {
	script    *lab.Script
	result    lab.Result
	snapshot  *ledger.Snapshot // nil where nothing ran
	validated bool             // read only
}

func end(r report, s summary) { r.end(s) }

func newReport(o Options) (report, error) {
	switch o.Format {
	case "", "text":
		return newText(o), nil
	case "json":
		return newJSON(o), nil
	case "junit":
		return newJUnit(o), nil
	case "tap":
		return newTAP(o), nil
	}
	return nil, words.Errorf(
		"unknown format %q: choose text, json, junit or tap",
		"format %q inconnu : choisissez text, json, junit ou tap", o.Format)
}
