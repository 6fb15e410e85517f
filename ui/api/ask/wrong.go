package ask

import "atelier/assets/words"

// Kind says in which way a request is wrong.
type Kind int

// The kinds of wrong requests.
const (
	Unreadable    Kind = iota + 1 // it is not what it says, or has what nobody knows
	Contradictory                 // it says two things of one field
	TooLarge
	TooSlow
	WrongType  // of content
	Impossible // it was understood, but it can't be
)

// Wrong is what is wrong with a request, in both languages: what and why, and
// what to do instead.
type Wrong struct {
	Kind           Kind
	Field          string // that is to blame
	Detail, Action words.Text
}

// Error implements error.
func (w *Wrong) Error() string { return w.Detail.En }

func wrong(k Kind, field string, detail, action words.Text) *Wrong {
	return &Wrong{Kind: k, Field: field, Detail: detail, Action: action}
}

// say is a sentence in both languages.
func say(en, fr string, args ...any) words.Text { return words.Textf(en, fr, args...) }
