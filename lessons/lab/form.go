package lab

import (
	"atelier/assets/words"
	"atelier/lessons/check/spell"
)

// form is how one command is written.
type form struct {
	name       string
	read       func(*args) Command
	foreground words.Text // why it takes no &; empty where it does
	after      bool       // may follow `after DUR`
}

// commands lists the language, in the order in which help shows it.
func commands() []form { return forms }

var forms []form

func init() { // the forms of after look at the list themselves
	forms = []form{
		{name: "topic", read: topic, after: true},
		{name: "send", read: send, after: true},
		{name: "toxic", read: toxic, after: true},
		{name: "toxics", read: toxics, after: true},
		{name: "fault", read: fault, foreground: words.Textf("what follows is to find out, or to be judged", "la suite sert à la trouver, ou à en juger")},
		{name: "proxies", read: proxies},
		{name: "proxy", read: proxy, after: true},
		{name: "broker", read: broker, after: true},
		{name: "brokers", read: brokers},
		{name: "leader", read: leader, after: true},
		{name: "after", read: after, foreground: words.Textf("it already does", "c’est déjà le cas")},
		{name: "wait", read: wait},
		{name: "audit", read: alone(&Audit{}), foreground: words.Textf("the lines after it need its verdicts", "les lignes suivantes ont besoin de ses verdicts")},
		{name: "expect", read: expect, foreground: words.Textf("what follows must not run where it does not hold", "la suite ne doit pas s’exécuter s’il n’est pas vérifié")},
		{name: "say", read: say, foreground: words.Textf("it takes no time", "il ne prend pas de temps")},
		{name: "pause", read: alone(&Pause{}), foreground: words.Textf("it waits for the presenter", "il attend le présentateur")},
		{name: "reset", read: reset, foreground: words.Textf("everything after it belongs to the new run", "tout ce qui suit appartient au nouvel essai")},
	}
}

func commandNames() []string {
	names := make([]string, len(commands()))
	for i, c := range commands() {
		names[i] = c.name
	}
	return names
}

// alone reads a command that takes nothing.
func alone(c Command) func(*args) Command {
	return func(a *args) Command {
		a.take()
		if _, audit := c.(*Audit); audit {
			a.scope.audited()
		}
		return c
	}
}

// settingHint names the closest setting as it is written, then all of them.
func settingHint(word string, names []string) words.Text {
	if close := spell.Closest(word, names); close != "" {
		return words.Textf(": did you mean %s=?", " : vouliez-vous dire %s= ?", close)
	}
	if len(names) == 0 {
		return words.Textf(": it takes nothing more", " : il ne prend rien de plus")
	}
	return words.Textf(": its settings are %s", " : ses réglages sont %s", spell.List(names))
}
