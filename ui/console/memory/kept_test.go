package memory_test

import (
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons/progress"
	"atelier/ui/console/memory"
	"atelier/ui/console/stage"
)

// What one console was told, the next one knows, in any language.
func TestKept(t *testing.T) {
	dir := t.TempDir()
	quiet := func(w words.Text) { t.Error(w.En) }
	now := func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }
	predicted, first := memory.Spot{Module: 3, Step: 0, Block: 1}, memory.Lab{Module: 3, Index: 0}

	store := progress.Open(dir, quiet)
	k := memory.Kept(store, stage.Modules()[words.French], now)
	if _, _, known := k.Position(); known || k.Met() || k.Seen(3, 0) {
		t.Error("a new learner is known")
	}
	k.Reached(3, 0)
	k.Reached(3, 1)
	k.Predicted(predicted, memory.Answer{Choice: 1, Right: true})
	k.Ran(first, memory.Run{ID: "r1", Status: "passed", Checks: []memory.Check{{Expr: "A.copies == 3", Held: true, Values: map[string]any{"A.copies": 3.0}}}})
	k.Meet()
	k.Spoke(words.French)
	k.Painted("light")
	k.Reached(9, 9) // there is none
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}

	store = progress.Open(dir, quiet)
	defer store.Close()
	k = memory.Kept(store, stage.Modules()[words.English], now)
	if module, step, known := k.Position(); module != 3 || step != 1 || !known {
		t.Errorf("resumes at %d.%d, %v", module, step, known)
	}
	if a, ok := k.Prediction(predicted); !ok || a.Choice != 1 || !a.Right {
		t.Errorf("predicted %+v, %v", a, ok)
	}
	if _, ok := k.Quiz(predicted); ok {
		t.Error("a quiz that was never answered")
	}
	if !k.Held(first, "A.copies == 3") || k.Held(first, "B.copies == 1") || !k.Met() || !k.Seen(3, 0) || k.Seen(9, 9) {
		t.Errorf("remembers %+v", store.State())
	}
	if s := store.State(); s.Language != words.French || s.Theme != "light" {
		t.Errorf("speaks %s, looks %s", s.Language, s.Theme)
	}
}
