package transcript

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"atelier/assets/words"
	"atelier/ui/plain"
)

// errNothing is a certificate of nothing.
var errNothing = words.Errorf(
	"nothing is done yet, so there is nothing to certify. To begin: atelier",
	"rien n’est fait encore, il n’y a donc rien à attester. Pour commencer : atelier")

// Certificate writes what was done as a document in Markdown, with the evidence
// behind each line, and what was not done. name is the learner's; where it is
// empty, there is a line to write it on. Without anything done there is none.
func (t *Transcript) Certificate(w io.Writer, name string) error {
	if !t.Started() {
		return errNothing
	}
	x := page{phrases: phrases{t.Language}}
	x.para("# %s", x.sayf("Kafka Atelier: certificate", "Kafka Atelier : attestation"))
	if name == "" {
		name = `\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_`
	} else {
		name = "**" + plain.Markdown(name) + "**"
	}
	x.para("%s", x.sayf("Name: %s", "Nom : %s", name))
	x.para("%s", x.sayf("Made on %s.", "Établie le %s.", x.moment(t.Made)))
	x.para("%s", x.sayf(
		"This paper lists what was measured on the bench of the learner, and nothing else: a check counts where it held after a run, with the numbers that it read. "+
			"Nobody watched; it is the learner's own record. What is missing is listed at the end.",
		"Ce document énumère ce qui a été mesuré sur le banc de l’apprenant, et rien d’autre : une vérification compte si elle a tenu après un essai, avec les nombres qu’elle a lus. "+
			"Personne n’a surveillé ; c’est le relevé de l’apprenant. Ce qui manque est énuméré à la fin."))
	x.overview(t)
	for i := range t.Modules {
		if t.Modules[i].Standing != NotBegun {
			x.module(&t.Modules[i])
		}
	}
	x.missing(t)
	x.unverified(t)
	_, err := io.WriteString(w, x.b.String())
	return err
}

// Unwritten says in a learner's words why no certificate could be written in a
// folder.
func Unwritten(dir string, err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return words.Errorf("the certificate can't be written: you have no right to write in %s", "l’attestation ne peut pas être écrite : vous n’avez pas le droit d’écrire dans %s", dir)
	case errors.Is(err, fs.ErrNotExist):
		return words.Errorf("the certificate can't be written: there is no folder %s", "l’attestation ne peut pas être écrite : le dossier %s n’existe pas", dir)
	case errors.Is(err, syscall.ENOSPC):
		return words.Errorf("the certificate can't be written: the disk of %s is full", "l’attestation ne peut pas être écrite : le disque de %s est plein", dir)
	}
	return words.Errorf("the certificate can't be written: %v", "l’attestation ne peut pas être écrite : %v", err)
}

// missing lists what was not done, a line a step. Of a module that was not begun
// that is all there is to say.
func (x *page) missing(t *Transcript) {
	x.para("## %s", x.sayf("Not done", "Pas fait"))
	none := true
	for i := range t.Modules {
		m := &t.Modules[i]
		name := x.sayf("Module %d, %s", "Module %d, %s", m.Number, one(m.Title))
		if m.Standing == NotBegun {
			x.line("- %s", x.sayf("%s: %s", "%s : %s", name, x.standing(NotBegun)))
			none = false
			continue
		}
		for j := range m.Steps {
			if lacks := x.lacks(&m.Steps[j]); lacks != "" {
				s := &m.Steps[j]
				x.line("- %s", x.sayf("Module %d, step %d, %s%s: %s", "Module %d, étape %d, %s%s : %s", m.Number, s.Number, one(s.Title), x.optional(s), lacks))
				none = false
			}
		}
	}
	if none {
		x.line("%s", x.sayf("Nothing is missing.", "Rien ne manque."))
	}
	x.line("")
}

// lacks says what was not done of a step; empty where all was.
func (x *page) lacks(s *Step) string {
	var list []string
	some := func(n int, en, fr string) {
		if n > 0 {
			list = append(list, x.sayf(en, fr, n))
		}
	}
	var labs, checks, predictions, quizzes int
	for _, l := range s.Labs {
		switch {
		case l.Runs == 0 && l.Needs != "":
			list = append(list, x.sayf("experiment %s", "expérience %s", x.lab(l)))
		case l.Runs == 0:
			labs++
		}
	}
	for _, c := range s.Checks {
		if c.Proof == Open {
			checks++
		}
	}
	for _, q := range s.Predictions {
		if q.Count == 0 {
			predictions++
		}
	}
	for _, q := range s.Quizzes {
		if !q.Last.right() {
			quizzes++
		}
	}
	some(labs, "experiments not run: %d", "expériences non jouées : %d")
	some(checks, "checks not shown: %d", "vérifications non montrées : %d")
	some(predictions, "predictions not made: %d", "prédictions non faites : %d")
	some(quizzes, "quizzes not solved: %d", "quiz non résolus : %d")
	if len(list) == 0 && s.Seen.IsZero() {
		return x.sayf("not gone through", "non parcourue")
	}
	return strings.Join(list, x.sayf("; ", " ; "))
}

// unverified lists what nothing here can prove.
func (x *page) unverified(t *Transcript) {
	begun := false
	for i := range t.Modules {
		m := &t.Modules[i]
		for j := range m.Steps {
			for _, c := range m.Steps[j].Checks {
				if c.Proof != Unverified || m.Standing == NotBegun {
					continue
				}
				if !begun {
					begun = true
					x.para("## %s", x.sayf("Not verified here", "Non vérifié ici"))
					x.para("%s", x.sayf("These lines of the checklists no experiment of the bench can prove; this paper says nothing of them.",
						"Ces lignes des listes, aucune expérience du banc ne peut les prouver ; ce document n’en dit rien."))
				}
				x.line("- %s %s", x.sayf("Module %d, step %d:", "Module %d, étape %d :", m.Number, m.Steps[j].Number), x.ticked(c))
			}
		}
	}
	if begun {
		x.line("")
	}
}
