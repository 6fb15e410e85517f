package console

import (
	"context"
	"strings"
	"testing"
	"time"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/lessons/progress"
	"atelier/ui/console/editor"
	"atelier/ui/console/memory"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

func has(t *testing.T, m *Model, want ...string) {
	t.Helper()
	got := screenText(m)
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("missing %q in\n%s", w, got)
		}
	}
}

func TestTheEndOfALabIsSaidAndItsChecksAreInView(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	m := real(t, s, passes)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	press(t, m, "enter", "enter")
	has(t, m, "✓ Expérience terminée\u00a0: 2 points sur 2 · Tab\u00a0: la leçon"[:len("✓ Expérience terminée")], "2 points sur 2", "Tab leçon")
	press(t, m, "tab")
	has(t, m, "☑ B y est une seule fois")
}

// A lab that the cluster lacks something for says so where its keys would
// stand, and Enter says it again instead of running it.
func TestALabThatTheClusterCannotRun(t *testing.T) {
	s := stage.New()
	s.Lack = words.Errorf("needs a real cluster", "demande un vrai cluster")
	o := options(t, s, words.French)
	o.Modules = stage.ModulesWith("```lab needs=brokers")
	store := progress.Open("", nil)
	defer store.Close()
	o.Memory = memory.Keep(store, o.Modules[words.French], "embedded", time.Now)
	m := newModel(o, s.Book, passes, parseTest)
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.again()
	has(t, m, "– demande un vrai cluster")
	if got := screenText(m); strings.Contains(got, "Entrée : lancer") {
		t.Errorf("Enter is offered:\n%s", got)
	}
	has(t, m, "Ici, rien n’y répondra", "(la suite après l’expérience)")
	press(t, m, "enter")
	has(t, m, "Une prédiction d’abord ?")
	press(t, m, "enter")
	has(t, m, "Cette expérience demande un vrai cluster", "☐ A est trois fois dans le journal")
	hasNot(t, m, "la suite après")
	if len(m.session.runs) > 0 || strings.Contains(screenText(m), "✓ terminé") {
		t.Errorf("it ran:\n%s", screenText(m))
	}
	module := o.Modules[words.French][0]
	if sum := store.State().Sum(module); sum.Ran > 0 || sum.Seen > 0 || !store.State().Labs[progress.Of(module).Lab(0)].Last.Skipped {
		t.Errorf("kept: %+v", sum)
	}
}

// Enter goes on to the next experiment of the step also behind one that cannot
// run here.
func TestEnterGoesOnBehindWhatCannotRun(t *testing.T) {
	s := stage.New()
	s.Lack = words.Errorf("needs a real cluster", "demande un vrai cluster")
	o := options(t, s, words.English)
	o.Modules = stage.Course("```lab needs=brokers\naudit\n```\n\n```lab continue\ntoxics\n```\n")
	store := progress.Open("", nil)
	defer store.Close()
	o.Memory = memory.Keep(store, o.Modules[words.English], "embedded", time.Now)
	m := newModel(o, s.Book, passes, parseTest)
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	press(t, m, "enter", "enter")
	names := progress.Of(o.Modules[words.English][0])
	for i := range 2 {
		if !store.State().Labs[names.Lab(i)].Last.Skipped {
			t.Errorf("experiment %d was not asked for:\n%s", i+1, screenText(m))
		}
	}
}

// Where the experiment was recorded elsewhere, Enter plays that: the screen says
// what it is, and Esc leaves it for the live bench.
func TestALabThatTheClusterCannotRunIsWatched(t *testing.T) {
	s := stage.New()
	s.Lack = words.Errorf("needs a real cluster", "demande un vrai cluster")
	o := options(t, s, words.French)
	o.Modules = stage.ModulesWith("```lab needs=brokers recording=acks1-loss")
	m := newModel(o, s.Book, passes, parseTest)
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: 160, Height: 40})
	m.again()
	r := recordings.Named("acks1-loss")
	day := r.Made.Format("02/01/2006")
	has(t, m, "Entrée joue l’enregistrement du", day+", Apache Kafka "+r.Kafka, "c’est un enregistrement qui répondra")
	hasNot(t, m, "rien n’y répondra")
	press(t, m, "3", "enter")
	has(t, m, "Un enregistrement répond", "C’est noté ; u reprend", "enregistrement qui répond : Entrée le joue.")
	press(t, m, "u", "enter", "enter")
	has(t, m, "ENREGISTRÉ "+day+", Kafka "+r.Kafka, "est un enregistrement du "+day, "Échap")
	press(t, m, "end")
	has(t, m, "A·10 plain", "acquitté mais PERDU", "10 PERDUS")
	press(t, m, "esc")
	hasNot(t, m, "ENREGISTRÉ")
	if len(m.session.runs) > 0 {
		t.Errorf("it ran:\n%s", screenText(m))
	}
}

func TestHintsFollowTheSituation(t *testing.T) {
	s := stage.New()
	m := real(t, s, passes)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	m.again()
	has(t, m, "Entrée expérience  0–9 répondre  Espace suite")
	s.Play(stage.Message{Batch: 1, Mode: "plain", Partition: 1, Pid: -1, Sent: 1, Reported: 3})
	press(t, m, "p")
	m.again()
	has(t, m, "Tab leçon  a relire")
	press(t, m, "space")
	if got := screenText(m); strings.Contains(got, "Espace suite") {
		t.Errorf("the last step promises another:\n%s", got)
	}
}

func TestAKeyTurnsToTheBenchWhereItsEffectShows(t *testing.T) {
	m := real(t, stage.New(), passes)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	press(t, m, "l")
	if m.page != benchPage {
		t.Error("the lesson covers what the key did")
	}
}

func TestPastedLinesRunInOrder(t *testing.T) {
	var ran []string
	m := real(t, stage.New(), func(_ context.Context, sc *lab.Script, _ func(lab.Progress), _ func(context.Context) error) lab.Result {
		for _, l := range sc.Lines {
			ran = append(ran, l.Text)
		}
		return lab.Result{Status: lab.Passed}
	})
	m.Update(tea.PasteMsg{Content: "send 1 plain async\r\nwait until done\raudit\r"})
	press(t, m, "enter")
	if got := strings.Join(ran, "|"); got != "send 1 plain async|wait until done|audit" {
		t.Error(got)
	}
	_, cmd := m.Update(tea.PasteMsg{Content: strings.Repeat("x", editor.MaxTyped+1)})
	settle(t, m, cmd)
	has(t, m, "Ligne trop longue")
	press(t, m, "esc")
	if got := screenText(m); strings.Contains(got, "Ligne trop longue") {
		t.Error("Esc left the error behind")
	}
}

func TestALongListOpensOverTheScreen(t *testing.T) {
	m := real(t, stage.New(), func(_ context.Context, sc *lab.Script, watch func(lab.Progress), _ func(context.Context) error) lab.Result {
		list := "broker 1\n  a\nbroker 2\n  b\nbroker 3\n  c"
		watch(lab.Progress{Line: sc.Lines[0], State: lab.Done, Result: words.Text{En: list, Fr: list}})
		return lab.Result{Status: lab.Passed}
	})
	press(t, m, ":")
	typeText(t, m, "toxics")
	press(t, m, "enter")
	has(t, m, "broker 1", "broker 3", "une touche ferme")
	press(t, m, "x")
	if m.dialog() != nil {
		t.Error("it stayed open")
	}
}

func TestHelpAndQuitAreUnderstoodAtThePrompt(t *testing.T) {
	m := real(t, stage.New(), passes)
	press(t, m, ":", "h", "e", "l", "p", "enter")
	if m.dialog() == nil {
		t.Error("help did not open")
	}
	press(t, m, "x")
	typeText(t, m, ":quit")
	_, cmd := m.Update(key("enter"))
	if cmd == nil {
		t.Error("quit did not leave")
	}
}

func TestARunningLabStaysInSightOnANarrowScreen(t *testing.T) {
	m := real(t, stage.New(), hangs)
	m.Update(key("enter"))
	_, cmd := m.Update(key("enter"))
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if m.page != benchPage {
		t.Error("the running lab is out of sight")
	}
	m.session.stop()
	settle(t, m, cmd)
	press(t, m, "tab")
	has(t, m, "vérifié quand l’expérience va au bout")
}
