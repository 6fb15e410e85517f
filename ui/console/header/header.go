package header

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Pane is the line at the top: where the learner is, and on what.
type Pane struct {
	pane.Part
	at      Whereabouts
	minutes int // since the console was opened
	cluster words.Text
	badge   words.Text
}

// Whereabouts says which step of which module is on screen.
type Whereabouts struct {
	Number, Step, Steps, Minutes int
	Title                        string
}

// MinutesPassed says how long the console has been open.
type MinutesPassed struct{ Minutes int }

// Badge puts a word beside the console's name, where what is on screen is not
// the present; empty takes it away.
type Badge struct{ Text words.Text }

// New makes the pane.
func New(cluster words.Text) *Pane { return &Pane{cluster: cluster} }

// Update takes a message in.
func (h *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case Whereabouts:
		if h.at != msg {
			h.Redraw()
		}
		h.at = msg
	case MinutesPassed:
		if h.minutes != msg.Minutes {
			h.Redraw()
		}
		h.minutes = msg.Minutes
	case Badge:
		h.badge = msg.Text
		h.Redraw()
	case pane.Seen:
		// Of the ledger it shows the number of brokers alone.
		if h.Seen.Snap == nil || len(h.Seen.Snap.Brokers) != len(msg.Snap.Brokers) {
			h.Redraw()
		}
		h.Seen = msg
		return nil
	}
	return h.Part.Update(msg)
}

// View draws the pane.
func (h *Pane) View(a screen.Area) {
	h.Begin(a)
	right := h.right(a.W)
	end := a.W - screen.Width(right) - 1
	a.Put(end, 0, right, screen.Faint)
	a.PutRight(a.W-1, 0, h.Pick("? help", "? aide"), screen.Accent)

	x := a.Put(0, 0, " ATELIER ", screen.Accent|screen.Bold|screen.Reverse) + 1
	if badge := h.badge.In(h.Lang); badge != "" {
		x = a.Put(x-1, 0, " "+badge+" ", screen.Fault|screen.Bold|screen.Reverse) + 1
	}
	if h.at.Steps == 0 {
		return
	}
	// The title goes before the progress does, and neither is cut in a word.
	progress := h.progress(end - x)
	title := screen.Plain(h.at.Title)
	if h.at.Number >= 0 {
		title = strconv.Itoa(h.at.Number) + " " + title
	}
	if room := end - x - screen.Width(progress) - 3; screen.Width(title) > room {
		title = ""
		if h.at.Number >= 0 {
			title = strconv.Itoa(h.at.Number)
		}
	}
	x = a.Put(x, 0, title, screen.Bold) + 2
	if x+screen.Width(progress)+1 <= end {
		a.Put(x, 0, progress, screen.Accent)
	}
}

func (h *Pane) progress(room int) string {
	s := h.Pick("step ", "étape ") + strconv.Itoa(h.at.Step) + "/" + strconv.Itoa(h.at.Steps)
	if room > 40 {
		bar := min(h.at.Steps, 10)
		done := max(1, h.at.Step*bar/h.at.Steps)
		s += " " + strings.Repeat("▰", done) + strings.Repeat("▱", bar-done)
	}
	return s
}

// right is what stands at the right end, shorter where there is less room.
func (h *Pane) right(w int) string {
	parts := []string{}
	switch {
	case w < 72: // the step is worth more
	case h.at.Minutes > 0:
		parts = append(parts, strconv.Itoa(h.minutes)+" / "+strconv.Itoa(h.at.Minutes)+"\u00a0min")
	default:
		parts = append(parts, strconv.Itoa(h.minutes)+"\u00a0min")
	}
	if w >= 90 {
		if c := h.cluster.In(h.Lang); c != "" {
			parts = append(parts, screen.Plain(c))
		}
		if h.Seen.Snap != nil && len(h.Seen.Snap.Brokers) > 0 {
			parts = append(parts, strconv.Itoa(len(h.Seen.Snap.Brokers))+" brokers")
		}
	}
	parts = append(parts, strings.ToUpper(string(h.Lang)), h.Pick("? help", "? aide"))
	return strings.Join(parts, " · ")
}
