package pane

// Ender is a dialog that started something: what it started ends with it.
type Ender interface {
	// End is called when the dialog is closed.
	End()
}
