package console

import (
	"strconv"
	"strings"

	"atelier/kafka/ledger"

	tea "charm.land/bubbletea/v2"
)

// network draws the producer, the brokers, and what sits on the way between
// them: requests go right, answers come back left, and each direction has its
// own toxics.
type network struct {
	part
	wires []wire
	topic string // whose leaders are shown
	words faultWords
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
	n.topic = topicInUse(n.topic, s)
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
	x := a.w - n.names(a.w)
	if a.h == 1 {
		half := (x - 1) / 2
		n.lane(a, 0, 1, half, "▶", "upstream", w.requests, w, s)
		n.lane(a, 0, half+1, x-1, "◀", "downstream", w.answers, w, s)
		n.brokerSide(a, x, w)
		return
	}
	label := n.pick("requests", "requêtes")
	a.put(1, 0, label, faint)
	n.lane(a, 0, 2+width(label), x-1, "▶", "upstream", w.requests, w, s)
	label = n.pick("answers ", "réponses")
	a.put(1, 1, label, faint)
	n.lane(a, 1, 2+width(label), x-1, "◀", "downstream", w.answers, w, s)
	n.brokerSide(a, x, w)
}

// brokerSide names a broker and the partitions that it leads.
func (n *network) brokerSide(a area, x int, w *wire) {
	st := text
	if !w.broker.Up {
		st = failed
	}
	end := a.put(x, 0, cut(w.name, a.w-x), st)
	a.put(end+1, 0, cut(w.led, a.w-end-1), accent)
}

// lane draws one direction with what sits on it.
func (n *network) lane(a area, y, from, to int, arrow, stream string, held int, w *wire, s *ledger.Snapshot) {
	if to-from < 4 {
		return
	}
	st, dash := quiet, "─"
	if !w.broker.ProxyUp || !w.broker.Up {
		dash = "╌"
	}
	free := !n.obstructed(w, stream, s)
	if held > 0 && free {
		st, dash = pending, "━"
	}
	a.fill(from, y, to-from, dash, st)
	tip, start := to-1, from
	if arrow == "◀" {
		tip, start = from, to-1
	}
	a.put(tip, y, arrow, st)
	if cause := n.down(w); cause != "" {
		n.label(a, y, from, to, cause, failed)
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
		said := n.words.of(t.Kind, t.Attributes, n.lang)
		if t.Foreign {
			said = about + said
		}
		kind, _, _ := strings.Cut(strings.TrimPrefix(said, about), " ")
		words += said
		kinds += kind
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
	// What a fault holds back has come as far as the fault.
	if !free && arrow == "▶" {
		a.fill(from, y, left-from, "━", pending)
	} else if !free {
		a.fill(right, y, to-right, "━", pending)
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

// obstructed says whether a toxic sits on a direction.
func (n *network) obstructed(w *wire, stream string, s *ledger.Snapshot) bool {
	for i := range s.Toxics {
		if t := &s.Toxics[i]; t.Broker == w.broker.ID && t.Stream == stream {
			return true
		}
	}
	return false
}

// down says why nothing gets through at all; a stopped broker outdoes its proxy.
func (n *network) down(w *wire) string {
	switch {
	case !w.broker.Up:
		return n.pick("✗ stopped", "✗ arrêté")
	case !w.broker.ProxyUp:
		return n.pick("✗ cut", "✗ coupé")
	}
	return ""
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
func (n *network) names(w int) int {
	broker, led := 0, 0
	for i := range n.wires {
		broker = max(broker, width(n.wires[i].name))
		led = max(led, width(n.wires[i].led))
	}
	return min(broker+led+2, w*45/100)
}

func (n *network) brokerName(b ledger.Broker) string {
	name := "broker " + strconv.Itoa(int(b.ID))
	if !b.Up {
		name += " ✗"
	}
	return name
}
