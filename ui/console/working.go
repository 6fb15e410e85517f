package console

import "time"

// silence is how much of a silence between two keys counts as work: who was away
// did not work.
const silence = 5 * time.Minute

// work is the time that the learner has spent on the module on screen and that is
// not kept yet.
type work struct {
	last  time.Time // when the learner did something
	spent time.Duration
}

// works notes that the learner does something.
func (m *Model) works() {
	now := m.options.Now()
	m.work.spent += min(now.Sub(m.work.last), silence)
	m.work.last = now
}

// keepWork keeps what was spent on the module on screen, before another comes or
// the console ends.
func (m *Model) keepWork() {
	if module, _ := m.lesson.At(); module != nil && m.work.spent > 0 {
		m.options.Memory.Worked(module.Number, m.work.spent)
		m.work.spent = 0
	}
}
