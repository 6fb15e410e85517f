package linear

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/progress"
)

// Who runs an experiment without a prediction hears what the log holds at its
// end, not while there is still something to predict.
func TestALogIsNotToldBeforeThePrediction(t *testing.T) {
	for _, c := range []struct {
		lang        words.Lang
		run, veiled string
		end, told   string
		never       []string
	}{
		{words.English, "run\nrun\n", "what the log says is veiled", "The experiment is over.", "A: 1 copy in the log", []string{"offset", "1 copy", "1 once"}},
		{words.French, "lancer\nlancer\n", "ce que dit le journal est voilé", "L’expérience est terminée.", "une seule copie dans le journal", []string{"offset", "une seule copie", "en une seule copie"}},
	} {
		store := progress.Open("", nil)
		defer store.Close()
		b, out := benchOf(t), newTranscript()
		err := Run(t.Context(), Options{Bench: b, Modules: small(t), Lang: c.lang, Progress: store, In: strings.NewReader(c.run), Out: out})
		if err != nil {
			t.Fatal(err)
		}
		before, after, ended := strings.Cut(out.String(), c.end)
		if !ended || !strings.Contains(before, c.veiled) || !strings.Contains(after, c.told) {
			t.Errorf("said:\n%s", out.String())
		}
		_, before, _ = strings.Cut(before, "> "+strings.Fields(c.run)[0])
		for _, n := range c.never {
			if strings.Contains(before, n) {
				t.Errorf("%q was told before the end:\n%s", n, before)
			}
		}
	}
}
