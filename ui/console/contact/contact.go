// Package contact is the first contact: three minutes, one pane, three times
// Enter. It runs real lab lines on the real bench and says, in plain words,
// what they did. It is for somebody who has never seen Kafka.
package contact

import (
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	"atelier/assets/words"

	tea "charm.land/bubbletea/v2"
)

// Play is the wish to run a few lab lines.
type Play struct{ Source string }

// Wish says that it is one.
func (Play) Wish() {}

// Done is the wish to go on to the course: the first contact is behind the
// learner, whole or skipped on the way.
type Done struct{ Skipped bool }

// Wish says that it is one.
func (Done) Wish() {}

// The messages of the first contact.
type (
	// Moved brings what the runner told.
	Moved struct{ Progress []lab.Progress }
	// Ended says how the lines ended.
	Ended struct {
		Result lab.Result
		Snap   *ledger.Snapshot
	}
	// Tidied says that the bench is clean again after scenes that were stopped.
	Tidied struct{ Result lab.Result }
)

// Dialog is the first contact. It is at scene n once Enter was pressed n times.
type Dialog struct {
	pane.Part
	lanes, log pane.Pane // they know how to draw the bench

	seen   pane.Seen        // the latest of the bench
	unread *ledger.Snapshot // of it, without what the log says

	scene   int
	running bool
	beat    int
	states  []lab.State // of the lines that run or ran
	failed  error       // why the lines did not run to their end; nil: they did
	stopped bool
	copies  int64 // of B, as measured
	acked   bool  // B was
}

// New makes the dialog; lanes draws attempts and log the log.
func New(lanes, log pane.Pane) *Dialog { return &Dialog{lanes: lanes, log: log} }

// last is the scene that the third Enter opens.
const last = 3

// Title says what it is.
func (d *Dialog) Title() words.Text { return words.Text{En: "first contact", Fr: "premier contact"} }

// Want is the whole screen: nothing beside it is of any use yet.
func (d *Dialog) Want(w, h int) (columns, rows int) { return w, h }

// The most that a scene fills of it, in the middle.
const (
	widest  = 106
	highest = 26
)

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		if d.seen.Snap != msg.Snap {
			d.unread = nil
		}
		d.seen = msg
		d.show()
		if d.running && pane.Spinner(msg.Beat) != pane.Spinner(d.beat) || d.shows() != nil && d.shows().Stale() {
			d.Redraw()
		}
		d.beat = msg.Beat
		return nil
	case pane.Spoken:
		d.lanes.Update(msg)
		d.log.Update(msg)
	case Moved:
		for _, p := range msg.Progress {
			if !p.Late && p.Index >= 0 && p.Index < len(d.states) {
				d.states[p.Index] = p.State
			}
		}
		d.Redraw()
	case Ended:
		d.end(msg)
	case Tidied:
		d.running, d.scene = false, 0
		if msg.Result.Status != lab.Passed {
			d.failed, d.stopped = msg.Result.Err, false
		}
		d.Redraw()
	}
	return d.Part.Update(msg)
}

// end takes in what the lines came to. What could not be carried out is tried
// again by the same Enter; what was stopped begins anew, on a bench that is
// tidied up first.
func (d *Dialog) end(e Ended) {
	d.failed, d.stopped = e.Result.Err, e.Result.Status == lab.Interrupted
	d.running = d.stopped
	if t, ok := e.Snap.Label("B"); ok {
		d.acked = t.Acked == 1
		if t.Audited {
			d.copies = t.Copies
		}
	}
	if e.Result.Status != lab.Passed && !d.stopped {
		d.scene--
	}
	if d.seen.Snap != nil {
		d.show()
	}
	d.Redraw()
}

// Stopped says that the lines were stopped on their way.
func (d *Dialog) Stopped() bool { return d.stopped }

// whole says that the learner has seen the last scene.
func (d *Dialog) whole() bool { return d.scene == last && !d.running && d.failed == nil }

// Untidy says that what ran is not over: it left a network that is ill, or a
// message half told of.
func (d *Dialog) Untidy() bool { return d.scene > 0 && !d.whole() }

// show hands the bench to the views. What the log holds is what the third Enter
// is for: until then no view tells it.
func (d *Dialog) show() {
	seen := d.seen
	if d.scene != last || d.running {
		if d.unread == nil {
			d.unread = seen.Snap.Unread()
		}
		seen.Snap = d.unread
	}
	d.lanes.Update(seen)
	d.log.Update(seen)
}

// Key goes on, or skips. Once the learner has seen everything, any key goes on:
// the three Enters are done.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	switch key := k.String(); {
	case key == "L":
		return pane.Press{Key: "L"}, true
	case key == "enter", key == "space", d.whole():
		return d.next(), true
	case key == "esc":
		return pane.All{pane.Close{}, Done{Skipped: true}}, true
	}
	return nil, true
}

// Click goes on, as Enter does.
func (d *Dialog) Click(int, int) pane.Wish { return d.next() }

func (d *Dialog) next() pane.Wish {
	switch {
	case d.running:
		return nil
	case d.scene == last:
		return pane.All{pane.Close{}, Done{}}
	}
	d.scene++
	d.running, d.failed, d.stopped = true, nil, false
	d.states = make([]lab.State, len(lines(d.scene)))
	d.Redraw()
	return Play{Source: source(d.scene)}
}

// Refused says that the lines could not even start.
func (d *Dialog) Refused(err error) {
	d.running, d.failed = false, err
	d.scene--
	d.Redraw()
}

// Help says what the keys do.
func (d *Dialog) Help() []pane.Hint {
	lang := pane.Hint{Key: words.Text{En: "L", Fr: "L"}, Does: words.Text{En: "en français", Fr: "in English"}}
	if d.whole() {
		again := pane.Hint{Key: words.Text{En: "H", Fr: "H"}, Does: words.Text{En: "the course, and this again", Fr: "le cours, et ceci encore"}}
		return []pane.Hint{lang, again}
	}
	skip := pane.Hint{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "skip; H finds it again", Fr: "passer ; H le retrouve"}}
	return []pane.Hint{lang, skip}
}

// shows is the view of the bench that a scene needs.
func (d *Dialog) shows() pane.Pane {
	switch {
	case d.scene == 0:
		return nil
	case d.scene == last && !d.running:
		return d.log
	}
	return d.lanes
}

// View draws the scene: what is told, the lines, the bench, and what Enter does.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	w, h := min(a.W, widest), min(a.H, highest)
	a = a.Sub((a.W-w)/2, (a.H-h)/2, w, h)
	y := 1
	put := func(rows []screen.Line) {
		for _, r := range rows {
			r.Put(a, 2, y)
			y++
		}
	}
	put(d.told(a.W - 4))
	y++
	put(d.lineRows(a.W - 4))
	if a.H-y >= 7 {
		y++ // there is room for air
	}
	if p, rows := d.shows(), a.H-y-3; p != nil && rows >= 2 {
		rows = min(rows, 12)
		p.Size(a.W-2, rows)
		p.View(a.Sub(1, y, a.W-2, rows))
	}
	d.action(a)
}
