package console

import (
	"atelier/assets/words"
	"atelier/lessons/lab"
)

// labEnd says how an experiment ended and where its checks stand.
func (m *Model) labEnd(at place, r lab.Result) told {
	t := told{}
	switch r.Status {
	case lab.FailedRun:
		t = told{text: words.Text{En: "The experiment did not pass", Fr: "L’expérience n’a pas réussi"}, tone: bad}
		t.text = m.lessonHint(t.text)
	case lab.Passed:
		held, all := m.lesson.score(at)
		t.text = words.Text{En: "Experiment done", Fr: "Expérience terminée"}
		if all > 0 {
			t.text = words.Textf("Experiment done: %[1]d of %[3]d points", "Expérience terminée\u00a0: %[1]d %[2]s sur %[3]d",
				held, plural(int64(held), "point", "points"), all)
		}
		t.tone = good
		if held < all {
			t.tone = bad
		}
		t.text = m.lessonHint(t.text)
	case lab.Interrupted:
		if !m.stopping { // a reset took the bench away
			t = told{err: r.Err, tone: doubtful}
		}
	default:
		t = told{err: r.Err, tone: bad}
	}
	return t
}

// lessonHint says how to get back to the lesson, where the bench covers it.
func (m *Model) lessonHint(t words.Text) words.Text {
	if m.screen.Form == Pages && m.page == benchPage {
		t.En += " · Tab: the lesson"
		t.Fr += " · Tab\u00a0: la leçon"
	}
	return t
}
