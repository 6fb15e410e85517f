package header

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/ports"

	tea "charm.land/bubbletea/v2"
)

// Pane is the line at the top: where the learner is, and on what.
type Pane struct {
	pane.Part
	at      Whereabouts
	minutes int // since the console was opened
	cluster words.Text
	api     string // the port of the HTTP API; empty: there is none
	toxics  string // the port of Toxiproxy's API, where it is not the usual one
	badge   words.Text
	help    int // the column from which the key of the help stands
	bar     int // the first column of the bar of steps; 0: none is drawn
	cells   int // of the bar
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

// New makes the pane. api and toxiproxy are where the HTTP API and Toxiproxy's
// are; empty: nowhere.
func New(cluster words.Text, api, toxiproxy string) *Pane {
	h := &Pane{cluster: cluster, api: portOf(api), toxics: portOf(toxiproxy)}
	if h.toxics == ports.Toxiproxy {
		h.toxics = ""
	}
	return h
}

func portOf(url string) string { return url[strings.LastIndexByte(url, ':')+1:] }

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
	help := h.helps()
	a.PutRight(a.W-1, 0, help, screen.Accent)
	h.help, h.bar = a.W-1-screen.Width(help), 0

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
		if before, _, there := strings.Cut(progress, "▰"); there {
			h.bar, h.cells = x+screen.Width(before), barOf(h.at.Steps)
		}
	}
}

// barOf is how many cells the bar of some steps has.
func barOf(steps int) int { return min(steps, 10) }

// Click goes to the step that a cell of the bar stands for, and on the key of
// the help it opens that.
func (h *Pane) Click(x, _ int) pane.Wish {
	switch {
	case x >= h.help:
		return pane.Press{Key: "?"}
	case h.bar > 0 && x >= h.bar && x < h.bar+h.cells:
		// The first step that fills the bar so far; one cell is always full.
		cell, step := x-h.bar+1, 0
		if cell > 1 {
			step = (cell*h.at.Steps+h.cells-1)/h.cells - 1
		}
		return pane.GoTo{Module: h.at.Number, Step: step}
	}
	return nil
}

func (h *Pane) progress(room int) string {
	s := h.Pick("step ", "étape ") + strconv.Itoa(h.at.Step) + "/" + strconv.Itoa(h.at.Steps)
	if room > 40 {
		bar := barOf(h.at.Steps)
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
		// A port that nobody expects is worth more than a number that the network shows.
		if h.Seen.Snap != nil && len(h.Seen.Snap.Brokers) > 0 && (h.toxics == "" || w >= 140) {
			parts = append(parts, strconv.Itoa(len(h.Seen.Snap.Brokers))+" brokers")
		}
	}
	if w >= 110 && h.api != "" {
		parts = append(parts, "API :"+h.api)
	}
	if w >= 110 && h.toxics != "" {
		parts = append(parts, "Toxiproxy :"+h.toxics)
	}
	parts = append(parts, strings.ToUpper(string(h.Lang)), h.helps())
	return strings.Join(parts, " · ")
}

func (h *Pane) helps() string { return h.Pick("? help", "? aide") }
