package linear

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/course"
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

const twoLabs = `---
title: The lesson
minutes: 3
---

## One

Above.

` + "```predict\nHow many copies? {value: A.copies}\n\n[ ] 0\n    None arrives.\n[x] 1\n    One.\n```\n\n```lab NEEDS\nsend 1 plain sync as A\naudit\n```" + `

- [ ] exactly one copy {check: A.copies == 1}

Below, the answer.

> hint: Look below.

` + "```lab continue\naudit\n```" + `

- [ ] one copy still {check: A.copies == 1}

The end.

## Two

The next.
`

func lessonOf(t *testing.T, needs string) map[words.Lang][]*course.Module {
	t.Helper()
	m, err := course.Parse("03-lesson.md", []byte(strings.Replace(twoLabs, " NEEDS", needs, 1)))
	if err != nil {
		t.Fatal(err)
	}
	return map[words.Lang][]*course.Module{words.English: {m}, words.French: {m}}
}

// What stands below a predicted lab is read once the lab has shown it, and not
// before: neither at the first reading nor after the prediction.
func TestTheRestOfAStepFollowsItsExperiment(t *testing.T) {
	store := progress.Open("", nil)
	defer store.Close()
	b, out := benchOf(t), newTranscript()
	in := strings.NewReader("hint\nrun 2\npredict 1\nagain\nrun\nhint\nrun\nagain\nquit\n")
	if err := Run(t.Context(), Options{Bench: b, Modules: lessonOf(t, ""), Lang: words.English, Progress: store, In: in, Out: out}); err != nil {
		t.Fatal(err)
	}
	said := out.String()
	told(t, said, "Above.", "The rest of the step follows the experiment.", "> hint\nNo further hint before the experiment.", "> run 2\nSay run and a number from 1 to 1.",
		"> predict 1\nNoted: 1.", "> again\n", "The rest of the step follows the experiment.",
		"> run\n", "The experiment is over.", "It holds: exactly one copy\nBelow, the answer.\nExperiment:\n    audit\nTo check: one copy still\nThe end.\n",
		"> hint\nHint: Look below.", "> run\n", "It holds: one copy still\n", "> again\n", "Below, the answer.", "The end.")
	before, _, _ := strings.Cut(said, "It holds: exactly one copy\n")
	for _, s := range []string{"Below, the answer", "one copy still", "The end", "exactly one copy", "Look below"} {
		if strings.Contains(before, s) {
			t.Errorf("%q was told before the experiment:\n%s", s, before)
		}
	}
}

// Where an experiment can't run nobody waits for it: a prediction, or passing it
// over, opens the rest; and what was skipped is not done.
func TestAnExperimentThatCannotRunBlocksNothing(t *testing.T) {
	for input, want := range map[string]string{
		"predict 1\n":  "> predict 1\nNoted: 1. Here nothing can answer it: the experiment needs a forest.\nTo check: exactly one copy\nBelow, the answer.\n",
		"run\nrun\n":   "> run\nFirst predict: How many copies? Or say run once more to see without a prediction.\n> run\nThis experiment needs a forest.\nTo check: exactly one copy\nBelow, the answer.\n",
		"next\nback\n": "> back\n\nModule 3",
	} {
		store := progress.Open("", nil)
		p := newPlay()
		said := read(t, Options{
			Bench: still{ledger: p.ledger, lacks: words.Errorf("needs a forest", "demande une forêt")}, Modules: lessonOf(t, " needs=brokers"), Lang: words.English, Progress: store,
		}, input)
		told(t, said, "The rest of the step follows the experiment.", want)
		m := lessonOf(t, "")[words.English][0]
		if sum := store.State().Sum(m); sum.Ran != 0 || sum.Seen != 0 && !strings.HasPrefix(input, "next") {
			t.Errorf("after %q: %+v", input, sum)
		}
		if skipped := store.State().Labs[progress.Of(m).Lab(0)].Last.Skipped; skipped != (input == "run\nrun\n") {
			t.Errorf("after %q: skipped is %v", input, skipped)
		}
		_ = store.Close()
	}
}

// What cannot run is not in the way of what stands behind it.
func TestRunGoesOnBehindWhatCannotRun(t *testing.T) {
	m, err := course.Parse("03-lesson.md", []byte("---\ntitle: T\nminutes: 3\n---\n\n## One\n\n```lab needs=brokers\naudit\n```\n\n```lab continue\ntoxics\n```\n"))
	if err != nil {
		t.Fatal(err)
	}
	store := progress.Open("", nil)
	defer store.Close()
	read(t, Options{
		Bench: still{ledger: newPlay().ledger, lacks: words.Errorf("needs a forest", "demande une forêt")}, Modules: map[words.Lang][]*course.Module{words.English: {m}},
		Lang: words.English, Progress: store,
	}, "run\nrun\n")
	for i := range 2 {
		if !store.State().Labs[progress.Of(m).Lab(i)].Last.Skipped {
			t.Errorf("experiment %d was not asked for", i+1)
		}
	}
}

// Predictions of one experiment are asked one after the other.
func TestPredictionsAreAskedInTurn(t *testing.T) {
	const ask = "```predict\n%s?\n\n[ ] one\n    No.\n[x] three\n```\n\n"
	m, err := course.Parse("03-lesson.md", []byte("---\ntitle: T\nminutes: 3\n---\n\n## One\n\n"+strings.ReplaceAll(ask, "%s", "A")+strings.ReplaceAll(ask, "%s", "B")+"```lab\naudit\n```\n"))
	if err != nil {
		t.Fatal(err)
	}
	said := read(t, Options{Modules: map[words.Lang][]*course.Module{words.English: {m}}, Lang: words.English}, "predict 2\npredict 1\npredict 1\n")
	told(t, said, "Prediction: A?\n1. one\n2. three\nSay predict and the number of your choice.\nPrediction: B?\n1. one\n2. three\nExperiment:",
		"> predict 2\nNoted: three. Next: B?\n1. one\n2. three\nSay predict and the number of your choice.\n> predict 1\nNoted: one. Say run, and see.\n> predict 1\nNo question is open")
}

// An experiment that continues another has nothing to go on from before that has
// run on this bench.
func TestAnExperimentThatContinuesWaitsForTheOneBefore(t *testing.T) {
	m, err := course.Parse("03-lesson.md", []byte("---\ntitle: The lesson\nminutes: 3\n---\n\n## One\n\n```lab\nsend 1 plain sync as A\naudit\n```\n\n- [ ] one copy {check: A.copies == 1}\n\n"+
		"## Two\n\n```lab continue\naudit\n```\n\n- [ ] one copy still {check: A.copies == 1}\n"))
	if err != nil {
		t.Fatal(err)
	}
	modules := map[words.Lang][]*course.Module{words.English: {m}, words.French: {m}}
	said := read(t, Options{Bench: benchOf(t), Modules: modules, Lang: words.English}, "step 2\nrun\nstep 1\nrun\nstep 2\nrun\nreset\nlangue fr\nlancer\n")
	told(t, said,
		"> run\nThis experiment goes on where the one before it ends, on the same bench: run that first, by step 1, then run 1.\n> step 1",
		"> run\n", "It holds: one copy\n", "> step 2", "> run\n", "It holds: one copy still\n",
		"> lancer\nCette expérience reprend où s’arrête celle d’avant, sur le même banc\u00a0: lancez d’abord celle-là, en disant étape 1, puis lancer 1.\n")
}
