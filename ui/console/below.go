package console

import (
	"slices"

	"atelier/lessons/lab"
	"atelier/ui/console/notice"
)

// belowPrompt shows what the prompt has to say of the line under edit, over what
// was said before.
func (m *Model) belowPrompt() {
	w := m.screen.Width
	rows := m.prompt.Below(w)
	if m.transport.On() && m.notice.Empty() {
		rows = m.transport.Below(w, m.seen)
	}
	if len(rows) == 0 && !m.notice.IsCovered() {
		return
	}
	was := m.notice.Rows(w)
	m.notice.Update(notice.Covered{Rows: rows})
	if m.notice.Rows(w) != was {
		m.lay()
	}
}

// names are what lab lines can speak of now.
func (m *Model) names() lab.Names {
	s := m.book.Snapshot()
	n := lab.Names{Labels: m.labels()}
	for i := range s.Toxics {
		if t := &s.Toxics[i]; !t.Foreign && !slices.Contains(n.Toxics, t.Name) {
			n.Toxics = append(n.Toxics, t.Name)
		}
	}
	for i := range s.Brokers {
		n.Brokers = append(n.Brokers, s.Brokers[i].ID)
	}
	for i := range s.Tails {
		if topic := s.Tails[i].Partition.Topic; !slices.Contains(n.Topics, topic) {
			n.Topics = append(n.Topics, topic)
		}
	}
	return n
}
