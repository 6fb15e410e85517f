package chaos

import (
	"context"
	"strings"

	"atelier/assets/words"

	"github.com/Shopify/toxiproxy/v2/client"
)

// Add puts a toxic in force on the proxy of a broker, or of each: on all of
// them or, where one fails, on none. Optional attributes that are left
// out get their defaults; a zero Toxicity is 1.
func (p *Proxies) Add(ctx context.Context, toxic Toxic) error {
	kind, ok := KindOf(toxic.Kind)
	if !ok {
		return words.Errorf("there is no toxic %q", "il n’y a pas de toxic %q", toxic.Kind)
	}
	if toxic.Toxicity == 0 {
		toxic.Toxicity = 1
	}
	if err := kind.Validate(toxic.Stream, toxic.Toxicity, toxic.Attributes); err != nil {
		return err
	}
	toxic.Attributes = kind.withDefaults(toxic.Attributes)
	brokers, err := p.chosen(toxic.On)
	if err != nil {
		return err
	}
	for i, id := range brokers {
		if err := p.addTo(ctx, id, toxic); err != nil {
			// Also where the context has ended: half an experiment is none.
			p.undo(context.WithoutCancel(ctx), brokers[:i], toxic.name())
			return err
		}
	}
	return nil
}

func (p *Proxies) addTo(ctx context.Context, broker int32, toxic Toxic) error {
	attributes := make(toxiproxy.Attributes, len(toxic.Attributes))
	for name, value := range toxic.Attributes {
		attributes[name] = value
	}
	var on string
	err := p.alter(ctx, broker, func(at place, _ bool) error {
		on = at.name
		return p.api.addToxic(ctx, at.name, toxiproxy.Toxic{
			Name: p.held(toxic.name()), Type: toxic.Kind, Stream: toxic.stream(), Toxicity: toxic.Toxicity, Attributes: attributes,
		})
	})
	switch {
	case isConflict(err):
		return words.Errorf(
			"broker %d already has a toxic named %q: clear it first, or give this one another name=",
			"le broker %d a déjà un toxic nommé %q : retirez-le d’abord, ou donnez un autre name= à celui-ci",
			broker, toxic.name())
	case isUnknown(err):
		return words.Errorf(
			"Toxiproxy has no proxy %q any more: somebody removed it. A reset puts it back",
			"Toxiproxy n’a plus de proxy %q : quelqu'un l’a retiré. Un reset le remet", on)
	case err != nil:
		return words.Errorf(
			"the toxic %q cannot be added on broker %d: %v",
			"le toxic %q ne peut pas être ajouté sur le broker %d : %v", toxic.name(), broker, err)
	}
	return nil
}

func (p *Proxies) undo(ctx context.Context, brokers []int32, name string) {
	for _, id := range brokers {
		_ = p.removeFrom(ctx, id, name) // the first error is the one to tell
	}
}

// Which chooses among the toxics in force. Each field that is set leaves out
// the toxics that are otherwise; the zero Which is all of them.
type Which struct {
	Name   string
	Stream string
	On     On
}

// Is says whether a toxic on a broker's proxy is one of them.
func (w Which) Is(broker int32, t Toxic) bool {
	return w.On.Is(broker) && (w.Name == "" || w.Name == t.Name) && (w.Stream == "" || w.Stream == t.Stream)
}

// Clear removes toxics from our proxies; on a shared server only those that we
// added. A name that none of them has is an error. It goes on where one cannot
// be removed, and returns the first error.
func (p *Proxies) Clear(ctx context.Context, which Which) error {
	if _, err := p.chosen(which.On); err != nil {
		return err
	}
	states, err := p.List(ctx)
	if err != nil {
		return err
	}
	name := which.Name
	found, foreign := name == "", false
	for _, state := range states {
		for _, toxic := range state.Toxics {
			if !which.Is(state.Broker, toxic) {
				continue
			}
			if toxic.Foreign {
				foreign = true
				continue
			}
			found = true
			if e := p.removeFrom(ctx, state.Broker, toxic.Name); e != nil && !isUnknown(e) && err == nil {
				err = words.Errorf(
					"the toxic %q cannot be removed from broker %d: %v",
					"le toxic %q ne peut pas être retiré du broker %d : %v", toxic.Name, state.Broker, e)
			}
		}
	}
	switch {
	case !found && foreign:
		return words.Errorf(
			"the toxic %q was added by somebody else who uses this Toxiproxy: remove it from there",
			"le toxic %q a été ajouté par quelqu'un d’autre sur ce Toxiproxy : retirez-le de là-bas", name)
	case !found && which != Which{Name: name}:
		return words.Errorf(
			"no toxic is named %q there: `toxics` lists those in force",
			"aucun toxic ne s’appelle %q à cet endroit : `toxics` liste ceux qui agissent", name)
	case !found:
		return words.Errorf(
			"no toxic is named %q: `toxics` lists those in force",
			"aucun toxic ne s’appelle %q : `toxics` liste ceux qui agissent", name)
	}
	return err
}

func (p *Proxies) removeFrom(ctx context.Context, broker int32, name string) error {
	return p.alter(ctx, broker, func(at place, _ bool) error {
		return p.api.removeToxic(ctx, at.name, p.held(name))
	})
}

// held is what the server calls a toxic of ours: on a shared one no other
// bench can have one of that name.
func (p *Proxies) held(name string) string {
	if p.shared == nil {
		return name
	}
	return name + p.owner.suffix()
}

// toxic reads a toxic as the API has it; numbers come as float64. On a server
// that is ours alone every toxic counts as ours, whoever added it.
func (p *Proxies) toxic(broker int32, t toxiproxy.Toxic) Toxic {
	toxic := Toxic{
		On: Broker(broker), Name: t.Name, Kind: t.Type, Stream: t.Stream, Toxicity: t.Toxicity,
		Attributes: make(map[string]int64, len(t.Attributes)),
	}
	if p.shared != nil {
		name, ours := strings.CutSuffix(t.Name, p.owner.suffix())
		toxic.Name, toxic.Foreign = name, !ours
	}
	for name, value := range t.Attributes {
		if number, ok := value.(float64); ok {
			toxic.Attributes[name] = int64(number)
		}
	}
	return toxic
}
