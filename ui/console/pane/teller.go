package pane

// Teller is a view that says in sentences what it draws: for those who see no
// drawing, and to be copied out. It tells of the snapshot that it shows, in the
// language that it speaks; nothing where it draws nothing.
type Teller interface {
	Tell() []string
}

// Told bounds how many messages, reports or requests a view tells of: the
// latest.
const Told = 24
