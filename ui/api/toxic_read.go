package api

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/lessons/check/spell"
	"atelier/ui/api/ask"
)

// read is the toxic that is asked for, or what is wrong with it: said of JSON,
// and of the field that is to blame.
func (b *toxicBody) read() (chaos.Toxic, error) {
	t := chaos.Toxic{Name: b.Name, Kind: b.Type, Stream: b.Stream, Toxicity: b.Toxicity}
	if id := b.Broker; id != nil && (*id < 0 || *id > math.MaxInt32) {
		return t, noSuchBroker(int64(*id))
	} else if id != nil {
		t.On = chaos.Broker(int32(*id))
	}
	kind, err := toxicKind(b.Type)
	if err != nil {
		return t, err
	}
	if b.Name != "" && !chaos.Named(b.Name) {
		return t, refuse(unprocessable, "name", say("no toxic can be named %s", "aucun toxic ne peut s’appeler %s", spell.Quote(b.Name)),
			say("take up to 64 of a-z A-Z 0-9 . _ -, beginning with a letter or a digit, or leave it out", "prenez jusqu’à 64 caractères parmi a-z A-Z 0-9 . _ -, en commençant par une lettre ou un chiffre, ou retirez-le"))
	}
	if !slices.Contains(kind.Streams, b.Stream) {
		return t, refuse(unprocessable, "stream", say("stream %s is unknown%s", "stream %s est inconnu%s", spell.Quote(b.Stream), spell.Hint(b.Stream, kind.Streams)),
			say("write \"stream\":\"downstream\" (the answers) or \"stream\":\"upstream\" (the requests)", "écrivez \"stream\":\"downstream\" (les réponses) ou \"stream\":\"upstream\" (les requêtes)"))
	}
	if t.Attributes, err = attributes(kind, b.Attributes); err != nil {
		return t, err
	}
	if err := kind.Validate(t.Stream, t.Toxicity, t.Attributes); err != nil {
		return t, invalid(kind, err)
	}
	return t, nil
}

func toxicKind(name string) (chaos.Kind, error) {
	var names []string
	for _, k := range chaos.Kinds() {
		if k.IsToxic() {
			names = append(names, k.Name)
		}
	}
	choose := say("choose %s", "choisissez %s", spell.List(names))
	if name == "" {
		return chaos.Kind{}, refuse(unprocessable, "type", say("the type is missing: which toxic?", "le type manque : quel toxic ?"), choose)
	}
	kind, known := chaos.KindOf(name)
	if !known || !kind.IsToxic() {
		return kind, refuse(unprocessable, "type", say("there is no toxic %s%s", "il n’y a pas de toxic %s%s", spell.Quote(name), spell.Hint(name, names)), choose)
	}
	return kind, nil
}

// attributes reads a toxic's numbers; none that it needs may be missing.
func attributes(kind chaos.Kind, given map[string]json.RawMessage) (map[string]int64, error) {
	var names []string
	for _, a := range kind.Attributes {
		names = append(names, a.Name)
	}
	all := map[string]int64{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		a, known := kind.Attribute(name)
		if !known {
			return nil, refuse(unprocessable, "attributes."+spell.Plain(name), say("a toxic %s has no %s%s", "un toxic %s n’a pas de %s%s", kind.Name, spell.Quote(name), spell.Hint(name, names)), say("leave it out, or give it its right name", "retirez-le, ou donnez-lui son vrai nom"))
		}
		if string(given[name]) == "null" {
			continue
		}
		n, err := ask.Number("attributes."+name, given[name])
		if err != nil {
			return nil, inUnit(a, given[name], err)
		}
		all[name] = int64(n)
	}
	for _, a := range kind.Attributes {
		if _, is := all[a.Name]; a.Required && !is {
			return nil, refuse(unprocessable, "attributes."+a.Name, say("a toxic %s needs %s", "un toxic %s demande %s", kind.Name, a.Name), inJSON(a, a.Default))
		}
	}
	return all, nil
}

// inUnit says of a value that is no number what number it may have meant: "5s"
// is 5000.
func inUnit(a chaos.Attribute, raw json.RawMessage, err error) error {
	var wrong *ask.Wrong
	if !errors.As(err, &wrong) {
		return err
	}
	n, text := a.Default, ""
	if json.Unmarshal(raw, &text) == nil {
		if meant, err := a.Parse(text); err == nil {
			n = meant
		}
	}
	p := misread(wrong)
	p.action = inJSON(a, n)
	return p
}

// inJSON says how an attribute is written, with its unit.
func inJSON(a chaos.Attribute, n int64) words.Text {
	return say("write for instance \"attributes\":{\"%[1]s\":%[2]s}, in %[3]s", "écrivez par exemple \"attributes\":{\"%[1]s\":%[2]s}, en %[3]s", spell.Plain(a.Name), spell.Plain(strconv.FormatInt(n, 10)), a.Unit.Name())
}

// invalid is what the catalogue says against a toxic, of the field that is to
// blame.
func invalid(kind chaos.Kind, err error) *problem {
	p := refuse(unprocessable, "attributes", because(err), say("send it again with other numbers", "renvoyez-le avec d’autres nombres"))
	var blame *chaos.Blame
	if !errors.As(err, &blame) {
		return p
	}
	p.field = blame.Part
	if a, is := kind.Attribute(blame.Part); is {
		p.field, p.action = "attributes."+a.Name, inJSON(a, a.Default)
	}
	if blame.Part == "toxicity" {
		p.action = say("write \"toxicity\":0.5 for every other connection, or leave it out: every connection is then hit", "écrivez \"toxicity\":0.5 pour une connexion sur deux, ou retirez-la : toutes les connexions sont alors touchées")
	}
	return p
}
