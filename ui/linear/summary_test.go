package linear

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/progress"
)

// What was done is told with its evidence, and nothing that a prediction asks.
func TestProgressTellsWhatWasDone(t *testing.T) {
	store := progress.Open("", nil)
	defer store.Close()
	o := Options{Bench: benchOf(t), Cluster: "embedded", Modules: small(t), Lang: words.English, Progress: store}
	said := read(t, o, "progress\nprogress 3\nprogress 9\npredict 1\nrun\nprogress\nprogress 3\nlangue fr\nbilan\nbilan 3\n")
	told(t, said,
		"> progress\nKafka Atelier: your progress", "Nothing is done yet.\nModule 3, The lesson: not begun\nWith a module's number you hear its evidence: progress 3.",
		"> progress 3\nModule 3, The lesson: not begun\n", "> progress 9\nThere is no module 9.", "> run",
		"> progress\n", "Module 3, The lesson: begun\nsteps gone through 1 of 2 (all done: 1) · experiments 1 of 1", "not verified here: 1\n",
		"> progress 3\n", "1. One: 2", "prediction: How many copies?\npredicted 1: right", "[x] exactly one copy\nA.copies = 1; run ",
		"embedded cluster\n", "quiz: Which?\nnot answered",
		"> bilan\nKafka Atelier\u00a0: votre progression", "commencé\nétapes parcourues 1 sur 2", "bilan 3.", "> bilan 3\n", "prédiction 1\u00a0: juste")
	if strings.Contains(strings.Split(said, "> run")[0], "exactly one copy") {
		t.Error("a check was told before the prediction")
	}
}
