package program

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/lessons/bench"
	"atelier/ui/api"
	"atelier/ui/doctor"
	"atelier/ui/headless"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// doctor says what is there of what the atelier needs or can use.
func (p *program) doctor(ctx context.Context) error {
	o := p.patient()
	o.Tools = p.asked.Doctor.Tools
	all := doctor.Examine(ctx, o)
	if ctx.Err() != nil {
		fmt.Fprintln(p.errs, p.lang.Pick("interrupted", "interrompu"))
		return status(headless.ExitInterrupted)
	}
	tell := doctor.Text
	if p.asked.Doctor.Format == "json" {
		tell = doctor.JSON
	}
	if err := tell(p.out, all, p.lang); err != nil && !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintln(p.errs, words.Tell(p.lang, err))
		return status(headless.ExitError)
	}
	if !doctor.Healthy(all) {
		return status(headless.ExitFailed)
	}
	return nil
}

// listening is where what runs beside a bench listens: its URLs.
func (p *program) listening(b *bench.Bench) (api, toxiproxy string) {
	if p.api != nil {
		api = p.api.URL()
	}
	toxiproxy, _ = b.Toxiproxy()
	return api, toxiproxy
}

// ours says of the ports that what runs beside a bench has them, or which it
// has in their place.
func (p *program) ours(ports []doctor.Port, b *bench.Bench) []doctor.Port {
	service, toxiproxy := p.listening(b)
	for i := range ports {
		at, url := &ports[i], ""
		switch {
		case at.Flag == "--api":
			url = service
		case at.Flag == "--toxiproxy-api" && p.asked.Toxiproxy == "":
			url = toxiproxy
		}
		if at.Ours = url == "http://"+at.Address; !at.Ours {
			at.Instead = url
		}
	}
	return ports
}

// patient is what is examined: this process's terminal and machine, and what
// the command line names.
func (p *program) patient() doctor.Options {
	asked := p.asked
	o := doctor.Options{
		Terminal: p.terminal, Dumb: p.environ.Dumb(), UTF8: p.environ.UTF8(), Profile: colorprofile.Detect(p.out, p.environ), NoColor: p.environ.Get("NO_COLOR") != "", Locale: p.lang,
		StateDir: p.progressDir(), TempDir: os.TempDir(), Getenv: p.environ.Get,
		Ports: []doctor.Port{
			{Address: chaos.DefaultAddr, Flag: "--toxiproxy-api", For: words.Text{En: "Toxiproxy's API, at the address that the lessons name", Fr: "l’API de Toxiproxy, à l’adresse que disent les leçons"}},
			{Address: api.DefaultAddr, Flag: "--api", For: words.Text{En: "the HTTP API, at the address that the lessons name", Fr: "l’API HTTP, à l’adresse que disent les leçons"}},
		},
		Brokers: asked.Brokers, Access: asked.Access, Toxiproxy: asked.Toxiproxy,
	}
	if out, is := p.out.(interface{ Fd() uintptr }); is && p.terminal {
		o.Width, o.Height, _ = term.GetSize(out.Fd())
	}
	return o
}
