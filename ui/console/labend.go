package console

import (
	"slices"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/console/lesson"
	"atelier/ui/console/telling"
)

// onceMore is what to do about an experiment that the machine may have spoilt.
var onceMore = words.Text{En: "Enter, once more", Fr: "Entrée, encore une fois"}

// labEnd says how an experiment ended and where its checks stand.
func (m *Model) labEnd(at lesson.Place, r lab.Result) telling.Told {
	t := telling.Told{}
	switch r.Status {
	case lab.FailedRun:
		t = telling.Told{Text: words.Text{En: "The experiment did not pass", Fr: "L’expérience n’a pas réussi"}, Tone: telling.Bad}
		t.Text = m.lessonHint(t.Text)
	case lab.Passed:
		held, all := m.lesson.Score(at)
		t.Text = words.Text{En: "Experiment done", Fr: "Expérience terminée"}
		if all > 0 {
			t.Text = words.Textf("Experiment done: %[1]d of %[3]d points", "Expérience terminée\u00a0: %[1]d %[2]s sur %[3]d",
				held, telling.Plural(int64(held), "point", "points"), all)
		}
		t.Tone = telling.Good
		if held < all {
			t.Tone = telling.Bad
		}
		outcome := foretold(m.lesson.Foretold(at))
		t.Text.En += outcome.En
		t.Text.Fr += outcome.Fr
	case lab.Interrupted:
		if !m.stopping { // a reset took the bench away
			t = telling.Told{Err: r.Err, Tone: telling.Doubtful}
		}
	default:
		t = telling.Told{Err: r.Err, Tone: telling.Bad}
	}
	if m.lesson.Doubts(at) {
		t.Text = words.Textf("%[1]s · this machine stood still for %[2]v: %[3]s", "%[1]s · machine figée %[2]v : %[3]s", t.Text, r.StoodStill.Round(10*time.Millisecond), onceMore)
	}
	return t
}

// foretold says how many of the predictions that were made came true.
func foretold(made, right int) words.Text {
	switch {
	case made == 0:
		return words.Text{}
	case made > 1:
		return words.Textf(" · your predictions: %[2]d of %[1]d right", " · vos prédictions\u00a0: %[2]d sur %[1]d", made, right)
	case right == 1:
		return words.Text{En: " · your prediction: right", Fr: " · votre prédiction\u00a0: juste"}
	}
	return words.Text{En: " · your prediction: not this time", Fr: " · votre prédiction\u00a0: pas cette fois"}
}

// lessonHint says how to get back to the lesson, where the bench covers it.
func (m *Model) lessonHint(t words.Text) words.Text {
	if m.benchCovers() {
		t.En += " · Tab: the lesson"
		t.Fr += " · Tab\u00a0: la leçon"
	}
	return t
}

// stopped says that what ran was stopped, and what is still in force.
func stopped(s *ledger.Snapshot) words.Text {
	say := func(lang words.Lang) string {
		said := lang.Pick("Stopped.", "Arrêté.")
		ours := slices.IndexFunc(s.Toxics, func(t ledger.Toxic) bool { return !t.Foreign })
		if ours < 0 {
			return said
		}
		t := &s.Toxics[ours]
		return said + " " + telling.Fault(t.Kind, t.Attributes, lang) +
			lang.Pick(" is still in force: c clears it, r starts afresh.", " est toujours en place\u00a0: c la retire, r repart à neuf.")
	}
	return words.Text{En: say(words.English), Fr: say(words.French)}
}
