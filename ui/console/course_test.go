package console

import (
	"os"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons"
	workbench "atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/progress"
	"atelier/ui/console/memory"
	"atelier/ui/plain"
	"atelier/ui/transcript"
)

// A learner's session, from the first Enter to the certificate, by keys alone:
// the first contact, then every step of the course with its predictions, its
// experiments, its questions and its exercise. Without ATELIER_SOAK it ends
// behind the first module, and the certificate says so.
func TestTheCourseByKeys(t *testing.T) {
	modules, _, err := course.LoadBoth(lessons.Content)
	if err != nil {
		t.Fatal(err)
	}
	through := 1
	if os.Getenv("ATELIER_SOAK") != "" {
		through = len(modules[words.French])
	}
	b := embedded(t)
	dir := t.TempDir()
	store := progress.Open(dir, func(said words.Text) { t.Error(said.En) })
	began := time.Now()
	s := sitting{
		learner: takeSeat(t, Options{
			Bench: b, Modules: modules, Lang: words.French, Theme: Dark, Cluster: words.Text{En: "embedded", Fr: "embarqué"}, FirstContact: true,
			Memory: memory.Keep(store, modules[words.French], string(workbench.Embedded), time.Now),
		}),
		lacks: b.Lacks,
	}
	s.meets()
	for i := range through {
		s.goesThrough(modules, i)
	}
	s.ends(modules[s.lang], through)
	if err := store.Close(); err != nil {
		t.Error(err)
	}
	t.Logf("%d modules in %v", through, time.Since(began).Round(100*time.Millisecond))
	certify(t, dir, modules[words.French], through, b.Lacks)
}

// certify holds what was kept of the session against the course: of each module
// that the learner went through everything but what this cluster lacks
// something for, of each other one nothing, and the certificate says both.
func certify(t *testing.T, dir string, modules []*course.Module, through int, lacks func(workbench.Ability) error) {
	state, err := progress.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	kept := transcript.Of(state, modules, words.French, time.Now())
	var out strings.Builder
	if err := kept.Certificate(&out, "Ada"); err != nil {
		t.Fatal(err)
	}
	paper := spaced(out.String())
	has := func(text string, times int) {
		t.Helper()
		if n := strings.Count(paper, text); n != times {
			t.Errorf("%q stands %d times on the certificate, not %d", text, n, times)
		}
	}
	if kept.FirstContact.IsZero() {
		t.Error("the first contact is not kept")
	}
	lacking, predictions, quizzes := 0, 0, 0
	for i := range kept.Modules {
		m, want := &kept.Modules[i], transcript.NotBegun
		if i < through {
			want = transcript.Complete
		}
		if m.Standing != want {
			t.Errorf("module %d is %s, not %s", m.Number, m.Standing, want)
		}
		if i >= through {
			continue
		}
		if m.Spent <= 0 {
			t.Errorf("module %d took no time", m.Number)
		}
		count := m.Counts
		for index, lab := range modules[i].Labs() {
			if lacks(workbench.Ability(lab.Needs)) != nil {
				lacking++
				count.Labs--
				count.Checks -= len(modules[i].Checks(index))
			}
		}
		if count.Done != count.Steps || count.Ran != count.Labs || count.Held != count.Checks || count.Predicted != count.Predictions || count.Solved != count.Quizzes {
			t.Errorf("module %d: %+v; %d labs and %d checks can be had here", m.Number, m.Counts, count.Labs, count.Checks)
		}
		predictions, quizzes = predictions+count.Predictions, quizzes+count.Quizzes
		for _, s := range m.Steps {
			for _, c := range s.Checks {
				if e := c.Evidence; c.Proof == transcript.Held && (e.Run == "" || len(e.Values) == 0 || e.Cluster != string(workbench.Embedded) || c.Refuted != nil ||
					!strings.Contains(paper, "| "+strings.ReplaceAll(plain.Code(c.Expr), "|", `\|`)+" |")) {
					t.Errorf("module %d, step %d: %s is not proved: %+v", m.Number, s.Number, c.Expr, e)
				}
			}
		}
	}
	has("| terminé |", through)
	has(" : pas commencé\n", len(modules)-through)
	has("**prédiction ", predictions)
	has("**juste du premier coup", quizzes-wrongAnswers(modules[:through]))
	has("**juste, en 2 essais", wrongAnswers(modules[:through]))
	has("non jouée sur cluster embarqué", lacking)
	has("non jouée ;", 0)
	has("non parcourue", 0)
	if t.Failed() {
		t.Log(paper)
	}
}
