package lab

import (
	"slices"
	"strings"

	"atelier/lessons/check/spell"
)

// after reads `after DUR COMMAND`. Its words reach it as one list, so it puts
// them in order again.
func after(a *args) Command {
	all := append(slices.Clone(a.alone), a.settings...)
	slices.SortFunc(all, func(x, y *word) int { return x.Pos.Offset - y.Pos.Offset })
	if len(all) == 0 {
		a.missing("after how long, and what? Write for instance after 2500ms toxics clear", "après combien de temps, et quoi ? Écrivez par exemple after 2500ms toxics clear")
		return nil
	}
	if slices.Contains(commandNames(), all[0].bare()) {
		a.at(all[0], "after how long? Write the duration before the command, as in after 2500ms %s", "après combien de temps ? Écrivez la durée avant la commande, comme after 2500ms %s", all[0].bare())
		return nil
	}
	delay, err := waiting(all[0].raw(), 0)
	if err != nil {
		a.at(all[0], "after: %s", "after : %s", err)
	}
	if len(all) == 1 {
		a.missing("after %[1]s, what? Write a command behind it, as in after 2500ms toxics clear", "après %[1]s, quoi ? Écrivez ensuite une commande, comme after 2500ms toxics clear", spell.Quote(all[0].raw()))
		return nil
	}
	c := a.later(all[1:])
	if c == nil || err != nil {
		return nil
	}
	from, to := all[1].Pos.Offset, all[len(all)-1].end()
	return &After{Delay: delay, Text: strings.TrimFunc(a.line[from:to], isSpace), Command: c}
}

// later reads the command that runs later, if it is one that can.
func (a *args) later(list []*word) Command {
	verb := list[0]
	i := slices.IndexFunc(commands(), func(c form) bool { return c.name == verb.bare() })
	switch {
	case i < 0 || commands()[i].after:
		c := a.interpret(list)
		if _, listing := c.(*ToxicsList); listing {
			a.at(verb, "after runs what changes something: write toxics clear, or list the toxics on a line of its own",
				"after lance ce qui change quelque chose : écrivez toxics clear, ou listez les toxics sur une ligne à part")
			return nil
		}
		return c
	case verb.bare() == "after":
		a.at(verb, "after cannot hold another after: add the two durations, or write two lines", "after ne peut pas contenir un autre after : additionnez les deux durées, ou écrivez deux lignes")
	case verb.bare() == "wait":
		a.at(verb, "after already waits: give it the whole duration, or put the wait on a line of its own", "after attend déjà : donnez-lui la durée entière, ou mettez wait sur une ligne à part")
	case verb.bare() == "expect" || verb.bare() == "audit":
		a.at(verb, "%[1]s cannot run later: the lines behind it rely on it. Write wait, and then %[1]s on a line of its own",
			"%[1]s ne peut pas être différé : les lignes suivantes comptent dessus. Écrivez wait, puis %[1]s sur une ligne à part", verb.bare())
	case verb.bare() == "reset":
		a.at(verb, "reset cannot run later: it would start a new run under the lines that are running. Write wait, and then reset on a line of its own",
			"reset ne peut pas être différé : il lancerait un nouvel essai sous les lignes en cours. Écrivez wait, puis reset sur une ligne à part")
	default:
		a.at(verb, "%s cannot run later: after takes topic, send, toxic, toxics clear, proxy, broker and leader", "%s ne peut pas être différé : after accepte topic, send, toxic, toxics clear, proxy, broker et leader", verb.bare())
	}
	return nil
}
