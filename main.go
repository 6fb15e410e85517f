// Command atelier is a workshop console that teaches how a Kafka producer
// behaves when the network does not.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger/tape"
	"atelier/lessons"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/progress"
	"atelier/ui/commandline"
	"atelier/ui/console"
	"atelier/ui/console/memory"
	"atelier/ui/headless"
	"atelier/ui/linear"

	"github.com/charmbracelet/x/term"
)

func main() {
	// The first signal ends what runs, in order; a second one does not wait.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	here, _ := os.Getwd() // without one, nothing is written
	p := program{
		dir: here, environ: os.Environ(), in: os.Stdin, out: os.Stdout, errs: os.Stderr,
		terminal: term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()),
	}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// program is what runs, with everything that it takes from outside.
type program struct {
	dir       string // the working directory
	environ   commandline.Environment
	in        io.Reader
	out, errs io.Writer
	terminal  bool // in and out are a learner's terminal

	lang     words.Lang
	asked    *commandline.Asked
	recorder *tape.Recorder // nil where nothing is recorded

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

// perform runs the front end that is asked for.
func (p *program) perform(ctx context.Context) error {
	asked := p.asked
	if asked.Script != "" {
		return exitWith(headless.Run(ctx, headless.Options{
			Script: asked.Script, Format: asked.Format, Validate: asked.Validate,
			Lang: p.lang, In: p.in, Out: p.out, Err: p.errs, Open: p.open,
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
	if a.Script == "" {
		o.Memory = tape.DefaultMemory
	}
	return bench.Open(ctx, o)
}

// console opens the console and closes the bench behind it.
func (p *program) console(ctx context.Context) error {
	if err := p.drawable(); err != nil {
		return err
	}
	modules, lesson, err := p.course()
	if err != nil {
		return err
	}
	b, err := p.open(ctx)
	if err != nil {
		return p.unopened(ctx, err)
	}
	notices := make(chan words.Text, 16)
	p.onScreen(notices)
	store := p.progress()
	o := p.look()
	if o.Theme == console.Auto {
		o.Theme = console.Theme(store.State().Theme)
	}
	o.Bench, o.Cluster, o.Notices = b, p.clusterName(), notices
	o.Modules, o.Lesson, o.Step = modules, lesson.Module, lesson.Step
	o.Memory = memory.Keep(store, modules[p.lang], time.Now)
	if !lesson.Given() {
		o.Step = 0 // where the learner was
		o.FirstContact = !o.Memory.Met()
	}
	err = console.Run(ctx, o, p.in, p.out)
	err = errors.Join(err, b.Close(), store.Close())
	p.onScreen(nil)
	return p.ended(ctx, err)
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

// ended says how the console ended.
func (p *program) ended(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return status(headless.ExitInterrupted)
	}
	fmt.Fprintln(p.errs, words.Tell(p.lang, err))
	return status(headless.ExitError)
}

// course reads the course, and where in it to begin.
func (p *program) course() (map[words.Lang][]*course.Module, commandline.Lesson, error) {
	modules := map[words.Lang][]*course.Module{}
	for _, lang := range []words.Lang{words.English, words.French} {
		list, err := course.Load(lessons.Content, lang)
		if err != nil {
			return nil, commandline.Lesson{}, err
		}
		modules[lang] = list
	}
	lesson, err := p.asked.ReadLesson(modules[p.lang])
	return modules, lesson, err
}

// progress opens what the learner has done so far, in the platform's own
// folder. The language that was spoken last is spoken again.
func (p *program) progress() *progress.Store {
	store := progress.Open(progress.Dir(p.environ.Get, runtime.GOOS), p.notice)
	if lang := store.State().Language; lang != "" && !p.asked.LangGiven {
		p.lang = lang
	}
	return store
}

// linear opens the front end of plain lines and closes the bench behind it.
// There Ctrl+C stops what runs, so it no longer ends the program by itself.
func (p *program) linear(ctx context.Context) error {
	modules, lesson, err := p.course()
	if err != nil {
		return err
	}
	if !lesson.Given() {
		lesson.Step = 0 // where the learner was
	}
	b, err := p.open(ctx)
	if err != nil {
		return p.unopened(ctx, err)
	}
	if url, announce := b.Toxiproxy(); announce {
		p.notice(words.Textf("Toxiproxy's usual port is taken; its API is at %s", "Le port habituel de Toxiproxy est pris ; son API est sur %s", url))
	}
	store := p.progress()
	own, stop := signal.NotifyContext(context.WithoutCancel(ctx), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	interrupts, release := commandline.Interrupts(own)
	defer release()
	err = linear.Run(own, linear.Options{
		Bench: b, Modules: modules, Lesson: lesson.Module, Step: lesson.Step, Lang: p.lang, Progress: store,
		In: p.in, Out: p.out, Interactive: p.terminal, Interrupts: interrupts,
	})
	closed := errors.Join(b.Close(), store.Close())
	switch {
	case err == nil && closed == nil, errors.Is(err, syscall.EPIPE):
		return nil
	case errors.Is(err, linear.ErrInterrupted), own.Err() != nil:
		return status(headless.ExitInterrupted)
	}
	fmt.Fprintln(p.errs, words.Tell(p.lang, errors.Join(err, closed)))
	return status(headless.ExitError)
}

func (p *program) clusterName() words.Text {
	if len(p.asked.Brokers) > 0 {
		return words.Text{En: p.asked.Brokers[0], Fr: p.asked.Brokers[0]}
	}
	if p.asked.Cluster == bench.Apache {
		return words.Text{En: "Apache Kafka", Fr: "Apache Kafka"}
	}
	return words.Text{En: "embedded", Fr: "embarqué"}
}
