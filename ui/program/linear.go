package program

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"syscall"

	"atelier/assets/words"
	"atelier/ui/commandline"
	"atelier/ui/doctor"
	"atelier/ui/headless"
	"atelier/ui/linear"
	"atelier/ui/ports"
)

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
	b, err := p.openBoth(ctx)
	if err != nil {
		return p.unopened(ctx, err)
	}
	p.announceToxiproxy(b)
	store := p.progress()
	examined := p.patient()
	examined.Tools, examined.Spare = doctor.Tools(), true
	examined.Ports = p.ours(examined.Ports, b)
	own, stop := signal.NotifyContext(context.WithoutCancel(ctx), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	interrupts, release := commandline.Interrupts(own)
	defer release()
	err = linear.Run(own, linear.Options{
		Bench: b, Cluster: p.clusterKind(), Modules: modules, Lesson: lesson.Module, Step: lesson.Step, Lang: p.lang, Progress: store, Doctor: &examined, Ports: ports.Of(p.listening(b)),
		In: p.in, Out: p.out, Interactive: p.terminal, Interrupts: interrupts,
	})
	closed := errors.Join(p.shut(b), store.Close())
	switch {
	case err == nil && closed == nil, errors.Is(err, syscall.EPIPE):
		return nil
	case errors.Is(err, linear.ErrInterrupted), own.Err() != nil:
		return status(headless.ExitInterrupted)
	}
	fmt.Fprintln(p.errs, words.Tell(p.lang, errors.Join(err, closed)))
	return status(headless.ExitError)
}
