package lab

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/lessons/check/spell"
)

// toxic reads `toxic KIND attributes… [stream=] [broker=] [name=] [toxicity=]`.
func toxic(a *args) Command {
	w := a.next()
	if w == nil {
		a.missing("which toxic? Write for instance toxic latency latency=5s: choose %s", "quel toxic ? Écrivez par exemple toxic latency latency=5s : choisissez %s", spell.List(toxicNames()))
		return nil
	}
	kind, ok := chaos.KindOf(w.bare())
	if !ok || !kind.IsToxic() {
		a.unknownToxic(w)
		return nil
	}
	t := &ToxicAdd{Kind: kind.Name, Stream: kind.Streams[0], Toxicity: 1, Attributes: map[string]int64{}}
	before := len(a.errors)
	a.take(toxicSettings(kind, t)...)
	if len(a.errors) == before {
		if err := kind.Validate(t.Stream, t.Toxicity, t.Attributes); err != nil {
			a.at(w, "%s", "%s", err)
		}
	}
	a.scope.toxics = append(a.scope.toxics, toxicName(t))
	return t
}

// toxicName is the name under which Toxiproxy will hold a toxic.
func toxicName(t *ToxicAdd) string {
	if t.Name != "" {
		return t.Name
	}
	return t.Kind + "_" + t.Stream
}

func toxicNames() []string {
	var names []string
	for _, k := range chaos.Kinds() {
		if k.IsToxic() {
			names = append(names, k.Name)
		}
	}
	return names
}

func (a *args) unknownToxic(w *word) {
	switch w.bare() {
	case "clear":
		a.at(w, "to remove toxics, write toxics clear, with an s", "pour retirer des toxics, écrivez toxics clear, avec un s")
	case "down":
		a.at(w, "down is no toxic but a state of the proxy: write proxy down", "down n’est pas un toxic mais un état du proxy : écrivez proxy down")
	default:
		a.at(w, "unknown toxic %s%s", "toxic %s inconnu%s", spell.Quote(w.raw()), spell.Hint(w.bare(), toxicNames()))
	}
}

func toxicSettings(kind chaos.Kind, t *ToxicAdd) []setting {
	return append(attributeSettings(kind, t), commonSettings(kind, t)...)
}

func attributeSettings(kind chaos.Kind, t *ToxicAdd) []setting {
	var all []setting
	for _, at := range kind.Attributes {
		all = append(all, setting{name: at.Name, read: func(text string) error {
			n, err := at.Parse(text)
			t.Attributes[at.Name] = n
			return err
		}})
	}
	return all
}

func commonSettings(kind chaos.Kind, t *ToxicAdd) []setting {
	return []setting{
		streamSetting(kind.Streams, &t.Stream),
		onSetting(&t.On),
		{name: "name", read: func(text string) error {
			t.Name = text
			return toxicLabel(text)
		}},
		{name: "toxicity", read: func(text string) error {
			f, err := strconv.ParseFloat(text, 32)
			t.Toxicity = float32(f)
			if err != nil || !(f > 0 && f <= 1) || math.IsInf(f, 0) {
				return words.Errorf("%s is not a share: write a number above 0 and up to 1, as in 0.5", "%s n’est pas une part : écrivez un nombre plus grand que 0, jusqu’à 1, comme 0.5", spell.Quote(text))
			}
			return nil
		}},
	}
}

// streams are the directions that a toxic may be in.
var streams = []string{chaos.Downstream, chaos.Upstream}

// streamSetting reads stream=, one of some directions.
func streamSetting(of []string, target *string) setting {
	return setting{name: "stream", read: func(text string) error {
		*target = text
		if !slices.Contains(of, text) {
			return words.Errorf("unknown direction %s%s (downstream: the answers; upstream: the requests)", "direction %s inconnue%s (downstream : les réponses ; upstream : les requêtes)",
				spell.Quote(text), spell.Hint(text, of))
		}
		return nil
	}}
}

func toxicLabel(name string) error {
	if !chaos.Named(name) {
		return words.Errorf("%s is not a toxic's name: up to 64 of a-z A-Z 0-9 . _ -, beginning with a letter or a digit",
			"%s n’est pas un nom de toxic : jusqu’à 64 caractères parmi a-z A-Z 0-9 . _ -, en commençant par une lettre ou un chiffre", spell.Quote(name))
	}
	return nil
}

// toxics reads `toxics` and `toxics clear [NAME] [stream=] [broker=]`.
func toxics(a *args) Command {
	w := a.next()
	if w == nil {
		a.take()
		return &ToxicsList{}
	}
	if w.bare() != "clear" {
		a.at(w, "unknown word %s after toxics: toxics alone lists them, toxics clear removes them%s", "mot %s inconnu après toxics : toxics seul les liste, toxics clear les retire%s",
			spell.Quote(w.raw()), spell.Hint(w.bare(), []string{"clear"}))
		return nil
	}
	c := &ToxicsClear{}
	if w := a.next(); w != nil {
		c.Name, _ = a.bareName(w)
		a.known(w, c.Name)
	}
	a.take(streamSetting(streams, &c.Stream), onSetting(&c.On))
	return c
}

// known complains about the name of a toxic that the script did not add.
func (a *args) known(w *word, name string) {
	if err := toxicLabel(name); err != nil {
		a.at(w, "%s", "%s", err)
		return
	}
	switch {
	case slices.Contains(a.scope.toxics, name):
		return
	case slices.Contains(streams, name):
		a.at(w, "to clear one direction, write stream=%s", "pour une seule direction, écrivez stream=%s", name)
		return
	case strings.Trim(name, "0123456789") == "":
		a.at(w, "name the broker: broker=%s", "nommez le broker : broker=%s", name)
		return
	case a.scope.continues:
		return
	}
	if len(a.scope.toxics) == 0 {
		a.at(w, "unknown toxic name %s: no line before adds a toxic", "nom de toxic %s inconnu : aucune ligne avant celle-ci n’ajoute de toxic", spell.Quote(name))
		return
	}
	a.at(w, "unknown toxic name %s%s", "nom de toxic %s inconnu%s", spell.Quote(name), spell.Hint(name, a.scope.toxics))
}
