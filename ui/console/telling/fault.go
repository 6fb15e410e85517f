package telling

import (
	"maps"
	"strconv"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/ui/console/screen"
)

// About marks a fault whose time is known only about: it was seen by polling.
const About = "≈ "

// Fault says a fault in a few words: "latency 5 s". A toxic goes by Toxiproxy's
// own name for it, in every language.
func Fault(kind string, attributes map[string]int64, lang words.Lang) string {
	if s := Down(kind, nil, lang); s != "" {
		return s
	}
	return screen.Plain(chaos.Toxic{Kind: kind, Attributes: attributes}.Short(lang))
}

// Down says that a proxy or a broker does not work, and which; empty for a toxic.
func Down(kind string, brokers []int32, lang words.Lang) string {
	which := ""
	for i, b := range brokers {
		if i > 0 {
			which += ","
		}
		which += " " + strconv.Itoa(int(b))
	}
	switch kind {
	case "down":
		return "proxy" + which + lang.Pick(" down", " arrêté")
	case "stopped":
		return "broker" + which + lang.Pick(" stopped", " arrêté")
	case "frozen":
		return "broker" + which + lang.Pick(" frozen", " gelé")
	}
	return ""
}

// FaultWords remembers how faults are said: they are the same in each frame.
type FaultWords struct{ known []faultWord }

type faultWord struct {
	kind       string
	attributes map[string]int64
	lang       words.Lang
	text       string
}

func (f *FaultWords) Of(kind string, attributes map[string]int64, lang words.Lang) string {
	for i := range f.known {
		if k := &f.known[i]; k.kind == kind && k.lang == lang && maps.Equal(k.attributes, attributes) {
			return k.text
		}
	}
	if len(f.known) > 32 {
		f.known = f.known[:0]
	}
	s := Fault(kind, attributes, lang)
	f.known = append(f.known, faultWord{kind, attributes, lang, s})
	return s
}
