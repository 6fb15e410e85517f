// Package program is the command: it reads what is asked for, opens a bench,
// picks the front end, and closes everything in order. It alone knows all front
// ends; they don't know each other.
package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"atelier/assets/words"
	"atelier/kafka/ledger/tape"
	"atelier/lessons/bench"
	"atelier/ui/api"
	"atelier/ui/commandline"
	"atelier/ui/headless"
)

// Terminal is the process around a command: everything that it takes from
// outside.
type Terminal struct {
	Dir         string // the working directory; without one, nothing is written
	Environ     []string
	In          io.Reader
	Out, Errs   io.Writer
	Interactive bool // In and Out are a learner's terminal
}

// Run runs a command line and returns its exit status. Where ctx ends, what runs
// is ended in order.
func Run(ctx context.Context, t Terminal, args []string) int {
	p := program{dir: t.Dir, environ: t.Environ, in: t.In, out: t.Out, errs: t.Errs, terminal: t.Interactive}
	return p.run(ctx, args)
}

// program is one command under way.
type program struct {
	dir       string // the working directory
	environ   commandline.Environment
	in        io.Reader
	out, errs io.Writer
	terminal  bool // in and out are a learner's terminal

	lang     words.Lang
	asked    *commandline.Asked
	recorder *tape.Recorder // nil where nothing is recorded
	api      *api.Server    // nil where there is none

	telling sync.Mutex      // notices come from several goroutines
	screen  chan words.Text // of the console, while it is on; a notice that it can't take waits in held
	held    []words.Text
}

// status is an exit status on its way up.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func (p *program) run(ctx context.Context, args []string) int {
	p.lang = p.environ.Lang(args)
	root := commandline.Command(p.lang, p.environ, p.notice, p.dispatch)
	commandline.Streams(root, p.in, p.out, p.errs)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var s status
	switch {
	case err == nil:
		return headless.ExitPassed
	case errors.As(err, &s):
		return int(s)
	}
	fmt.Fprintln(p.errs, words.Tell(p.lang, err))
	return headless.ExitInvalid
}

// dispatch picks the front end.
func (p *program) dispatch(ctx context.Context, asked *commandline.Asked) error {
	p.lang, p.asked = asked.Lang, asked
	switch {
	case asked.Progress != nil:
		return p.transcript()
	case asked.Doctor != nil:
		return p.doctor(ctx)
	case asked.CheckLessons != nil:
		return p.checkLessons(ctx)
	case asked.ExportLessons != nil:
		return p.exportLessons(ctx)
	case asked.Replay != "" && p.terminal && !asked.FormatGiven && !asked.Linear:
		return p.slowly(ctx)
	case asked.Replay != "":
		return exitWith(headless.Replay(ctx, headless.ReplayOptions{
			Recording: asked.Replay, Format: asked.Format, Lang: p.lang, In: p.in, Out: p.out, Err: p.errs,
		}))
	case asked.Record != "":
		return p.recorded(ctx)
	}
	return p.perform(ctx)
}

// perform runs the front end that is asked for.
func (p *program) perform(ctx context.Context) error {
	asked := p.asked
	if asked.Serve {
		return p.serve(ctx)
	}
	if asked.Script != "" {
		module, err := p.module(asked.Script)
		if err != nil {
			return err
		}
		defer p.closed()
		return exitWith(headless.Run(ctx, headless.Options{
			Script: asked.Script, Module: module, Format: asked.Format, Validate: asked.Validate,
			Lang: p.lang, In: p.in, Out: p.out, Err: p.errs, Open: p.openBoth,
		}))
	}
	if asked.Linear {
		return p.linear(ctx)
	}
	return p.console(ctx)
}

func exitWith(code int) error {
	if code == headless.ExitPassed {
		return nil
	}
	return status(code)
}

// notice tells something that is no error.
func (p *program) notice(text words.Text) {
	p.telling.Lock()
	defer p.telling.Unlock()
	if p.screen == nil {
		fmt.Fprintln(p.errs, text.In(p.lang))
		return
	}
	p.held = append(p.held, text)
	select {
	case p.screen <- text:
	default: // it has enough to say
	}
}

// onScreen says whether the console is on. Notices that came meanwhile are
// told once more when it goes.
func (p *program) onScreen(screen chan words.Text) {
	p.telling.Lock()
	defer p.telling.Unlock()
	p.screen = screen
	for _, text := range p.held {
		fmt.Fprintln(p.errs, text.In(p.lang))
	}
	p.held = nil
}

// open makes the bench. What can't be had is an experiment that can't be
// carried out, and says so.
func (p *program) open(ctx context.Context) (*bench.Bench, error) {
	a := p.asked
	o := bench.Options{
		Brokers: a.Brokers, Access: a.Access, TopicPrefix: a.TopicPrefix, Cluster: a.Cluster, Seed: a.Seed,
		Notice:    p.notice,
		Progress:  func(w words.Text) { fmt.Fprintln(p.errs, w.In(p.lang)+" …") },
		Toxiproxy: a.ToxiproxyAPI, ToxiproxyAsked: a.ToxiproxyAPI != "",
		ToxiproxyURL: a.Toxiproxy, ToxiproxyMap: a.ToxiproxyMap,
	}
	if p.recorder != nil {
		o.Listen = p.recorder.Hear
	}
	if a.Script == "" && !a.Serve {
		o.Memory = tape.DefaultMemory
	}
	b, err := bench.Open(ctx, o)
	if err == nil {
		p.warnOfToxiproxy()
	}
	return b, err
}

// unopened says why there is no bench.
func (p *program) unopened(ctx context.Context, err error) error {
	if ctx.Err() != nil { // what failed then, failed for that
		fmt.Fprintln(p.errs, p.lang.Pick("interrupted", "interrompu"))
		return status(headless.ExitInterrupted)
	}
	fmt.Fprintln(p.errs, words.Tell(p.lang, err))
	return status(headless.ExitError)
}

// recorded runs the front end that is asked for and writes down what happens.
func (p *program) recorded(ctx context.Context) (err error) {
	if p.recorder, err = tape.Create(p.asked.Record, p.notice); err != nil {
		return err
	}
	err = p.perform(ctx)
	if p.recorder.Close() != nil && err == nil { // a notice has said why
		return status(headless.ExitError)
	}
	return err
}
