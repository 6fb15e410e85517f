package commandline

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/course"
)

// Lesson is where --lesson begins.
type Lesson struct {
	Module, Step int
	asked        string // as it was written; empty where it was not
}

// Given says that the command line asks for a lesson.
func (l Lesson) Given() bool { return l.asked != "" }

// ReadLesson reads N or N.STEP; nothing is module 0, step 1. What it names
// must be one of the modules.
func (a *Asked) ReadLesson(modules []*course.Module) (Lesson, error) {
	l, err := parseLesson(a.lesson)
	if err != nil {
		return l, err
	}
	return l, l.in(modules)
}

func parseLesson(s string) (Lesson, error) {
	l := Lesson{Step: 1, asked: s}
	if s == "" {
		return l, nil
	}
	number, rest, found := strings.Cut(s, ".")
	var err error
	l.Module, err = strconv.Atoi(number)
	if err == nil && found {
		l.Step, err = strconv.Atoi(rest)
	}
	if err != nil || l.Module < 0 || l.Step < 1 {
		return l, words.Errorf("--lesson %q: write 3 for a module, 3.2 for its second step", "--lesson %q : écrivez 3 pour un module, 3.2 pour sa deuxième étape", s)
	}
	return l, nil
}

// in says whether the module and the step exist.
func (l Lesson) in(modules []*course.Module) error {
	if l.asked == "" {
		return nil
	}
	var there []string
	for _, m := range modules {
		if m.Number != l.Module {
			there = append(there, strconv.Itoa(m.Number))
			continue
		}
		if l.Step <= len(m.Steps) {
			return nil
		}
		return words.Errorf("--lesson %s: module %d has %d steps", "--lesson %s : le module %d a %d étapes", l.asked, l.Module, len(m.Steps))
	}
	return words.Errorf("--lesson %s: there is no module %d here; there is %s", "--lesson %s : il n’y a pas de module %d ici ; il y a %s",
		l.asked, l.Module, strings.Join(there, ", "))
}
