package console

import (
	"context"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// auditing plays a script whose lines are all done but for the end: its audit
// has told what the log holds, and it goes on until it is stopped.
func auditing(told chan<- struct{}) player {
	return func(ctx context.Context, s *lab.Script, watch func(lab.Progress), _ func(context.Context) error) lab.Result {
		for i, l := range s.Lines {
			p := lab.Progress{Index: i, Line: l, State: lab.Done}
			if _, is := l.Command.(*lab.Audit); is {
				p.Result = words.Textf("4 copies in the log; messages: 1 duplicated", "4 copies dans le journal ; messages : 1 en doublon")
			}
			watch(p)
		}
		if len(s.Lines) == 1 { // of a key
			return lab.Result{Status: lab.Passed}
		}
		close(told)
		<-ctx.Done()
		return lab.Result{Status: lab.Interrupted}
	}
}

// foretelling is a console whose experiment runs though nobody has predicted,
// after the log was read back.
func foretelling(t *testing.T, lang words.Lang, w, h int) *Model {
	t.Helper()
	s := stage.New()
	told := make(chan struct{})
	m := newModel(options(t, s, lang), s.Book, auditing(told), parseLab)
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	teach(m, "```predict\nHow many of A? {value: A.copies}\n\n[ ] 1\n    No.\n[x] 3\n```\n\n"+
		"```lab\nsend 1 plain async as A\nsend 1 idempotent async as B\nwait until done\naudit\nexpect A.copies == 3\n```\n\n- [ ] A is there three times, trois fois {check: A.copies == 3}\n")
	press(t, m, "enter")
	_, cmd := m.Update(key("enter"))
	if cmd == nil || !m.session.experimenting() {
		t.Fatal("it does not run")
	}
	m.again()
	s.Heart()
	s.Judge()
	<-told
	m.again()
	return m
}

// spoilers are what would answer the question: how many copies of A are there?
var spoilers = []string{
	"3 copies", "4 copies", "DUPLICATE", "DOUBLON", "duplicated", "doublon", "@16", "@17", "@18", "+ @", "1/3", "2/3", "GHOST", "FANTÔME", "1 copy", "une seule copie",
	"added", "ajouté", "there already", "déjà là", `verdict="duplicate"`, "three times", "trois fois", "Measured", "offset 18",
}

// Each view, what it says once the prediction is made, and how to get there.
var veiledViews = []struct {
	view  string
	keys  []string
	after string // in English
}{
	{"attempts", nil, "3 copies"},
	{"attempts", []string{"z"}, "+ @17"},
	{"attempts", []string{"up", "up", "enter"}, "@18 added"},
	{"attempts", []string{"up", "up", "enter", "t"}, "3 copies DUPLICATE"},
	{"log", nil, "DUPLICATE"},
	{"log", []string{"z"}, "1/3"},
	{"reports", []string{"z"}, "@18"},
	{"reports", []string{"up", "up", "enter"}, "@18 added"},
	{"wire", nil, "@19"},
	{"wire", []string{"z", "home"}, "@16"},
	{"metrics", []string{"z", "end"}, `{verdict="duplicate"}`},
	{"race", nil, "3 copies DUPLICATE"},
	{"race", []string{"z"}, "3 copies DUPLICATE"},
	{"network", nil, ""},
	{"latency", []string{"z"}, ""},
	{"counts", []string{"z"}, ""},
	{"attempts", []string{"w"}, "3 copies DUPLICATE"},
	{"log", []string{"w"}, "3 copies DUPLICATE"},
	{"reports", []string{"w"}, "@18"},
	{"wire", []string{"w"}, "@19"},
	{"metrics", []string{"w"}, "duplicate"},
	{"race", []string{"w"}, "3 copies DUPLICATE"},
	{"network", []string{"w"}, ""},
	{"latency", []string{"w"}, ""},
	{"counts", []string{"w"}, ""},
}

func TestNoViewSpoilsAPrediction(t *testing.T) {
	seen := map[string]bool{}
	for _, lang := range []words.Lang{words.English, words.French} {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
			for _, v := range veiledViews {
				seen[v.view] = true
				t.Run(strings.Join(append([]string{string(lang), v.view}, v.keys...), "-"), func(t *testing.T) {
					m := foretelling(t, lang, size[0], size[1])
					m.bench.ask([]string{v.view})
					m.lay()
					m.moveTo(layout.Spot(m.bench.named(v.view)))
					for _, k := range v.keys {
						screenText(m) // a lane is chosen where it stands
						press(t, m, k)
					}
					m.again()
					hasNot(t, m, spoilers...)
					hasNot(t, m, "not read back", "pas encore relu", "@-1")
					if m.glow.left != 0 {
						t.Error("a verdict glows")
					}
					for _, copied := range copies(m) {
						for _, s := range spoilers {
							if strings.Contains(copied, s) {
								t.Errorf("%q was copied out:\n%s", s, copied)
							}
						}
					}
					if lang != words.English || size[0] < 200 {
						return
					}
					predict(t, m)
					m.again()
					if v.after != "" {
						has(t, m, v.after)
					}
				})
			}
		}
	}
	for _, v := range views() {
		if !seen[v.name] {
			t.Errorf("nobody looked whether %s spoils", v.name)
		}
	}
}

// predict answers the question, whatever is above it.
func predict(t *testing.T, m *Model) {
	t.Helper()
	m.lesson.Key(key("3"))
	if _, took := m.lesson.Key(key("enter")); !took {
		t.Fatal("nothing asks")
	}
	m.Update(frame{})
}

// copies are what the keys of copying out hand over of what has the focus.
func copies(m *Model) []string {
	var all []string
	p := m.focused()
	if d := m.dialog(); d != nil {
		p = d
	}
	for _, k := range []string{"y", "Y"} {
		switch wish, _ := p.Key(key(k)); w := wish.(type) {
		case pane.Copy:
			all = append(all, w.Text)
		case pane.Write:
			all = append(all, w.Text)
		}
	}
	return all
}

func TestTheLessonAndTheNoticeDoNotSpoilIt(t *testing.T) {
	for lang, asks := range map[words.Lang]string{words.English: "veiled until your prediction", words.French: "voilé jusqu’à votre prédiction"} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			m := foretelling(t, lang, size[0], size[1])
			press(t, m, "a") // reads the log of the experiment
			has(t, m, asks)
			hasNot(t, m, spoilers...)
			press(t, m, "tab") // the other page, with its strip, or the bench
			m.again()
			hasNot(t, m, spoilers...)
		}
	}
}

func TestAnAnswerLiftsTheVeilAtOnce(t *testing.T) {
	m := foretelling(t, words.English, 120, 60)
	hasNot(t, m, spoilers...)
	press(t, m, "3")
	hasNot(t, m, spoilers...)
	_, cmd := m.Update(key("enter"))
	has(t, m, "3 copies DUPLICATE", "4 copies in the log")
	if m.glow.left == 0 || cmd == nil {
		t.Error("the verdict is no event")
	}
	press(t, m, "u")
	has(t, m, "Noted.", "3 copies DUPLICATE") // it is too late to take it back
}

func TestAnInterruptedExperimentStaysVeiled(t *testing.T) {
	m := foretelling(t, words.English, 120, 40)
	m.session.stop()
	m.session.wait.Wait()
	m.Update(runEnded{run: m.session.runs[0], result: lab.Result{Status: lab.Interrupted}})
	m.again()
	hasNot(t, m, spoilers...)
	m.bench.ask([]string{"log"})
	m.lay()
	has(t, m, "veiled until your prediction")
	press(t, m, "R") // nor does its replay tell
	m.again()
	press(t, m, "end")
	hasNot(t, m, spoilers...)
}

// Whoever makes the experiment by hand asks the log, not the lesson.
func TestOnesOwnExperimentIsNeverVeiled(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	m := console(t, s, words.English, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.again()
	has(t, m, "Type the number", "3 copies DUPLICATE")
}
