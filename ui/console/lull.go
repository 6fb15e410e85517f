package console

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// flushesPerSecond is how often Bubble Tea looks whether there is something
	// to write, while there may be. Nothing on screen gets older than that and a
	// frame together.
	flushesPerSecond = 30
	// lullAfter is how long nothing was drawn when it begins to look seldom.
	// It has looked several times by then.
	lullAfter = 10 * time.Second / flushesPerSecond
	// lullFor is how seldom it looks then. Looking is all that an idle console
	// does, so this is what hundreds of them cost. It need not look at all, but
	// where a machine stood still for longer than lullAfter, this mends it.
	lullFor = 10 * time.Second
)

// lull is a console that lets Bubble Tea rest while there is nothing to write:
// its ticker, left alone, wakes the process for ever.
type lull struct {
	*Model
	program *tea.Program

	mu      sync.Mutex
	drawn   time.Time
	resting bool
	end     *time.Timer // ends the looking
}

// Update implements tea.Model.
func (l *lull) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := l.Model.Update(msg)
	return l, cmd
}

// View implements tea.Model. What it returns has to be written.
func (l *lull) View() tea.View {
	l.stir()
	return l.Model.View()
}

// stir lets the program look often, for a while.
func (l *lull) stir() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drawn = time.Now()
	switch {
	case l.end == nil:
		l.end = time.AfterFunc(lullAfter, l.rest)
		return
	case l.resting:
		l.resting = false
		tickerOf(l.program).Reset(time.Second / flushesPerSecond)
	}
	l.end.Reset(lullAfter)
}

// rest lets the program look seldom, where nothing was drawn meanwhile.
func (l *lull) rest() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.drawn) < lullAfter {
		return // stirred at the same moment: the timer runs again
	}
	l.resting = true
	tickerOf(l.program).Reset(lullFor)
}

// over ends what still runs.
func (l *lull) over() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.end != nil {
		l.end.Stop()
	}
}
