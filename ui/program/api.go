package program

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/lessons/bench"
	"atelier/ui/api"
	"atelier/ui/headless"
)

// openAPI opens the HTTP API on a bench, where it is wanted. With an error the
// bench has been closed.
func (p *program) openAPI(ctx context.Context, b *bench.Bench) (err error) {
	a := p.asked.API
	if a.Addr == "" {
		return nil
	}
	p.api, err = api.Serve(ctx, api.Options{
		Bench: b, Addr: a.Addr, Asked: a.Asked, Token: a.Token, Origins: a.Origins,
		Lang: p.lang, Cluster: p.clusterName().En, Version: version(),
	})
	if err != nil {
		return errors.Join(err, b.Close())
	}
	if p.api.Announced() {
		p.notice(words.Textf("the HTTP API's usual port is taken; it is at %s", "le port habituel de l’API HTTP est pris ; elle est sur %s", p.api.URL()))
	}
	if p.api.Everywhere() {
		p.notice(words.Textf("the HTTP API listens on every address of this machine; from here it is at %s", "l’API HTTP écoute sur toutes les adresses de cette machine ; d’ici, elle est sur %s", p.api.URL()))
	}
	return nil
}

// announceToxiproxy says where Toxiproxy's API is, where it is not where the
// lessons have it.
func (p *program) announceToxiproxy(b *bench.Bench) {
	if url, announce := b.Toxiproxy(); announce {
		p.notice(words.Textf("Toxiproxy's usual port is taken; its API is at %s", "Le port habituel de Toxiproxy est pris ; son API est sur %s", url))
	}
}

// warnOfToxiproxy says so where others reach the embedded Toxiproxy: unlike the
// HTTP API it knows no token.
func (p *program) warnOfToxiproxy() {
	if at := p.asked.ToxiproxyAPI; at != "" && !chaos.OnLoopback(at) {
		p.notice(words.Textf("--toxiproxy-api %s can be reached from other machines, and Toxiproxy has no token: whoever reaches it can break the network",
			"--toxiproxy-api %s est joignable d’autres machines, et Toxiproxy n’a pas de jeton : qui le joint peut casser le réseau", at))
	}
}

// shut closes the bench, and the API around it.
func (p *program) shut(b *bench.Bench) error {
	if p.api == nil {
		return b.Close()
	}
	defer p.tellLeft()
	return p.api.Close(b.Close)
}

// tellLeft says what became of the async requests that were in flight at the
// end: nobody can ask about them any more.
func (p *program) tellLeft() {
	if says, any := p.api.Left(); any {
		p.notice(says)
	}
}

// openBoth opens a bench and what is to be open beside it.
func (p *program) openBoth(ctx context.Context) (*bench.Bench, error) {
	b, err := p.open(ctx)
	if err == nil {
		err = p.openAPI(ctx, b)
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// closed ends the API beside a script, which closes its bench by itself.
func (p *program) closed() {
	if p.api != nil {
		_ = p.api.Close(func() error { return nil })
		p.tellLeft()
	}
}

// serve is the HTTP API alone, until somebody ends it.
func (p *program) serve(ctx context.Context) error {
	b, err := p.openBoth(ctx)
	if err != nil {
		return p.unopened(ctx, err)
	}
	p.announceToxiproxy(b)
	toxiproxy, _ := b.Toxiproxy()
	fmt.Fprintf(p.out, p.lang.Pick("the HTTP API is at %s (in a browser: try it out); Toxiproxy at %s; Ctrl+C ends both\n",
		"l’API HTTP est sur %s (dans un navigateur : essayez-la) ; Toxiproxy sur %s ; Ctrl+C arrête les deux\n"), p.api.URL(), toxiproxy)
	<-ctx.Done()
	if err := p.shut(b); err != nil {
		fmt.Fprintln(p.errs, words.Tell(p.lang, err))
		return status(headless.ExitError)
	}
	return nil
}

// version is what was built here, as Go knows it.
func version() string {
	info, known := debug.ReadBuildInfo()
	if !known || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
