package console

import (
	"strconv"

	"atelier/kafka/ledger"

	tea "charm.land/bubbletea/v2"
)

// network draws the producer, the brokers, and what sits on the way between
// them: requests go right, answers come back left, and each direction has its
// own toxics.
type network struct {
	part
	wires []wire
}

// wire is what is under way between the producer and one broker.
type wire struct {
	broker            ledger.Broker
	name, led         string
	requests, answers int // departed and not arrived; answered and not heard
}

func newNetwork() *network { return &network{} }

func (n *network) update(msg tea.Msg) tea.Cmd { return n.part.update(msg) }

func (n *network) view(a area) {
	n.begin(a)
	s := n.seen.snap
	if s == nil || len(s.Brokers) == 0 {
		a.put(1, 0, n.pick("opening the bench…", "ouverture du banc…"), faint)
		return
	}
	n.count(s)
	rows := 1
	if a.h >= 2*len(n.wires) {
		rows = 2
	}
	producer := n.pick("producer", "producteur")
	rail := 2 + width(producer)
	a.put(1, (min(a.h, rows*len(n.wires))-1)/2, producer, bold)
	for i := range n.wires {
		if (i+1)*rows > a.h {
			a.putRight(a.w, a.h-1, "+"+strconv.Itoa(len(n.wires)-i), faint)
			break
		}
		for y := range rows {
			a.put(rail, i*rows+y, "┃", quiet)
		}
		n.draw(a.sub(rail+1, i*rows, a.w-rail-1, rows), &n.wires[i], s)
	}
}

// count finds what is under way in the latest messages.
func (n *network) count(s *ledger.Snapshot) {
	n.wires = n.wires[:0]
	for _, b := range s.Brokers {
		n.wires = append(n.wires, wire{broker: b, name: n.brokerName(b), led: n.led(b.ID, s)})
	}
	var last ledger.AttemptID
	for i := max(0, len(s.Messages)-128); i < len(s.Messages); i++ {
		for _, id := range s.Messages[i].Attempts {
			at := s.Attempt(id)
			if id == last || at == nil || at.Heard >= 0 || at.Ended >= 0 || at.Outcome != ledger.Pending {
				continue
			}
			last = id
			for w := range n.wires {
				switch {
				case n.wires[w].broker.ID != at.Broker:
				case at.Answered >= 0:
					n.wires[w].answers++
				case at.Arrived < 0:
					n.wires[w].requests++
				}
			}
		}
	}
}

func (n *network) draw(a area, w *wire, s *ledger.Snapshot) {
	name, led := w.name, w.led
	right := n.names(a.w, a.h)
	x := a.w - right
	st := text
	if !w.broker.Up {
		st = failed
	}
	if a.h == 1 {
		half := (x - 1) / 2
		n.lane(a, 0, 1, half, "▶", "upstream", w.requests, w, s)
		n.lane(a, 0, half+1, x-1, "◀", "downstream", w.answers, w, s)
		end := a.put(x, 0, cut(name, right), st)
		a.put(end+1, 0, cut(led, a.w-end-1), accent)
		return
	}
	label := n.pick("requests", "requêtes")
	a.put(1, 0, label, faint)
	n.lane(a, 0, 2+width(label), x-1, "▶", "upstream", w.requests, w, s)
	label = n.pick("answers ", "réponses")
	a.put(1, 1, label, faint)
	n.lane(a, 1, 2+width(label), x-1, "◀", "downstream", w.answers, w, s)
	a.put(x, 0, cut(name, right), st)
	a.put(x, 1, cut(led, right), accent)
}

// lane draws one direction with what sits on it.
func (n *network) lane(a area, y, from, to int, arrow, stream string, held int, w *wire, s *ledger.Snapshot) {
	if to-from < 4 {
		return
	}
	st, dash := quiet, "─"
	if held > 0 {
		st, dash = pending, "━"
	}
	if !w.broker.ProxyUp || !w.broker.Up {
		st, dash = quiet, "╌"
	}
	a.fill(from, y, to-from, dash, st)
	tip, start := to-1, from
	if arrow == "◀" {
		tip, start = from, to-1
	}
	a.put(tip, y, arrow, st)
	if !w.broker.ProxyUp {
		n.label(a, y, from, to, "✗ "+n.pick("proxy down", "proxy coupé"), failed)
		return
	}
	words, kinds, toxics := "", "", 0
	for i := range s.Toxics {
		t := &s.Toxics[i]
		if t.Broker != w.broker.ID || t.Stream != stream {
			continue
		}
		if words != "" {
			words += " + "
			kinds += "+"
		}
		words += faultText(t.Kind, t.Attributes, n.lang)
		kinds += plain(t.Kind)
		toxics++
	}
	if room := to - from - labelMargin; width(words) > room {
		if words = kinds; width(words) > room && toxics > 1 {
			words = strconv.Itoa(toxics) + n.pick(" toxics", " pannes")
		}
	}
	left, right := (from+to)/2, (from+to)/2
	if words != "" {
		left, right = n.label(a, y, from, to, words, fault)
	}
	if held == 0 {
		return
	}
	// What is held stands on the side it comes from.
	mark := "●"
	if held > 1 {
		mark += strconv.Itoa(held)
	}
	if arrow == "▶" {
		a.put(max(start+1, left-width(mark)-1), y, mark, pending|bold)
	} else {
		a.put(min(right+1, start-width(mark)), y, mark, pending|bold)
	}
}

// labelMargin is what a label leaves of its direction: the arrow and the line.
const labelMargin = 5

// label sets a text in the middle of a direction and returns its two ends.
func (n *network) label(a area, y, from, to int, s string, st style) (left, right int) {
	room := to - from - labelMargin
	if room < 3 {
		return from, to
	}
	s = cut(s, room)
	left = from + (to-from-width(s)-2)/2
	a.put(left, y, "╴", quiet)
	right = a.put(left+1, y, s, st|bold)
	a.put(right, y, "╶", quiet)
	a.shade(left+1, y, right-left-1, onFault)
	return left, right + 1
}

// names is the width that the brokers' side takes.
func (n *network) names(w, rows int) int {
	broker, led := 0, 0
	for i := range n.wires {
		broker = max(broker, width(n.wires[i].name))
		led = max(led, width(n.wires[i].led))
	}
	if rows == 1 {
		return min(broker+led+2, w*45/100)
	}
	return min(max(broker, led)+1, w/2)
}

func (n *network) brokerName(b ledger.Broker) string {
	name := "broker " + strconv.Itoa(int(b.ID))
	if !b.Up {
		name += " ✗ " + n.pick("stopped", "arrêté")
	}
	return name
}

// led lists the partitions that a broker leads, of the topic in use.
func (n *network) led(broker int32, s *ledger.Snapshot) string {
	topic := "test-topic"
	if len(s.Messages) > 0 {
		topic = s.Messages[len(s.Messages)-1].Topic
	}
	var buf [64]byte
	led := append(buf[:0], "★ "...)
	if n.w >= 70 {
		led = append(append(led, plain(topic)...), '/')
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
