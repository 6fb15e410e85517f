package console

import (
	"atelier/ui/console/compose"
	"atelier/ui/console/faults"
	"atelier/ui/console/network"
)

// check reads a lab line and says what is wrong with it.
func (m *Model) check(line string) error {
	_, err := m.parse("", []byte(line), m.labels())
	return err
}

// openForm opens one of the forms; a replay takes no lines.
func (m *Model) openForm(which action) {
	switch {
	case m.transport.On():
		m.refuse("")
	case which == openCompose:
		m.open(compose.New(m.check, m.lastSend))
	default:
		m.open(faults.New(m.check))
	}
}

// openFaultsAt opens the panel of faults at the place that was pointed at.
func (m *Model) openFaultsAt(w network.Pointed) {
	if m.transport.On() {
		return // what is on screen is not in force
	}
	d := faults.New(m.check)
	m.open(d)
	d.Aim(w.Broker, w.Stream)
}
