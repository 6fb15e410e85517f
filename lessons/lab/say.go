package lab

import "atelier/lessons/check/spell"

// say reads `say "..."`.
func say(a *args) Command {
	w := a.next()
	if w == nil {
		a.missing(`say what? Put the text in double quotes: say "like this"`, `dire quoi ? Mettez le texte entre guillemets droits : say "comme ceci"`)
		return nil
	}
	if w.Alone.Quoted == "" {
		a.at(w, `put the text in double quotes: say "%s"`, `mettez le texte entre guillemets droits : say "%s"`, spell.Plain(w.raw())+" …")
		return nil
	}
	text, _ := a.text(w.Alone)
	a.take()
	return &Say{Text: text}
}
