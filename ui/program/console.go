package program

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger/tape"
	"atelier/lessons/bench"
	"atelier/ui/console"
	"atelier/ui/console/memory"
	"atelier/ui/doctor"
	"atelier/ui/headless"

	"github.com/charmbracelet/colorprofile"
)

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
	if err := p.openAPI(ctx, b); err != nil {
		p.onScreen(nil)
		return p.unopened(ctx, err)
	}
	p.announceToxiproxy(b)
	store := p.progress()
	o := p.look()
	if o.Theme == console.Auto {
		o.Theme = console.Theme(store.State().Theme)
	}
	o.Bench, o.Cluster, o.Notices = b, p.clusterName(), notices
	o.API, o.Toxiproxy = p.listening(b)
	o.Kept, o.Doctor.Ports = store.State, p.ours(o.Doctor.Ports, b)
	o.Modules, o.Lesson, o.Step = modules, lesson.Module, lesson.Step
	o.Memory = memory.Keep(store, modules[p.lang], string(p.clusterKind()), time.Now)
	if !lesson.Given() {
		o.Step = 0 // where the learner was
		o.FirstContact = !o.Memory.Met() && !o.Memory.Skipped()
	}
	err = console.Run(ctx, o, p.in, p.out)
	err = errors.Join(err, p.shut(b), store.Close())
	p.onScreen(nil)
	return p.ended(ctx, err)
}

// drawable says why no console can be drawn here; nil where it can.
func (p *program) drawable() error {
	switch {
	case !p.terminal:
		return words.Errorf(
			"the console needs a terminal, and this is none. To run without a screen: atelier --linear, or atelier --script FILE",
			"la console demande un terminal, et il n’y en a pas ici. Pour exécuter sans écran : atelier --linear, ou atelier --script FICHIER")
	case p.environ.Dumb():
		return words.Errorf(
			"the console needs a terminal whose cursor can be moved, and this one says that it is dumb (TERM=dumb). Plain lines go anywhere: atelier --linear",
			"la console demande un terminal dont on peut déplacer le curseur, et celui-ci dit ne pas savoir (TERM=dumb). De simples lignes passent partout : atelier --linear")
	}
	switch p.asked.Theme {
	case "", "dark", "light":
		return nil
	}
	return words.Errorf("unknown theme %q: choose dark or light", "thème %q inconnu : choisissez dark ou light", p.asked.Theme)
}

// look is how the console looks on this terminal.
func (p *program) look() console.Options {
	examined := p.patient()
	examined.Tools, examined.Spare = doctor.Tools(), true
	return console.Options{
		Lang: p.lang, Theme: console.Theme(p.asked.Theme), NoColor: p.environ.Get("NO_COLOR") != "",
		ASCII: p.asked.ASCII || !p.environ.UTF8(), Still: p.asked.Still, Dir: p.dir,
		Profile: colorprofile.Detect(p.out, p.environ), Environ: p.environ, Doctor: &examined,
	}
}

// slowly plays a recording in the console. No bench is opened for it.
func (p *program) slowly(ctx context.Context) error {
	if err := p.drawable(); err != nil {
		return err
	}
	name := p.asked.Replay
	in, err := tape.Open(name, p.in)
	if err != nil {
		return err
	}
	recording, err := tape.Load(ctx, name, in)
	_ = in.Close()
	if err != nil {
		return err
	}
	notices := make(chan words.Text, len(recording.Notices))
	for _, n := range recording.Notices {
		notices <- n
	}
	o := p.look()
	o.Tapes, o.Notices, o.Recording = recording.Tapes, notices, tape.Shipped(name)
	o.Cluster.En = filepath.Base(name)
	o.Cluster.Fr = o.Cluster.En
	return p.ended(ctx, console.Run(ctx, o, p.in, p.out))
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

// clusterKind is what the bench runs on, as evidence names it.
func (p *program) clusterKind() bench.Kind {
	if len(p.asked.Brokers) > 0 {
		return bench.External
	}
	return p.asked.Cluster
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
