package pane

// Spinner turns while something is under way. At the beat 0 nothing may turn:
// there it is a mark that stands still.
func Spinner(beat int) string {
	if beat == 0 {
		return "●"
	}
	const frames = "⣾⣽⣻⢿⡿⣟⣯⣷"
	i := beat / 3 % 8 * 3
	return frames[i : i+3]
}
