package chaos

import (
	"slices"
	"time"

	"atelier/assets/words"
)

// The two directions of a proxy, under Toxiproxy's names.
const (
	Upstream   = "upstream"   // the requests, towards the broker
	Downstream = "downstream" // the answers, towards the producer
)

// Kind is one fault of the catalogue: a toxic of Toxiproxy, or "down", which is
// a state of the proxy and no toxic.
type Kind struct {
	Name       string
	Says       words.Text // one sentence: what it does
	Attributes []Attribute
	// Streams are the directions that it may act on, the default first. Empty
	// where a direction has no meaning: the kind is then no toxic.
	Streams []string

	// check refuses attributes that contradict each other or would bring the
	// proxy down; nil where each stands alone.
	check func(attributes map[string]int64) error
	// holds is how long a piece of data may be kept before it is delivered; nil:
	// it is not.
	holds func(attributes map[string]int64) time.Duration
	// cuts is true where the toxic ends a connection of its own accord.
	cuts bool
	// tell says the fault with its attributes in a few words.
	tell func(attributes map[string]int64) words.Text
}

// Kinds lists the catalogue: Toxiproxy's seven toxics in the order in which its
// own pages have them, then "down".
func Kinds() []Kind {
	return []Kind{
		latency(), timeout(), bandwidth(), slowClose(), resetPeer(), slicer(), limitData(),
		down(),
	}
}

// KindOf finds a fault by its name.
func KindOf(name string) (Kind, bool) {
	kinds := Kinds()
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == name })
	if i < 0 {
		return Kind{}, false
	}
	return kinds[i], true
}

// IsToxic tells the toxics from "down".
func (k Kind) IsToxic() bool { return len(k.Streams) > 0 }

// Attribute finds an attribute by its name.
func (k Kind) Attribute(name string) (Attribute, bool) {
	i := slices.IndexFunc(k.Attributes, func(a Attribute) bool { return a.Name == name })
	if i < 0 {
		return Attribute{}, false
	}
	return k.Attributes[i], true
}

// Blame is why a toxic can't be added, and which part of it is at fault: stream,
// toxicity, or an attribute's name; empty where several don't go together.
type Blame struct {
	Part string
	error
}

// Unwrap returns the words.
func (b *Blame) Unwrap() error { return b.error }

// Validate says whether a toxic of this kind can be added: the stream ("" is
// the default), the toxicity (a probability per connection, above 0 and up to
// 1), and the attributes in Toxiproxy's own units. Errors are for the learner,
// and, where a part of the toxic is at fault, a *Blame.
func (k Kind) Validate(stream string, toxicity float32, attributes map[string]int64) error {
	if !k.IsToxic() {
		return words.Errorf(
			"%q is no toxic but a state of the proxy: write `proxy down`",
			"%q n’est pas un toxic mais un état du proxy : écrivez `proxy down`", k.Name)
	}
	if stream != "" && !slices.Contains(k.Streams, stream) {
		return &Blame{"stream", words.Errorf(
			"toxic %s: unknown stream %q: choose downstream (the answers) or upstream (the requests)",
			"toxic %s : sens %q inconnu : choisissez downstream (les réponses) ou upstream (les requêtes)",
			k.Name, stream)}
	}
	if !(toxicity > 0 && toxicity <= 1) { // so written, NaN is refused too
		return &Blame{"toxicity", words.Errorf(
			"toxic %s: toxicity %v is out of range: it is the share of the connections that are hit, above 0 and at most 1",
			"toxic %s : toxicité %v hors limites : c’est la part des connexions touchées, plus de 0 et 1 au plus",
			k.Name, toxicity)}
	}
	for _, a := range k.Attributes {
		if _, given := attributes[a.Name]; a.Required && !given {
			return &Blame{a.Name, words.Errorf(
				"toxic %s needs %s, for example %s=%s",
				"le toxic %s demande %s, par exemple %s=%s",
				k.Name, a.Name, a.Name, a.Format(a.Default))}
		}
	}
	return k.harmless(k.withDefaults(attributes))
}

// harmless refuses what Toxiproxy would accept and then panic, overflow or
// sleep for ever on. It is the part of validation that holds for any client.
func (k Kind) harmless(attributes map[string]int64) error {
	for name, value := range attributes {
		a, ok := k.Attribute(name)
		if !ok {
			return &Blame{name, words.Errorf(
				"toxic %s has no attribute %q: %s",
				"le toxic %s n’a pas d’attribut %q : %s", k.Name, name, k.names())}
		}
		if err := a.inRange(value); err != nil {
			return &Blame{name, err}
		}
	}
	if k.check != nil {
		return k.check(attributes)
	}
	return nil
}

// withDefaults completes the optional attributes that are not given.
func (k Kind) withDefaults(attributes map[string]int64) map[string]int64 {
	all := make(map[string]int64, len(k.Attributes))
	for _, a := range k.Attributes {
		if !a.Required {
			all[a.Name] = a.Default
		}
	}
	for name, value := range attributes {
		all[name] = value
	}
	return all
}

func (k Kind) names() words.Text {
	var list string
	for i, a := range k.Attributes {
		if i > 0 {
			list += ", "
		}
		list += a.Name
	}
	if list == "" {
		return words.Text{En: "it has none", Fr: "il n’en a aucun"}
	}
	return words.Textf("it has %s", "il a %s", list)
}

// bothWays are the directions of every toxic; Toxiproxy's default comes first.
func bothWays() []string { return []string{Downstream, Upstream} }
