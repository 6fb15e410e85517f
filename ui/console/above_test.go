package console

import (
	"context"
	"strings"
	"sync"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/ui/console/memory"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// meeting is a console at its first start. The bench plays each scene.
func meeting(t *testing.T, lang words.Lang, w, h int) *Model {
	t.Helper()
	s := stage.New()
	o := options(t, s, lang)
	o.FirstContact = true
	m := newModel(o, s.Book, onStage(s), parseTest)
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	m.again()
	return m
}

// onStage plays the three scenes of the first contact.
func onStage(s *stage.Stage) player {
	return func(ctx context.Context, sc *lab.Script, watch func(lab.Progress), pause func(context.Context) error) lab.Result {
		switch sc.Lines[0].Text {
		case "reset":
			s.Play(stage.Message{Batch: 1, Label: "A", Mode: "plain", Partition: 1, Pid: -1, Sent: 10, Reported: 14, Offset: 15, Attempts: []stage.Attempt{stage.Try(11, 12, 13, 14, -1, 15)}})
		case "audit":
			s.Read()
		default:
			s.Toxic(5000, 7500)
			s.Play(stage.Message{Batch: 2, Label: "B", Mode: "plain", Partition: 1, Pid: -1, Sent: 5100, Reported: 7520, Offset: 18, Attempts: []stage.Attempt{
				stage.Try(5101, 5102, 5103, -1, 5767, 16), stage.Try(6270, 6271, 6272, -1, 6936, 17), stage.Try(7440, 7441, 7442, 7519, -1, 18),
			}})
		}
		return passes(ctx, sc, watch, pause)
	}
}

func TestThreeEntersShowADuplicate(t *testing.T) {
	m := meeting(t, words.English, 120, 40)
	has(t, m, "You transfer 100 €", "Enter  send message A", "☐ send 1 plain async as A")
	press(t, m, "enter")
	has(t, m, "A is acked", "✓ acked", "☐ toxic latency latency=5s stream=downstream")
	press(t, m, "enter")
	has(t, m, "B is acked", "Enter  read the log")
	hasNot(t, m, "three times", "+ @", "@18")
	press(t, m, "enter")
	has(t, m, "B is there three times.", "3 copies DUPLICATE", "18 B 3/3", "Any key  to the course", "H the course, and this again")
	hasNot(t, m, "Enter", "skip")
}

// Behind the three Enters any key leads to the course: H, which the page names,
// and a fourth Enter too.
func TestAnyKeyLeavesTheLastPageOfTheFirstContact(t *testing.T) {
	for _, last := range []string{"H", "enter", "esc", "space", "right"} {
		met := &newcomer{Memory: memory.New()}
		m := meeting(t, words.English, 80, 24)
		m.options.Memory = met
		press(t, m, "H") // nothing before
		has(t, m, "Enter  send message A")
		press(t, m, "enter", "enter", "enter", "L", "L", last)
		has(t, m, "─ the course ─")
		if m.contact() != nil || len(m.dialogs) != 1 || !met.met || met.skipped {
			t.Errorf("%s: %d dialogs, %+v", last, len(m.dialogs), met)
		}
	}
}

func TestTheFirstContactIsSkippedByEscAndFoundAgain(t *testing.T) {
	m := meeting(t, words.French, 80, 24)
	press(t, m, "esc")
	has(t, m, "─ le cours ─")
	press(t, m, "esc")
	if m.dialog() != nil {
		t.Error("Esc did not lead to the lesson")
	}
	press(t, m, "H", "up", "up", "up", "enter")
	if m.contact() == nil {
		t.Error("home does not lead to the first contact")
	}
}

func TestAFirstContactThatFailsIsTriedAgain(t *testing.T) {
	m := meeting(t, words.English, 120, 40)
	m.session.play = ends(lab.Result{Status: lab.Errored, Err: words.Errorf("no broker answers", "aucun broker ne répond")})
	press(t, m, "enter")
	has(t, m, "✗ no broker answers", "Enter  send message A")
}

func TestKeysDoNothingWhileASceneRuns(t *testing.T) {
	m := meeting(t, words.English, 120, 40)
	m.session.play = hangsButFor("reset")
	_, cmd := m.Update(key("enter"))
	press(t, m, "enter", "p", "x")
	if len(m.session.runs) != 1 {
		t.Error("another line runs")
	}
	has(t, m, "under way…")
	press(t, m, "ctrl+c")
	settle(t, m, cmd)
	has(t, m, "✗ Stopped.", "Enter  send message A")
}

// hangsButFor lets one line through.
func hangsButFor(line string) player {
	return func(ctx context.Context, sc *lab.Script, watch func(lab.Progress), pause func(context.Context) error) lab.Result {
		if len(sc.Lines) == 1 && sc.Lines[0].Text == line {
			return passes(ctx, sc, watch, pause)
		}
		return hangs(ctx, sc, watch, pause)
	}
}

// newcomer is a memory of somebody who has not been here before.
type newcomer struct {
	memory.Memory
	met, skipped bool
}

func (n *newcomer) Met() bool     { return n.met }
func (n *newcomer) Meet()         { n.met = true }
func (n *newcomer) Skipped() bool { return n.skipped }
func (n *newcomer) Skip()         { n.skipped = true }

// A network that the first contact made ill must not meet a newcomer in the
// course: left or stopped on its way, it resets the bench.
func TestAFirstContactThatIsLeftCleansUp(t *testing.T) {
	for name, leave := range map[string][]string{"before": {"esc"}, "after a scene": {"enter", "esc"}, "while one runs": {"enter", "enter!", "esc"}, "stopped": {"enter", "enter!", "ctrl+c"}, "whole": {"enter", "enter", "enter", "enter"}} {
		t.Run(name, func(t *testing.T) {
			m := meeting(t, words.English, 120, 40)
			met := &newcomer{Memory: m.options.Memory}
			m.options.Memory = met
			plays := m.session.play
			var mu sync.Mutex
			var ran []string
			hang := false
			m.session.play = func(ctx context.Context, sc *lab.Script, watch func(lab.Progress), pause func(context.Context) error) lab.Result {
				mu.Lock()
				ran = append(ran, sc.Lines[0].Text+strings.Repeat("…", min(len(sc.Lines)-1, 1)))
				hangs1 := hang && len(sc.Lines) > 1
				mu.Unlock()
				if hangs1 {
					return hangs(ctx, sc, watch, pause)
				}
				return plays(ctx, sc, watch, pause)
			}
			var left tea.Cmd
			for _, k := range leave {
				if k == "enter!" {
					mu.Lock()
					hang = true
					mu.Unlock()
					_, left = m.Update(key("enter"))
					continue
				}
				press(t, m, k)
			}
			settle(t, m, left)
			want := map[string]string{
				"before": "", "after a scene": "reset… reset", "while one runs": "reset… toxic latency latency=5s stream=downstream… reset",
				"stopped": "reset… toxic latency latency=5s stream=downstream… reset", "whole": "reset… toxic latency latency=5s stream=downstream… audit",
			}[name]
			if got := strings.Join(ran, " "); got != want {
				t.Errorf("ran %q", got)
			}
			if name == "stopped" {
				has(t, m, "✗ Stopped.", "Enter  send message A")
			} else if m.contact() != nil || met.met != (name == "whole") || met.skipped == met.met {
				t.Errorf("remembered %+v", met)
			}
			if name == "after a scene" {
				press(t, m, "up", "up", "up", "enter", "enter", "ctrl+c")
				has(t, m, "Ctrl+C again leaves.")
				if !m.asked || len(ran) != 4 {
					t.Errorf("ran %q", ran)
				}
			}
			if len(m.session.runs) > 0 || m.tidying() {
				t.Error("something still runs")
			}
		})
	}
}

func TestHomeStartsWhereTheLearnerWas(t *testing.T) {
	m := questioning(t)
	press(t, m, "space", "H")
	has(t, m, "▸ 3 Reliability", "1/2 steps · 0/2 checks", "Enter goes on at step 2: And then")
	press(t, m, "up")
	has(t, m, "▸ 0 First contact")
	press(t, m, "down", "enter")
	if _, step := m.lesson.At(); step != 1 || m.dialog() != nil {
		t.Errorf("at step %d", step)
	}
	press(t, m, "H", "L")
	has(t, m, "─ le cours ─")
	press(t, m, "esc", "m")
	has(t, m, "Pas d’autre module de ce côté.")
}

// A trainer's lessons stand in the course's place, whatever their numbers.
func TestHomeListsWhatThereIs(t *testing.T) {
	s := stage.New()
	o := options(t, s, words.English)
	o.Modules = map[words.Lang][]*course.Module{}
	for _, lang := range []words.Lang{words.English, words.French} {
		for _, name := range []string{"00-warm-up.md", "07-readers.md"} {
			own, err := course.Parse(name, []byte("---\ntitle: Of "+name+"\nminutes: 3\nobjectives: [see]\nneeds: []\n---\n\n## First\n\nText.\n"))
			if err != nil {
				t.Fatal(err)
			}
			o.Modules[lang] = append(o.Modules[lang], own)
		}
	}
	m := newModel(o, s.Book, passes, parseTest)
	t.Cleanup(m.Close)
	m.resize(80, 24)
	press(t, m, "H")
	has(t, m, "    First contact", "0 Of 00-warm-up.md", "7 Of 07-readers.md")
	hasNot(t, m, "0 First contact", "Foundations", "to come")
}

// Whoever goes through a step has done it; whoever only looks at it has not.
func TestAStepIsDoneWhenTheLearnerHasGoneThroughIt(t *testing.T) {
	m := questioning(t)
	steps := func() string {
		press(t, m, "H")
		defer press(t, m, "esc")
		for line := range strings.Lines(screenText(m)) {
			if _, after, found := strings.Cut(line, "▱ "); found {
				return strings.Fields(after)[0]
			}
			if _, after, found := strings.Cut(line, "▰ "); found {
				return strings.Fields(after)[0]
			}
		}
		return ""
	}
	for _, want := range []struct{ key, done string }{{"down", "0/2"}, {"right", "1/2"}, {"left", "1/2"}, {"right", "1/2"}} {
		if press(t, m, want.key); steps() != want.done {
			t.Errorf("after %s: %s, want %s", want.key, steps(), want.done)
		}
	}
	press(t, m, "space") // behind the last step is home
	has(t, m, "─ the course ─", "2/2 steps")
}

func TestALaterStartGoesOn(t *testing.T) {
	s := stage.New()
	o := options(t, s, words.English)
	o.Memory, o.Lesson = memory.New(), 0
	o.Memory.Reached(3, 1)
	m := newModel(o, s.Book, passes, parseTest)
	t.Cleanup(m.Close)
	if _, step := m.lesson.At(); step != 1 {
		t.Errorf("at step %d", step)
	}
}
