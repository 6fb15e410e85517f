package chaos

import (
	"regexp"
	"strings"

	"atelier/assets/words"
)

// Toxic is one fault on one proxy, or, when adding, on each.
type Toxic struct {
	On         On     // NoBroker on a proxy that is not ours
	Name       string // "" when adding: Toxiproxy's own, <kind>_<stream>
	Kind       string
	Stream     string  // Upstream or Downstream; "" when adding: Downstream
	Toxicity   float32 // the share of connections that are hit, above 0 and up to 1
	Attributes map[string]int64
	// Foreign is a toxic that somebody else added to a shared server; when is
	// known only about.
	Foreign bool
}

// NoBroker is the broker of an address or a proxy that is none of ours.
const NoBroker int32 = -1

// Named says whether a toxic of ours may have a name: what is longer, or has
// other characters, some Toxiproxies take and can't give back.
func Named(name string) bool { return legalName.MatchString(name) }

var legalName = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$`)

// Short says the fault and its numbers, for where there is little room:
// "latency 5 s".
func (t Toxic) Short(lang words.Lang) string {
	kind, ok := KindOf(t.Kind)
	if !ok {
		return t.Kind
	}
	return kind.tell(t.Attributes).In(lang)
}

// Describe says what the toxic does and where: "latency 5 s ± 500 ms on the
// answers (downstream), broker 2".
func (t Toxic) Describe(lang words.Lang) string {
	var b strings.Builder
	b.WriteString(t.Short(lang))
	switch t.Stream {
	case Upstream:
		b.WriteString(lang.Pick(" on the requests (upstream)", " sur les requêtes (upstream)"))
	case Downstream, "":
		b.WriteString(lang.Pick(" on the answers (downstream)", " sur les réponses (downstream)"))
	}
	if t.Toxicity > 0 && t.Toxicity < 1 {
		b.WriteString(words.Textf(
			", %.3g%% of the connections", ", %.3g %% des connexions", t.Toxicity*100).In(lang))
	}
	switch id, one := t.On.One(); {
	case one && id != NoBroker:
		b.WriteString(words.Textf(", broker %[1]d", ", broker %[1]d", id).In(lang))
	case !one:
		b.WriteString(lang.Pick(", every broker", ", tous les brokers"))
	}
	return b.String()
}

// name is what Toxiproxy calls the toxic.
func (t Toxic) name() string {
	if t.Name != "" {
		return t.Name
	}
	return t.Kind + "_" + t.stream()
}

func (t Toxic) stream() string {
	if t.Stream == "" {
		return Downstream
	}
	return t.Stream
}
