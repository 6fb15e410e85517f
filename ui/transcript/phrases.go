package transcript

import (
	"fmt"
	"time"

	"atelier/assets/words"
	"atelier/lessons/check"
	"atelier/lessons/progress"
)

// phrases puts what is known into words, in one language.
type phrases struct{ lang words.Lang }

func (p phrases) sayf(en, fr string, args ...any) string {
	return words.Textf(en, fr, args...).In(p.lang)
}

func (p phrases) moment(t time.Time) string { return p.lang.Moment(t) }

// counts is a module's in one line.
func (p phrases) counts(c Counts) string {
	return p.sayf(
		"steps gone through %d of %d (all done: %d) · experiments %d of %d · checks held %d of %d · predictions %d of %d (right at first: %d) · quizzes %d of %d",
		"étapes parcourues %d sur %d (tout y est fait : %d) · expériences %d sur %d · vérifications tenues %d sur %d · prédictions %d sur %d (justes d’emblée : %d) · quiz %d sur %d",
		c.Seen, c.Steps, c.Done, c.Ran, c.Labs, c.Held, c.Checks, c.Predicted, c.Predictions, c.Foretold, c.Solved, c.Quizzes)
}

func (p phrases) standing(s Standing) string {
	switch s {
	case Complete:
		return p.sayf("complete", "terminé")
	case Begun:
		return p.sayf("begun", "commencé")
	}
	return p.sayf("not begun", "pas commencé")
}

func (p phrases) cluster(name string) string {
	switch name {
	case "embedded":
		return p.sayf("embedded cluster", "cluster embarqué")
	case "apache":
		return "Apache Kafka"
	case "external":
		return p.sayf("a Kafka that was there", "un Kafka existant")
	}
	return p.sayf("cluster not noted", "cluster non noté")
}

func (p phrases) status(s string) string {
	switch s {
	case "passed":
		return p.sayf("passed", "réussie")
	case "failed":
		return p.sayf("an expectation did not hold", "une attente n’est pas remplie")
	case "interrupted":
		return p.sayf("interrupted", "interrompue")
	case "error":
		return p.sayf("could not be carried out", "n’a pas pu être menée")
	}
	return s
}

// evidence is which run showed it, when and on what.
func (p phrases) evidence(e *progress.Evidence) string {
	return p.sayf("run %s, %s, %s", "essai %s, %s, %s", e.Run, p.moment(e.At), p.cluster(e.Cluster))
}

// values is what a check read: A.copies = 3, A.p99 = 12.5 ms.
func (p phrases) values(values map[string]any) string { return check.InWords(values).In(p.lang) }

// needs is what a cluster must have for a lab.
func (p phrases) needs(what string) string {
	if what == "replication" {
		return p.sayf("a cluster that replicates (atelier --cluster apache, or --brokers)", "un cluster qui réplique (atelier --cluster apache, ou --brokers)")
	}
	return p.sayf("brokers that can be killed (atelier --cluster apache)", "des brokers que l’on peut tuer (atelier --cluster apache)")
}

// lab is how an experiment stands.
func (p phrases) lab(l Lab) string {
	switch {
	case l.Runs == 0 && l.Skipped:
		return p.sayf("skipped on %s (%s): it needs %s", "non jouée sur %s (%s) : il lui faut %s",
			p.cluster(l.Cluster), p.moment(l.At), p.needs(l.Needs))
	case l.Runs == 0 && l.Needs != "":
		return p.sayf("not run; it needs %s", "non jouée ; il lui faut %s", p.needs(l.Needs))
	case l.Runs == 0:
		return p.sayf("not run", "non jouée")
	case l.Skipped:
		return p.sayf("run %d times; skipped at the last, %s, on %s", "jouée %d fois ; non jouée la dernière fois, %s, sur %s", l.Runs, p.moment(l.At), p.cluster(l.Cluster))
	case l.Runs == 1:
		return p.sayf("run once: %s, %s, %s: %s", "jouée une fois : %s, %s, %s : %s", l.Run, p.moment(l.At), p.cluster(l.Cluster), p.status(l.Status))
	}
	return p.sayf("run %d times; at last %s, %s, %s: %s", "jouée %d fois ; en dernier %s, %s, %s : %s",
		l.Runs, l.Run, p.moment(l.At), p.cluster(l.Cluster), p.status(l.Status))
}

// ticked is what a line of a checklist says, and quiz what one asks. Nothing
// spoils a prediction: what a lesson keeps back, nobody reads here.
func (p phrases) ticked(c Check) string {
	if c.Veiled {
		return p.veil()
	}
	return one(c.Text)
}

func (p phrases) quiz(q Question) string {
	if q.Veiled {
		return p.veil()
	}
	return one(q.Text)
}

func (p phrases) veil() string {
	return p.sayf("(shown after the experiment)", "(dévoilé après l’expérience)")
}

// predicted is what was foretold: the first answer counts.
func (p phrases) predicted(q Question, text string) string {
	if q.Count == 0 {
		return p.sayf("not predicted", "pas de prédiction")
	}
	verdict := p.sayf("not right", "fausse")
	switch {
	case q.Veiled:
		verdict = p.sayf("nothing has answered it yet", "rien n’y a encore répondu")
	case q.First.right():
		verdict = p.sayf("right", "juste")
	}
	return p.sayf("predicted %s: %s (%s)", "prédiction %s : %s (%s)", text, verdict, p.moment(q.First.At))
}

// answered is how a quiz was answered: the last answer counts.
func (p phrases) answered(q Question) string {
	switch {
	case q.Count == 0:
		return p.sayf("not answered", "pas de réponse")
	case q.First.right():
		return p.sayf("right at the first try (%s)", "juste du premier coup (%s)", p.moment(q.First.At))
	case q.Last.right():
		return p.sayf("right, after %d tries (%s)", "juste, en %d essais (%s)", q.Count, p.moment(q.Last.At))
	}
	return p.sayf("not right yet, after %d tries (%s)", "pas encore juste, en %d essais (%s)", q.Count, p.moment(q.Last.At))
}

func (p phrases) optional(s *Step) string {
	if s.Optional {
		return p.sayf(" (optional)", " (facultative)")
	}
	return ""
}

func (p phrases) spent(d time.Duration) string {
	if d < time.Minute {
		return ""
	}
	return fmt.Sprintf(" · %d\u00a0min", int(d.Round(time.Minute)/time.Minute))
}
