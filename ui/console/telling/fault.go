package telling

import (
	"maps"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/ui/console/screen"
)

// About marks a fault whose time is known only about: it was seen by polling.
const About = "≈ "

// Fault says a fault in a few words: "latency 5 s".
func Fault(kind string, attributes map[string]int64, lang words.Lang) string {
	switch kind {
	case "down":
		return lang.Pick("cut", "coupé")
	case "stopped":
		return lang.Pick("broker stopped", "broker arrêté")
	case "frozen":
		return lang.Pick("broker frozen", "broker gelé")
	}
	return screen.Plain(chaos.Toxic{Kind: kind, Attributes: attributes}.Short(lang))
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
