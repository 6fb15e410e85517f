package chaos

import (
	"context"

	"atelier/assets/words"
)

// Down switches the proxy of a broker off, or of each: connections are cut, new
// ones refused. Up switches it on again at the same address, with the toxics that
// it had.
func (p *Proxies) Down(ctx context.Context, on On) error { return p.turn(ctx, on, false) }

// Up undoes Down, whoever did it.
func (p *Proxies) Up(ctx context.Context, on On) error { return p.turn(ctx, on, true) }

// Restore switches our proxies on, and of those that were there before us the
// ones that we switched off.
func (p *Proxies) Restore(ctx context.Context) error {
	for _, id := range p.own() {
		if at, _ := p.at(id); at.adopted && !at.downed {
			continue
		}
		if err := p.Up(ctx, Broker(id)); err != nil {
			return err
		}
	}
	return nil
}

func (p *Proxies) turn(ctx context.Context, on On, up bool) error {
	brokers, err := p.chosen(on)
	if err != nil {
		return err
	}
	for _, id := range brokers {
		err := p.alter(ctx, id, func(at place, _ bool) error {
			proxy, err := p.api.proxy(ctx, at.name)
			if err != nil || proxy.Enabled == up {
				return err
			}
			if err := p.api.update(ctx, at.name, map[string]any{"enabled": up}); err != nil {
				return err
			}
			at.downed = at.adopted && !up
			p.keep(id, at)
			return nil
		})
		if err != nil {
			return words.Errorf(
				"the proxy of broker %d cannot be switched: %v",
				"le proxy du broker %d ne peut pas être commuté : %v", id, err)
		}
	}
	return nil
}
