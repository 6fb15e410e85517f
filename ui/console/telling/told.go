package telling

import (
	"atelier/assets/words"
	"atelier/ui/console/screen"
)

// Told is something to say. An error keeps both of its languages.
type Told struct {
	Text words.Text
	Err  error
	Tone Tone
}

// Tone is how a thing is said; each has a mark of its own.
type Tone uint8

// The tones.
const (
	Neutral  Tone = iota
	Good          // acked, held
	Doubtful      // of unknown outcome
	Bad           // refused, wrong
)

// Mark is the sign of a tone, and the style of the words behind it.
func (t Tone) Mark() (sign screen.Span, text screen.Style) {
	switch t {
	case Good:
		return screen.Span{Text: "✓ ", Style: screen.Fine}, screen.Faint
	case Doubtful:
		return screen.Span{Text: "? ", Style: screen.Failed | screen.Bold}, screen.Failed
	case Bad:
		return screen.Span{Text: "✗ ", Style: screen.Failed | screen.Bold}, screen.Failed
	}
	return screen.Span{Text: "· ", Style: screen.Faint}, screen.Faint
}
