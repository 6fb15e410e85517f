package memory

import (
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/course"
	"atelier/lessons/progress"
)

// What a learner did in one language is there at the next start, in the other.
func TestALearnerIsKnownAgain(t *testing.T) {
	dir := t.TempDir()
	start := func(lang words.Lang) (Memory, func()) {
		modules, err := course.Load(lessons.Content, lang)
		if err != nil {
			t.Fatal(err)
		}
		store := progress.Open(dir, func(w words.Text) { t.Error(w.En) })
		return Keep(store, modules, "embedded", time.Now), func() {
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	m, end := start(words.French)
	modules, _ := course.Load(lessons.Content, words.English)
	predict, lab := Spot{Module: -1}, Lab{modules[0].Number, 0}
	for s := range modules[0].Steps {
		for b := range modules[0].Steps[s].Blocks {
			if _, is := modules[0].Steps[s].Blocks[b].(course.Predict); is && predict.Module < 0 {
				predict = Spot{modules[0].Number, s, b}
			}
		}
	}
	expr := modules[0].Checks(0)[0].Expr
	if _, _, known := m.Position(); known || m.Met() || m.Held(lab, expr) {
		t.Error("somebody was here before")
	}
	m.Predicted(predict, Answer{Choice: 1, Right: true})
	m.Ran(lab, Run{ID: "r1", Status: "passed", Checks: []Check{{Expr: expr, Held: true}}})
	m.Skip()
	if !m.Skipped() || m.Met() {
		t.Error("who skips the first contact has not met")
	}
	m.Reached(lab.Module, 4)
	m.Finished(lab.Module, 3)
	m.Meet()
	m.Spoke(words.English)
	m.Typed("send 1 plain async")
	end()
	m, end = start(words.English)
	defer end()
	if a, ok := m.Prediction(predict); !ok || a.Choice != 1 || !a.Right {
		t.Errorf("the prediction is %+v", a)
	}
	if module, step, known := m.Position(); !known || module != lab.Module || step != 4 || m.Seen(module, 4) || !m.Seen(module, 3) {
		t.Errorf("at %d.%d", module, step)
	}
	if lines := m.Lines(); len(lines) != 1 || lines[0] != "send 1 plain async" {
		t.Errorf("the lines are %q", lines)
	}
	if !m.Met() || m.Skipped() || !m.Held(lab, expr) || !m.Ended(lab) {
		t.Error("the first contact or the check is forgotten")
	}
	m.Predicted(Spot{99, 0, 0}, Answer{})
	m.Ran(Lab{99, 0}, Run{})
	m.Reached(99, 0)
	m.Finished(99, 0)
	if _, ok := m.Quiz(Spot{lab.Module, 99, 0}); ok || m.Held(Lab{99, 0}, "x") || m.Seen(99, 0) {
		t.Error("what does not exist is known")
	}
}
