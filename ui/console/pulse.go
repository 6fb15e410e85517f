package console

import (
	"time"

	"atelier/kafka/ledger"

	tea "charm.land/bubbletea/v2"
)

// framesPerSecond is how often the screen follows the ledger while something
// runs.
const framesPerSecond = 30

// linger is how long the screen keeps looking after the last change, so that a
// burst is followed without stopping in between.
const linger = 300 * time.Millisecond

// pulse is the console's heartbeat: it beats while something runs and stands
// still, waiting for the ledger, while nothing does.
type pulse struct {
	beat    int
	beating bool // a frame is on its way
	waiting bool // somebody waits for the ledger
	version uint64
	moved   time.Time // when the version last did
}

type (
	// frame says that it is time to look again.
	frame struct{}
	// woke says that the ledger moved while nothing ran, or that a minute passed.
	woke struct{}
)

// busy says whether anything is under way.
func (m *Model) busy(s *ledger.Snapshot) bool {
	return len(m.session.runs) > 0 || s.InFlight > 0 || s.Audit.Running
}

// onFrame looks at the ledger and at what runs, and decides how to go on.
func (m *Model) onFrame() tea.Cmd {
	m.pulse.beating = false
	m.pulse.beat++
	s := m.book.Snapshot()
	now := m.options.Now()
	if s.Version != m.pulse.version {
		m.pulse.version, m.pulse.moved = s.Version, now
	}
	m.observe(s)
	m.collect()
	if m.busy(s) || m.glow.left > 0 || m.transport.Playing() || m.examining() || now.Sub(m.pulse.moved) < linger {
		return m.tick()
	}
	return m.watch()
}

func (m *Model) onWake() tea.Cmd {
	m.pulse.waiting = false
	if m.pulse.beating {
		return nil // the frames will go back to waiting
	}
	return m.onFrame()
}

// tick asks for the next frame, once.
func (m *Model) tick() tea.Cmd {
	if m.pulse.beating {
		return nil
	}
	m.pulse.beating = true
	done := m.session.ctx.Done()
	return func() tea.Msg {
		t := time.NewTimer(time.Second / framesPerSecond)
		defer t.Stop()
		select {
		case <-t.C:
			return frame{}
		case <-done:
			return nil
		}
	}
}

// watch waits for the ledger to move. It also wakes when the header's next
// minute begins: one frame a minute is all that an idle console draws.
func (m *Model) watch() tea.Cmd {
	if m.pulse.waiting {
		return nil
	}
	m.pulse.waiting = true
	changed, done := m.book.Changed(m.pulse.version), m.session.ctx.Done()
	next := time.Minute - m.options.Now().Sub(m.opened)%time.Minute
	return func() tea.Msg {
		t := time.NewTimer(next)
		defer t.Stop()
		select {
		case <-changed:
			return woke{}
		case <-t.C:
			return woke{}
		case <-done:
			return nil
		}
	}
}
