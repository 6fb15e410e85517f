package lab

import (
	"strings"
	"time"

	"atelier/assets/words"
)

// begun is a send that has been announced in this run.
type begun struct {
	batch uint32
	send  *Send
}

// note remembers that a line's send has begun.
func (x *execution) note(i int, b begun) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.begun == nil {
		x.begun = map[int]begun{}
	}
	x.begun[i] = b
}

// waitsAfter is how long an audit waits for reports before it says for which.
const waitsAfter = time.Second

// tellWaiting says once, if an audit is not over by then, which sends it is
// waiting for. The caller calls stop when the audit has ended.
func (x *execution) tellWaiting() (stop func()) {
	if x.Waiting == nil {
		return func() {}
	}
	ended := false
	timer := time.AfterFunc(waitsAfter, func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		if ended {
			return
		}
		if text := x.unreported(); text.En != "" {
			x.Waiting(text)
		}
	})
	return func() {
		timer.Stop()
		x.mu.Lock()
		defer x.mu.Unlock()
		ended = true
	}
}

// reported says whether every send of this run has all its reports.
func (x *execution) reported() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, b := range x.begun {
		if x.reportsOf(b) < int64(b.send.Count) {
			return false
		}
	}
	return true
}

func (x *execution) reportsOf(b begun) int64 {
	t := x.Bench.Ledger().Batch(b.batch)
	return t.Acked + t.Failed + t.Unknown + t.Fired
}

// unreported lists the sends that lack reports. The lock is held.
func (x *execution) unreported() words.Text {
	var en, fr []string
	for i, line := range x.script.Lines {
		b, is := x.begun[i]
		if !is {
			continue
		}
		reports := x.reportsOf(b)
		if reports >= int64(b.send.Count) {
			continue
		}
		name := words.Textf("line %d", "ligne %d", line.Pos.Line)
		if b.send.Label != "" {
			name = words.Text{En: b.send.Label, Fr: b.send.Label}
		}
		one := words.Textf("%s: %d of %d", "%s : %d sur %d", name, reports, b.send.Count)
		en, fr = append(en, one.En), append(fr, one.Fr)
	}
	if len(en) == 0 {
		return words.Text{}
	}
	return words.Textf("waiting for reports: %s", "en attente des rapports : %s",
		words.Text{En: strings.Join(en, ", "), Fr: strings.Join(fr, ", ")})
}

// Part is how far a send came that was not done to its end.
type Part struct{ Done, Count int64 }

// parts says how far the sends came that did not end.
func (x *execution) parts() map[Pos]Part {
	x.mu.Lock()
	defer x.mu.Unlock()
	parts := map[Pos]Part{}
	for i, b := range x.begun {
		if t := x.Bench.Ledger().Batch(b.batch); !x.ended[i] && t.Acked+t.Fired > 0 {
			parts[x.script.Lines[i].Pos] = Part{t.Acked + t.Fired, int64(b.send.Count)}
		}
	}
	return parts
}
