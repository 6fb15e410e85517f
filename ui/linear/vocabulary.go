package linear

import (
	"slices"
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/check/spell"
	"atelier/lessons/lab"
	"atelier/lessons/progress"
)

// word is something that can be said beside the lab language. Both languages
// are always heard.
type word struct {
	names words.Text // the name, then its short forms, by spaces
	does  words.Text
	do    func(f *front, rest string)
}

func vocabulary() []word {
	return []word{
		{words.Text{En: "next n", Fr: "suivant s"}, words.Text{En: "the next step", Fr: "l’étape suivante"}, (*front).next},
		{words.Text{En: "back b", Fr: "retour"}, words.Text{En: "the step before", Fr: "l’étape précédente"}, (*front).back},
		{words.Text{En: "step", Fr: "étape etape"}, words.Text{En: "a step of this module: step 3", Fr: "une étape de ce module : étape 3"}, (*front).toStep},
		{words.Text{En: "module modules", Fr: "module modules"}, words.Text{En: "all modules, or one: module 3", Fr: "tous les modules, ou l’un d’eux : module 3"}, (*front).toModule},
		{words.Text{En: "progress summary", Fr: "bilan progression"}, words.Text{En: "what you have done; progress 3: of one module, with the evidence", Fr: "ce que vous avez fait ; bilan 3 : dans un module, preuves à l’appui"}, (*front).summary},
		{words.Text{En: "again", Fr: "relire"}, words.Text{En: "read this step again", Fr: "relire cette étape"}, func(f *front, _ string) { f.read() }},
		{words.Text{En: "where", Fr: "où ou"}, words.Text{En: "where you are, and what runs", Fr: "où vous êtes, et ce qui tourne"}, (*front).whereabouts},
		{words.Text{En: "run r", Fr: "lancer l"}, words.Text{En: "the experiment of this step; run 2: its second", Fr: "l’expérience de cette étape ; lancer 2 : la deuxième"}, (*front).runLab},
		{words.Text{En: "predict p", Fr: "prédire predire"}, words.Text{En: "what the experiment will show: predict 2", Fr: "ce que l’expérience montrera : prédire 2"}, func(f *front, rest string) { f.answer(rest, true, false) }},
		{words.Text{En: "answer a", Fr: "répondre repondre"}, words.Text{En: "a question: answer 2", Fr: "à une question : répondre 2"}, func(f *front, rest string) { f.answer(rest, false, true) }},
		{words.Text{En: "hint h", Fr: "indice"}, words.Text{En: "a hint", Fr: "un indice"}, func(f *front, _ string) { f.hint() }},
		{words.Text{En: "stop", Fr: "arrêter arreter"}, words.Text{En: "what runs, as Ctrl+C does", Fr: "ce qui tourne, comme Ctrl+C"}, (*front).stop},
		{words.Text{En: "doctor", Fr: "diagnostic"}, words.Text{En: "what is there of what the atelier needs or can use", Fr: "ce qu’il y a de ce que l’atelier demande ou peut employer"}, (*front).doctor},
		{words.Text{En: "lang", Fr: "langue"}, words.Text{En: "the language: lang fr", Fr: "la langue : langue en"}, (*front).changeLang},
		{words.Text{En: "help ?", Fr: "aide"}, words.Text{En: "these words", Fr: "ces mots"}, (*front).help},
		{words.Text{En: "quit q exit", Fr: "quitter"}, words.Text{En: "leave", Fr: "partir"}, func(f *front, _ string) { f.quit = true }},
	}
}

// obey does what a line says: a word of ours, a number for the open question,
// or a line of the lab language.
func (f *front) obey(line string) {
	first, rest, _ := strings.Cut(line, " ")
	first, rest = strings.ToLower(first), strings.TrimSpace(rest)
	var all []string
	for _, w := range vocabulary() {
		names := append(strings.Fields(w.names.En), strings.Fields(w.names.Fr)...)
		if slices.Contains(names, first) {
			w.do(f, rest)
			return
		}
		all = append(all, names...)
	}
	if _, err := strconv.ParseFloat(line, 64); err == nil {
		f.answer(line, true, true)
		return
	}
	commands := lab.Complete("", lab.Names{})
	if !slices.Contains(commands, first) {
		f.say("Unknown word: %s. Say help for the words.", "Mot inconnu : %s. Dites aide pour les mots.", outside(first))
		if near := spell.Closest(first, append(all, commands...)); near != "" {
			f.say("Did you mean %s?", "Vouliez-vous dire %s ?", near)
		}
		return
	}
	f.runLine(line)
}

func (f *front) next(string) {
	if f.session.goOn() {
		return
	}
	step, now := f.index().Step(f.step), f.Now()
	f.Progress.Update(func(s *progress.State) { s.Finished(step, now) })
	switch {
	case f.step+1 < len(f.current().Steps):
		f.goTo(f.module, f.step+1)
	case f.module+1 < len(f.Modules[f.Lang]):
		f.goTo(f.module+1, 0)
	default:
		f.say("This was the last step.", "C’était la dernière étape.")
	}
}

func (f *front) back(string) {
	switch {
	case f.step > 0:
		f.goTo(f.module, f.step-1)
	case f.module > 0:
		f.goTo(f.module-1, len(f.Modules[f.Lang][f.module-1].Steps)-1)
	default:
		f.say("This is the first step.", "C’est la première étape.")
	}
}

func (f *front) toStep(rest string) {
	n, err := strconv.Atoi(rest)
	if steps := f.current().Steps; err != nil || n < 1 || n > len(steps) {
		f.say("Say step and a number from 1 to %d.", "Dites étape et un nombre de 1 à %d.", len(steps))
		for i := range steps {
			f.write(strconv.Itoa(i+1) + ". " + steps[i].Title)
		}
		return
	}
	f.goTo(f.module, n-1)
}

func (f *front) toModule(rest string) {
	n, err := strconv.Atoi(rest)
	m, i := f.moduleOf(n)
	if err == nil && m != nil {
		f.goTo(i, 0)
		return
	}
	if rest != "" {
		f.say("There is no module %s.", "Il n’y a pas de module %s.", outside(rest))
	}
	for _, m := range f.Modules[f.Lang] {
		sum := f.Progress.State().Sum(m)
		f.say("module %d: %s, %d minutes, %d of %d steps gone through", "module %d : %s, %d minutes, %d étapes parcourues sur %d", m.Number, m.Title, m.Minutes, sum.Seen, sum.Steps)
	}
}

func (f *front) whereabouts(string) {
	f.where()
	if n := f.session.running(); n > 0 {
		f.say("%d running.", "%d en cours.", n)
	}
}

func (f *front) stop(string) {
	if !f.session.stop() {
		f.say("Nothing runs.", "Rien ne tourne.")
	}
}

func (f *front) changeLang(rest string) {
	lang, err := words.ParseLang(rest)
	if err != nil {
		f.say("%v", "%v", err)
		return
	}
	f.Lang = lang
	f.Progress.Update(func(s *progress.State) { s.Language = lang })
	f.say("English.", "Français.")
	f.where()
}

func (f *front) help(string) {
	for _, w := range vocabulary() {
		names := strings.Fields(w.names.In(f.Lang))
		f.say("%s: %s", "%s : %s", names[0], w.does)
	}
	f.say("Any line of the lab language runs, as in: send 1 plain async as A, toxics clear, audit.",
		"Toute ligne du langage de lab est exécutée, comme : send 1 plain async as A, toxics clear, audit.")
	f.say("Its commands: %s.", "Ses commandes : %s.", strings.Join(lab.Complete("", lab.Names{}), ", "))
}
