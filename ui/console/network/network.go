package network

import (
	"strconv"
	"strings"

	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane draws the producer, the brokers, and what sits on the way between
// them: requests go right, answers come back left, and each direction has its
// own toxics.
type Pane struct {
	pane.Part
	wires []wire
	topic string // whose leaders are shown
	words telling.FaultWords
	lanes []reach
}

// wire is what is under way between the producer and one broker.
type wire struct {
	broker            ledger.Broker
	name, led         string
	requests, answers int // departed and not arrived; answered and not heard
}

// New makes the pane.
func New() *Pane { return &Pane{} }

// Update takes a message in.
func (n *Pane) Update(msg tea.Msg) tea.Cmd { return n.Part.Update(msg) }

// View draws the pane.
func (n *Pane) View(a screen.Area) {
	n.Begin(a)
	s := n.Seen.Snap
	if s == nil || len(s.Brokers) == 0 {
		a.Put(1, 0, n.Pick("opening the bench…", "ouverture du banc…"), screen.Faint)
		return
	}
	n.count(s)
	n.lanes = n.lanes[:0]
	rows := 1
	if a.H >= 2*len(n.wires) {
		rows = 2
	}
	producer := n.Pick("producer", "producteur")
	rail := 2 + screen.Width(producer)
	a.Put(1, (min(a.H, rows*len(n.wires))-1)/2, producer, screen.Bold)
	for i := range n.wires {
		if (i+1)*rows > a.H {
			a.PutRight(a.W, a.H-1, "+"+strconv.Itoa(len(n.wires)-i), screen.Faint)
			break
		}
		for y := range rows {
			a.Put(rail, i*rows+y, "┃", screen.Quiet)
		}
		n.draw(a.Sub(rail+1, i*rows, a.W-rail-1, rows), &n.wires[i], s)
		n.reaches(rail+1, i*rows, a.W-rail-1, rows, &n.wires[i])
	}
}

// count finds what is under way in the latest messages.
func (n *Pane) count(s *ledger.Snapshot) {
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

func (n *Pane) draw(a screen.Area, w *wire, s *ledger.Snapshot) {
	x := a.W - n.names(a.W)
	if a.H == 1 {
		half := (x - 1) / 2
		n.lane(a, 0, 1, half, "▶", "upstream", w.requests, w, s)
		n.lane(a, 0, half+1, x-1, "◀", "downstream", w.answers, w, s)
		n.brokerSide(a, x, w)
		return
	}
	label := n.Pick("requests", "requêtes")
	a.Put(1, 0, label, screen.Faint)
	n.lane(a, 0, 2+screen.Width(label), x-1, "▶", "upstream", w.requests, w, s)
	label = n.Pick("answers ", "réponses")
	a.Put(1, 1, label, screen.Faint)
	n.lane(a, 1, 2+screen.Width(label), x-1, "◀", "downstream", w.answers, w, s)
	n.brokerSide(a, x, w)
}

// brokerSide names a broker and the partitions that it leads.
func (n *Pane) brokerSide(a screen.Area, x int, w *wire) {
	st := screen.Ink
	if !w.broker.Up {
		st = screen.Failed
	}
	end := a.Put(x, 0, screen.Cut(w.name, a.W-x-1), st) + 1
	led := w.led
	if topic := strings.LastIndexByte(led, '/'); topic >= 0 && end+screen.Width(led) >= a.W {
		led = "★ " + led[topic+1:]
	}
	a.Put(end, 0, screen.Cut(led, a.W-end-1), screen.Accent)
}

// lane draws one direction with what sits on it.
func (n *Pane) lane(a screen.Area, y, from, to int, arrow, stream string, held int, w *wire, s *ledger.Snapshot) {
	if to-from < 4 {
		return
	}
	st, dash := screen.Quiet, "─"
	if !w.broker.ProxyUp || !w.broker.Up {
		dash = "╌"
	}
	free := !n.obstructed(w, stream, s)
	if held > 0 && free {
		st, dash = screen.Pending, "━"
	}
	a.Fill(from, y, to-from, dash, st)
	tip, start := to-1, from
	if arrow == "◀" {
		tip, start = from, to-1
	}
	a.Put(tip, y, arrow, st)
	if cause, short := n.down(w); cause != "" {
		if screen.Width(cause) > to-from-labelMargin {
			cause = short
		}
		n.label(a, y, from, to, cause, screen.Failed)
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
		said := n.words.Of(t.Kind, t.Attributes, n.Lang)
		if t.Foreign {
			said = telling.About + said
		}
		kind, _, _ := strings.Cut(strings.TrimPrefix(said, telling.About), " ")
		words += said
		kinds += kind
		toxics++
	}
	if room := to - from - labelMargin; screen.Width(words) > room {
		if words = kinds; screen.Width(words) > room && toxics > 1 {
			words = strconv.Itoa(toxics) + n.Pick(" toxics", " pannes")
		}
	}
	left, right := (from+to)/2, (from+to)/2
	if words != "" {
		left, right = n.label(a, y, from, to, words, screen.Fault)
	}
	if held == 0 {
		return
	}
	// What a fault holds back has come as far as the fault.
	if !free && arrow == "▶" {
		a.Fill(from, y, left-from, "━", screen.Pending)
	} else if !free {
		a.Fill(right, y, to-right, "━", screen.Pending)
	}
	// What is held stands on the side it comes from.
	mark := "●"
	if held > 1 {
		mark += strconv.Itoa(held)
	}
	if arrow == "▶" {
		a.Put(max(start+1, left-screen.Width(mark)-1), y, mark, screen.Pending|screen.Bold)
	} else {
		a.Put(min(right+1, start-screen.Width(mark)), y, mark, screen.Pending|screen.Bold)
	}
}

// obstructed says whether a toxic sits on a direction.
func (n *Pane) obstructed(w *wire, stream string, s *ledger.Snapshot) bool {
	for i := range s.Toxics {
		if t := &s.Toxics[i]; t.Broker == w.broker.ID && t.Stream == stream {
			return true
		}
	}
	return false
}

// down says why nothing gets through at all, also where there is little room; a
// stopped broker outdoes its proxy.
func (n *Pane) down(w *wire) (cause, short string) {
	switch {
	case !w.broker.Up:
		return n.Pick("✗ broker stopped", "✗ broker arrêté"), n.Pick("✗ stopped", "✗ arrêté")
	case !w.broker.ProxyUp:
		return n.Pick("✗ proxy down", "✗ proxy arrêté"), "✗ proxy"
	}
	return "", ""
}

// labelMargin is what a label leaves of its direction: the arrow and the line.
const labelMargin = 5

// label sets a text in the middle of a direction and returns its two ends.
func (n *Pane) label(a screen.Area, y, from, to int, s string, st screen.Style) (left, right int) {
	room := to - from - labelMargin
	if room < 3 {
		return from, to
	}
	s = screen.Cut(s, room)
	left = from + (to-from-screen.Width(s)-2)/2
	a.Put(left, y, "╴", screen.Quiet)
	right = a.Put(left+1, y, s, st|screen.Bold)
	a.Put(right, y, "╶", screen.Quiet)
	a.Shade(left+1, y, right-left-1, screen.OnFault)
	return left, right + 1
}

// names is the width that the brokers' side takes.
func (n *Pane) names(w int) int {
	broker, led := 0, 0
	for i := range n.wires {
		broker = max(broker, screen.Width(n.wires[i].name))
		led = max(led, screen.Width(n.wires[i].led))
	}
	return min(broker+led+3, w*45/100)
}

func (n *Pane) brokerName(b ledger.Broker) string {
	name := "broker " + strconv.Itoa(int(b.ID))
	if !b.Up {
		name += " ✗"
	}
	return name
}
