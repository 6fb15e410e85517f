package pane

import "atelier/assets/words"

// Write asks to write a text to a file, for terminals that keep the clipboard
// to themselves. What says what it is, in a word or two: it becomes a part of
// the file's name.
type Write struct{ What, Text string }

// Wish makes it a wish.
func (Write) Wish() {}

// CopyOut is what the keys of copying out wish for: y the clipboard, Y a file.
// Other keys, and a text that is empty, are none of them.
func CopyOut(key, what string, text func() string) (Wish, bool) {
	if key != "y" && key != "Y" {
		return nil, false
	}
	s := text()
	switch {
	case s == "":
		return nil, false
	case key == "y":
		return Copy{What: what, Text: s}, true
	}
	return Write{What: what, Text: s}, true
}

// CopyHints are the keys of CopyOut.
func CopyHints() []Hint {
	return []Hint{
		{Key: words.Text{En: "y", Fr: "y"}, Does: words.Text{En: "copy", Fr: "copier"}},
		{Key: words.Text{En: "Y", Fr: "Y"}, Does: words.Text{En: "to a file", Fr: "en fichier"}},
	}
}
