package console

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/ui/console/layout"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// learner sits at a console that runs as it does in a terminal. Keys go in as
// the bytes that a terminal sends; what they led to is read off the screen.
type learner struct {
	testing.TB
	lang    words.Lang
	keys    *io.PipeWriter
	program *tea.Program
	pressed chan struct{} // a key has reached the console
	stirred chan struct{} // something has
	left    chan error    // how the console ended
}

// glance is a look at the console between two of its messages.
type glance struct {
	at   func(*Model)
	done chan struct{}
}

// patience is how long a learner waits for something to happen. The slowest
// experiment takes a quarter of that on a quiet machine.
const patience = time.Minute

// takeSeat opens a console for a learner.
func takeSeat(t testing.TB, o Options) *learner {
	t.Helper()
	in, keys := io.Pipe()
	l := &learner{TB: t, lang: o.Lang, keys: keys, pressed: make(chan struct{}, 1), stirred: make(chan struct{}, 1), left: make(chan error, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	opened := make(chan *tea.Program, 1)
	var once sync.Once
	notice := func(of chan struct{}) {
		select {
		case of <- struct{}{}:
		default:
		}
	}
	watch := func(model tea.Model, msg tea.Msg) tea.Msg {
		console := model.(*lull)
		once.Do(func() { opened <- console.program })
		switch msg := msg.(type) {
		case glance:
			msg.at(console.Model)
			close(msg.done)
			return nil
		case tea.KeyPressMsg:
			notice(l.pressed)
		}
		notice(l.stirred)
		return msg
	}
	var running sync.WaitGroup
	running.Go(func() {
		l.left <- show(ctx, New(o), in, io.Discard, tea.WithWindowSize(120, 40), tea.WithFilter(watch))
	})
	t.Cleanup(func() {
		cancel()
		running.Wait()
		_ = keys.Close()
	})
	l.program = <-opened
	return l
}

// look looks at the console. Whatever was said to it before has happened.
func (l *learner) look(at func(*Model)) {
	l.Helper()
	g := glance{at, make(chan struct{})}
	l.program.Send(g)
	select {
	case <-g.done:
	case err := <-l.left:
		l.left <- err
		l.Fatalf("the console has ended: %v", err)
	}
}

// until waits for something to be so, and fails with the screen where it does
// not come.
func (l *learner) until(what string, is func(m *Model, screen string) bool) {
	l.Helper()
	enough := time.After(patience)
	for {
		var screen string
		so := false
		l.look(func(m *Model) {
			screen = spaced(screenText(m))
			so = is(m, screen)
		})
		if so {
			return
		}
		select {
		case <-l.stirred:
		case <-enough:
			l.Fatalf("waited in vain for %s:\n%s", what, screen)
		}
	}
}

// reads waits until all of some texts are on screen.
func (l *learner) reads(texts ...string) {
	l.Helper()
	for _, s := range texts {
		l.until("“"+s+"”", func(_ *Model, screen string) bool { return strings.Contains(screen, s) })
	}
}

// offers waits until the line of the prompt offers a key.
func (l *learner) offers(key string) {
	l.Helper()
	l.until("the key "+key, func(m *Model, screen string) bool {
		return strings.Contains(strings.Split(screen, "\n")[m.screen.Prompt.Y], key)
	})
}

// resizes makes the terminal another size.
func (l *learner) resizes(columns, rows int) {
	l.program.Send(tea.WindowSizeMsg{Width: columns, Height: rows})
}

// screen is what is to be seen now.
func (l *learner) screen() (shown string) {
	l.Helper()
	l.look(func(m *Model) { shown = spaced(screenText(m)) })
	return shown
}

// say is a text in the language of the session.
func (l *learner) say(en, fr string) string { return l.lang.Pick(en, fr) }

// sent are the keys of whom the terminal sends more than their letter.
var sent = map[string]string{
	"enter": "\r", "esc": "\x1b", "space": " ", "tab": "\t", "shift+tab": "\x1b[Z", "down": "\x1b[B", "left": "\x1b[D", "up": "\x1b[A", "pgdown": "\x1b[6~", "home": "\x1b[H",
}

// press presses keys, each once the one before has reached the console.
func (l *learner) press(keys ...string) {
	l.Helper()
	for _, k := range keys {
		if bytes, is := sent[k]; is {
			k = bytes
		}
		if _, err := io.WriteString(l.keys, k); err != nil {
			l.Fatal(err)
		}
		select {
		case <-l.pressed:
		case err := <-l.left:
			l.left <- err
			return
		}
	}
}

// types writes a line at the prompt and waits until it has ended. Of one that
// others are to follow while it goes on, it sees that it is under way.
func (l *learner) types(line string) {
	l.Helper()
	l.press(":")
	for _, r := range line {
		l.press(string(r))
	}
	l.press("enter")
	id := 0
	l.look(func(m *Model) {
		if id = m.session.last; m.typing {
			l.Fatalf("%s was not taken:\n%s", line, screenText(m))
		}
	})
	goesOn := strings.HasPrefix(line, "after ") || strings.HasPrefix(line, "send ") && strings.Contains(line, " async ")
	l.until("the end of "+line, func(m *Model, _ string) bool {
		for _, r := range m.session.runs {
			if r.id == id {
				return goesOn && (r.send != nil || line[0] == 'a')
			}
		}
		return true
	})
}

// digit presses the key of a digit: without Shift, as on the keyboard of the
// language. Where that only shows the question, it is pressed again.
func (l *learner) digit(n rune) {
	l.Helper()
	l.uncovers()
	k := string(n)
	if l.lang == words.French {
		k = []string{"à", "&", "é", "\"", "'", "(", "-", "è", "_", "ç"}[n-'0']
	}
	here := l.say("of this step: here it is.", "de cette étape : la voici.")
	was := strings.Contains(l.screen(), here)
	l.press(k)
	if !was && strings.Contains(l.screen(), here) {
		l.press(k)
	}
}

// uncovers turns the page to the lesson, where the bench covers it.
func (l *learner) uncovers() {
	l.Helper()
	covered := false
	l.look(func(m *Model) { covered = !m.shows(layout.Lesson) })
	if covered {
		l.offers(l.say("Tab lesson", "Tab leçon"))
		l.press("tab")
	}
}

// finds turns the pages of the step, from the top, until a text is in sight.
// Where it is in sight already, nothing moves.
func (l *learner) finds(text string) {
	l.Helper()
	l.uncovers()
	var pages []string
	for turn := "home"; ; turn = "pgdown" {
		var shown string
		l.look(func(m *Model) { shown = proseOn(m) })
		if strings.Contains(shown, text) {
			return
		}
		if n := len(pages); n > 1 && shown == pages[n-1] {
			l.Fatalf("%q is not in the step:\n%s", text, strings.Join(pages, "\n"))
		}
		pages = append(pages, shown)
		l.press(turn)
	}
}

// leaves leaves the console.
func (l *learner) leaves() {
	l.Helper()
	l.press("q")
	select {
	case err := <-l.left:
		if l.left <- nil; err != nil {
			l.Error(err)
		}
	case <-time.After(patience):
		l.Fatal("q does not leave")
	}
}

// proseOn is the text of the lesson on screen, its rows joined.
func proseOn(m *Model) string {
	at := m.screen.Lesson
	var rows []string
	for _, row := range strings.Split(screenText(m), "\n")[at.Y : at.Y+at.H] {
		rows = append(rows, ansi.Cut(row, at.X, at.X+at.W))
	}
	return oneLine(strings.ReplaceAll(strings.Join(rows, " "), "┊", " "))
}

// oneLine joins the words of a text, however it was broken.
func oneLine(s string) string { return strings.Join(strings.Fields(spaced(s)), " ") }

// spaced makes all spaces alike.
func spaced(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }
