package lab

import (
	"slices"
	"strings"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/lessons/check/spell"
)

// args are the words of one command, handed out to whoever interprets it.
type args struct {
	*parser
	verb     *word
	alone    []*word // after the verb, in order
	settings []*word
}

func newArgs(p *parser, list []*word) *args {
	a := &args{parser: p, verb: list[0]}
	for _, w := range list[1:] {
		if w.Alone != nil {
			a.alone = append(a.alone, w)
		} else {
			a.settings = append(a.settings, w)
		}
	}
	return a
}

// next hands out the next word that stands alone; nil when there is none.
func (a *args) next() *word {
	if len(a.alone) == 0 {
		return nil
	}
	w := a.alone[0]
	a.alone = a.alone[1:]
	return w
}

// at complains about a word.
func (a *args) at(w *word, en, fr string, args ...any) {
	a.complain(w.Pos.Column, w.len(), en, fr, args...)
}

// missing complains that something should follow what is there.
func (a *args) missing(en, fr string, args ...any) {
	a.at(a.verb, en, fr, args...)
}

// setting reads one name=value.
type setting struct {
	name   string
	read   func(value string) error
	repeat bool // may be given several times
}

// take reads the settings, and complains about those that are unknown, given
// twice, without a value, or wrong.
func (a *args) take(settings ...setting) {
	names := settingNames(settings)
	var seen []string
	for _, w := range a.settings {
		name := w.name()
		i := slices.Index(names, name)
		switch {
		case i < 0 && len(names) == 0:
			a.at(w, "%s takes no settings: leave out %s", "%s ne prend pas de réglage : retirez %s", a.verb.bare(), spell.Quote(w.raw()))
		case i < 0:
			a.complain(w.Pos.Column, utf8.RuneCountInString(name), "unknown setting %s of %s%s", "réglage %s inconnu de %s%s",
				spell.Quote(name), a.verb.bare(), settingHint(name, names))
		case slices.Contains(seen, name) && !settings[i].repeat:
			a.complain(w.Pos.Column, utf8.RuneCountInString(name), "%s is given twice: keep one", "%s est donné deux fois : gardez-en un", name)
		case w.Value == nil:
			a.at(w, "%[1]s= has no value: write it right behind the =, without a space; an empty text is \"\"",
				"%[1]s= n’a pas de valeur : écrivez-la juste après le =, sans espace ; un texte vide est \"\"", name)
			a.alone = nil // most likely the value, behind a space
		default:
			a.value(w, settings[i])
		}
		seen = append(seen, name)
	}
	a.end(names)
}

func (a *args) value(w *word, s setting) {
	text, ok := a.text(w.Value)
	if !ok {
		return
	}
	switch err := s.read(text); {
	case err == nil:
	case strings.HasPrefix(words.Tell(words.English, err), s.name):
		a.complain(w.Value.Pos.Column, w.Value.len(), "%s", "%s", err) // says the name itself
	default:
		a.complain(w.Value.Pos.Column, w.Value.len(), "%s: %s", "%s : %s", s.name, err)
	}
}

// text unquotes a literal.
func (a *args) text(l *literal) (string, bool) {
	text, wrong := l.text()
	if wrong >= 0 {
		a.complain(l.Pos.Column+wrong, 2, `unknown escape: within quotes write \" \\ \n or \t`, `échappement inconnu : entre guillemets, écrivez \" \\ \n ou \t`)
	}
	return text, wrong < 0
}

// end complains about the first word that nobody took.
func (a *args) end(names []string) {
	w := a.next()
	if w == nil {
		return
	}
	text := w.bare()
	switch {
	case text == "=":
		a.at(w, "write a setting without spaces, as in name=value", "écrivez un réglage sans espaces, comme nom=valeur")
	case slices.Contains(names, text):
		a.at(w, "%[1]s needs a value: write %[1]s=…, without spaces", "%[1]s demande une valeur : écrivez %[1]s=…, sans espaces", text)
	case text == "":
		a.at(w, "unexpected text %s: a quoted text belongs right behind name=", "texte %s inattendu : un texte entre guillemets se place juste après nom=", spell.Quote(w.raw()))
	default:
		a.at(w, "unexpected word %s after %s%s", "mot %s inattendu après %s%s", spell.Quote(text), a.verb.bare(), settingHint(text, names))
	}
}
