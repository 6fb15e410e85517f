package console

import (
	"strconv"
	"strings"

	"atelier/assets/words"

	tea "charm.land/bubbletea/v2"
)

// header is the line at the top: where the learner is, and on what.
type header struct {
	part
	at      whereabouts
	minutes int // since the console was opened
	cluster words.Text
}

// whereabouts says which step of which module is on screen.
type whereabouts struct {
	number, step, steps, minutes int
	title                        string
}

// minutesPassed says how long the console has been open.
type minutesPassed struct{ minutes int }

func newHeader(cluster words.Text) *header { return &header{cluster: cluster} }

func (h *header) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case whereabouts:
		h.drawn = h.drawn && h.at == msg
		h.at = msg
	case minutesPassed:
		h.drawn = h.drawn && h.minutes == msg.minutes
		h.minutes = msg.minutes
	case seen:
		// Of the ledger it shows the number of brokers alone.
		if h.seen.snap == nil || len(h.seen.snap.Brokers) != len(msg.snap.Brokers) {
			h.drawn = false
		}
		h.seen = msg
		return nil
	}
	return h.part.update(msg)
}

func (h *header) view(a area) {
	h.begin(a)
	right := h.right(a.w)
	end := a.w - width(right) - 1
	a.put(end, 0, right, faint)
	a.putRight(a.w-1, 0, h.pick("? help", "? aide"), accent)

	x := a.put(0, 0, " ATELIER ", accent|bold|reverse) + 1
	if h.at.steps == 0 {
		return
	}
	progress := h.progress(end - x)
	// The title is cut before the progress is.
	room := end - x - width(progress) - 4
	if room > 4 {
		title := plain(h.at.title)
		if h.at.number >= 0 {
			title = strconv.Itoa(h.at.number) + " " + title
		}
		x = a.put(x, 0, cut(title, room), bold) + 2
	}
	if x+width(progress)+1 < end {
		a.put(x, 0, progress, accent)
	}
}

func (h *header) progress(room int) string {
	s := h.pick("step ", "étape ") + strconv.Itoa(h.at.step) + "/" + strconv.Itoa(h.at.steps)
	if room > 40 {
		bar := min(h.at.steps, 10)
		done := max(1, h.at.step*bar/h.at.steps)
		s += " " + strings.Repeat("▰", done) + strings.Repeat("▱", bar-done)
	}
	return s
}

// right is what stands at the right end, shorter where there is less room.
func (h *header) right(w int) string {
	parts := []string{}
	if h.at.minutes > 0 {
		parts = append(parts, strconv.Itoa(h.minutes)+" / "+strconv.Itoa(h.at.minutes)+"\u00a0min")
	} else {
		parts = append(parts, strconv.Itoa(h.minutes)+"\u00a0min")
	}
	if w >= 90 {
		if c := h.cluster.In(h.lang); c != "" {
			parts = append(parts, plain(c))
		}
		if h.seen.snap != nil && len(h.seen.snap.Brokers) > 0 {
			parts = append(parts, strconv.Itoa(len(h.seen.snap.Brokers))+" brokers")
		}
	}
	parts = append(parts, strings.ToUpper(string(h.lang)), h.pick("? help", "? aide"))
	return strings.Join(parts, " · ")
}
