package prompt

import (
	"strings"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/editor"
	"atelier/ui/console/pane"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane takes lab lines. While it has no focus it shows the line that ran
// last, so that whoever works by keys sees the language at work.
type Pane struct {
	pane.Part
	editor     editor.Line
	history    history
	completion completion
	ghost      string // what → would add behind the cursor
	last       lastLine
	wrong      editor.Wrong
	why        error // what is wrong there
	hints      []pane.Hint
	spots      []spot
	beat       int
	cursor     int // its column, while the prompt has the focus
}

// lastLine is the line that ran last, by key or from the prompt.
type lastLine struct {
	id      int
	line    string
	running bool
	ok      bool
}

// Submitted is the wish to run what was written.
type Submitted struct{ Line string }

// Wish says that it is one.
func (Submitted) Wish() {}

// The messages of the prompt.
type (
	// LineStarted says that a line runs: it enters the history.
	LineStarted struct {
		ID   int
		Line string
	}
	// LineEnded says how it ended.
	LineEnded struct {
		ID int
		Ok bool
	}
	// Suggested puts other hints beside the line.
	Suggested struct{ Hints []pane.Hint }
	// Cleared empties the line under edit.
	Cleared struct{}
	// Turned says that the learner turned to another step: a line that was refused
	// is behind. The history has it.
	Turned struct{}
	// LineWrong says that what was submitted could not be read, where, and why.
	// It goes back under edit, and the error stays below until the next edit.
	LineWrong struct {
		Line string
		Part editor.Wrong
		Why  error
	}
)

// New makes the pane. Names are asked for when a line is completed; lines are a
// history from before, oldest first.
func New(names func() lab.Names, lines []string) *Pane {
	p := &Pane{completion: completion{names: names}}
	for _, l := range lines {
		p.history.remember(l)
	}
	return p
}

// Update takes a message in.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		if p.last.running && pane.Spinner(msg.Beat) != pane.Spinner(p.beat) {
			p.Redraw()
		}
		p.beat = msg.Beat
		return nil
	case LineStarted:
		p.history.remember(msg.Line)
		p.last = lastLine{id: msg.ID, line: msg.Line, running: true}
		p.Redraw()
	case LineEnded:
		if msg.ID == p.last.id {
			p.last.running, p.last.ok = false, msg.Ok
			p.Redraw()
		}
	case LineWrong:
		p.history.remember(msg.Line)
		p.set(msg.Line)
		p.wrong, p.why = msg.Part, msg.Why
		if msg.Part.Length > 0 { // the cursor stands where there is something to change
			p.editor.MoveTo(msg.Part.Column - 1 + msg.Part.Length)
		}
	case Cleared:
		p.set("")
	case Turned:
		if p.why != nil {
			p.set("")
		}
		if !p.last.running && !p.last.ok {
			p.last = lastLine{}
			p.Redraw()
		}
	case tea.PasteMsg:
		return p.paste(msg.Content)
	case Suggested:
		p.hints = msg.Hints
		p.Redraw()
	}
	return p.Part.Update(msg)
}

// paste takes a text in, as far as there is room, and says what became of it.
func (p *Pane) paste(s string) tea.Cmd {
	whole := p.editor.Insert(s)
	p.edited()
	lines := 1 + strings.Count(p.editor.String(), "\n")
	switch {
	case !whole:
		return say(telling.Bad, "Too long: %[1]d characters at most. The rest was left out. A long script is better run by --script.",
			"Ligne trop longue : %[1]d caractères au plus. Le reste a été coupé. Un long script se lance plutôt par --script.", editor.MaxTyped)
	case lines > 1:
		return say(telling.Neutral, "%[1]d lines, a script: Enter runs them in order, Esc drops them.",
			"%[1]d lignes, un script : Entrée les lance dans l’ordre, Échap les abandonne.", lines)
	}
	return nil
}

func say(tone telling.Tone, en, fr string, args ...any) tea.Cmd {
	told := telling.Told{Tone: tone, Text: words.Textf(en, fr, args...)}
	return func() tea.Msg { return told }
}

// Key edits the line, completes it, recalls another one, or hands it over.
func (p *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	p.Redraw()
	switch key := k.String(); key {
	case "enter":
		if p.editor.Cut() { // what was left out is no fault of the line
			p.why = errTooLong
			return nil, true
		}
		line := p.editor.String()
		p.set("")
		if line == "" {
			return nil, true
		}
		return Submitted{line}, true
	case "up":
		p.recall(-1)
	case "down":
		p.recall(1)
	case "tab", "shift+tab":
		if !p.Written() { // what is written is not left by accident
			return nil, false
		}
		p.complete(key == "tab")
	case "esc":
		return nil, p.dropCandidates()
	case ":":
		if p.Written() {
			p.editor.Key(k)
			p.edited()
			break
		}
		return pane.All{pane.Press{Key: "esc"}, pane.Press{Key: "ctrl+p"}}, true
	case "right", "ctrl+f":
		if p.ghost != "" && p.editor.AtEnd() {
			p.editor.Insert(p.ghost)
			p.edited()
			break
		}
		p.editor.Key(k)
		p.ghost = ""
	default:
		if !p.editor.Key(k) {
			return nil, false
		}
		p.edited()
		if p.editor.Cut() {
			p.why = errTooLong
		}
	}
	return nil, true
}

var errTooLong = words.Errorf(
	"the line is longer than %d characters, the most that it may have: the rest was left out. Shorten it; for a large value write size=, as in size=10KB",
	"la ligne dépasse %d caractères, son maximum : le reste a été coupé. Raccourcissez-la ; pour une grande valeur, écrivez size=, comme size=10KB", editor.MaxTyped)

// set writes another line.
func (p *Pane) set(line string) {
	p.editor.Set(line)
	p.edited()
	p.ghost = ""
}

// edited forgets what was said of the line as it was.
func (p *Pane) edited() {
	p.wrong, p.why = editor.Wrong{}, nil
	p.completion.end()
	p.history.leave()
	p.ghost = p.guess()
	p.Redraw()
}

// recall walks through the history; what was being written is kept.
func (p *Pane) recall(by int) {
	line, there := p.history.walk(by, p.editor.String())
	if !there {
		return
	}
	p.editor.Set(line)
	p.wrong, p.why, p.ghost = editor.Wrong{}, nil, ""
	p.completion.end()
}

// Cursor is where the next character goes, while the prompt has the focus.
func (p *Pane) Cursor() (x, y int, on bool) { return p.cursor, 0, p.Focus }

// Line is the line under edit.
func (p *Pane) Line() string { return p.editor.String() }

// Lines are those that may be recalled, oldest first.
func (p *Pane) Lines() []string { return p.history.lines }

// Written says that something stands in the line under edit.
func (p *Pane) Written() bool { return !p.editor.Empty() }

// Help lists its keys.
func (p *Pane) Help() []pane.Hint {
	return []pane.Hint{
		{Key: words.Text{En: "Enter", Fr: "Entrée"}, Does: words.Text{En: "run", Fr: "lancer"}},
		{Key: words.Text{En: "Tab", Fr: "Tab"}, Does: words.Text{En: "complete", Fr: "compléter"}},
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "history", Fr: "historique"}},
		{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "back to the keys", Fr: "retour aux touches"}, Press: "esc"},
	}
}
