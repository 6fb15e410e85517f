package pane

// Spinner turns while something is under way.
func Spinner(beat int) string {
	const frames = "⣾⣽⣻⢿⡿⣟⣯⣷"
	i := beat / 3 % 8 * 3
	return frames[i : i+3]
}
