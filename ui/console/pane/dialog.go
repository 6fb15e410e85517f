package pane

import (
	"atelier/assets/words"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Dialog is a pane that stands above the others. While it is open it takes all
// keys, pastes and clicks; Esc that it has no use for closes it. The console
// draws its border, with the title, and with what Help says at the bottom.
type Dialog interface {
	Pane
	// Title stands in the border.
	Title() words.Text
	// Want is how many columns and rows the dialog would fill, of those that
	// there are. It is asked again after each message.
	Want(w, h int) (columns, rows int)
}

// Typist is a pane or a dialog that somebody types in. It also gets
// tea.PasteMsg by Update.
type Typist interface {
	// Cursor is the cell that the cursor stands on; false hides it.
	Cursor() (x, y int, on bool)
}

// Wish is what a pane or a dialog asks of the console, which alone can carry it
// out: what its key or its click decided. A pane may have wishes of its own,
// which the console then knows by their type. Nil is no wish.
type Wish interface{ Wish() }

// The wishes that any pane may have.
type (
	// Run asks to run a lab line. It enters the history.
	Run struct{ Line string }
	// GoTo asks for a module by its number, and a step of it from 0.
	GoTo struct{ Module, Step int }
	// Press asks for what a key of the console does, by its name.
	Press struct{ Key string }
	// Open asks to put a dialog above everything.
	Open struct{ Dialog Dialog }
	// Close asks to close the dialog that is on top.
	Close struct{}
	// Say asks to say something under the prompt.
	Say struct{ Told telling.Told }
	// Copy asks to hand a text to the learner's clipboard. What says what it is,
	// as in Write, which may be all that there is.
	Copy struct{ What, Text string }
	// Later asks to carry out what takes its time.
	Later struct{ Cmd tea.Cmd }
	// All asks for several things, in order.
	All []Wish
)

// Wish makes each of them a wish.
func (Run) Wish()   {}
func (GoTo) Wish()  {}
func (Press) Wish() {}
func (Open) Wish()  {}
func (Close) Wish() {}
func (Say) Wish()   {}
func (Copy) Wish()  {}
func (Later) Wish() {}
func (All) Wish()   {}
