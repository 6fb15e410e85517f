package console

import (
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/progress"
	"atelier/ui/console/memory"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// The time between keys is work on the module that is on screen; of a silence,
// five minutes.
func TestTheTimeThatIsSpentIsKeptByModule(t *testing.T) {
	s := stage.New()
	o := options(t, s, words.English)
	steps := []course.Step{{Title: "One"}, {Title: "Two"}}
	o.Modules = map[words.Lang][]*course.Module{words.English: {{Number: 3, Title: "A", Steps: steps}, {Number: 4, Title: "B", Steps: steps}}}
	store := progress.Open("", nil)
	defer store.Close()
	o.Memory = memory.Keep(store, o.Modules[words.English], "embedded", o.Now)
	m := newModel(o, s.Book, passes, parseTest)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	for _, c := range []struct {
		after time.Duration
		key   string
	}{{time.Minute, "space"}, {2 * time.Minute, "?"}, {time.Hour, "?"}, {time.Minute, "m"}, {30 * time.Second, "down"}} {
		s.Wall = s.Wall.Add(c.after)
		press(t, m, c.key)
	}
	m.Close()
	if got := store.State().Spent; got[3] != 9*time.Minute || got[4] != 30*time.Second {
		t.Errorf("kept: %v", got)
	}
}
