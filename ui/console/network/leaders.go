package network

import (
	"strconv"

	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
)

// topicInUse is the topic of the latest message, where the cluster knows it;
// else the one before.
func topicInUse(before string, s *ledger.Snapshot) string {
	for i := len(s.Messages) - 1; i >= max(0, len(s.Messages)-16); i-- {
		if t := s.Messages[i].Topic; led(t, s) {
			return t
		}
	}
	if before == "" || !led(before, s) {
		return "test-topic"
	}
	return before
}

func led(topic string, s *ledger.Snapshot) bool {
	for p := range int32(12) {
		if s.Leader(topic, p) != ledger.Nobody {
			return true
		}
	}
	return false
}

// led lists the partitions that a broker leads, of the topic in use.
func (n *Pane) led(broker int32, s *ledger.Snapshot) string {
	topic := n.topic
	var buf [64]byte
	led := append(buf[:0], "★ "...)
	if n.W >= 70 {
		led = append(append(led, screen.Plain(topic)...), '/')
	}
	none := len(led)
	for p := range int32(12) {
		if s.Leader(topic, p) != broker {
			continue
		}
		if len(led) > none {
			led = append(led, ',')
		}
		led = strconv.AppendInt(led, int64(p), 10)
	}
	if len(led) == none {
		return ""
	}
	return string(led)
}
