package access

import (
	"fmt"
	"io"
)

// mask is what is shown of a secret. It does not tell the length.
const mask = "•••"

// Secret is a text that is never shown, whichever way it is printed: it hides
// in a function, where not even reflection finds it.
type Secret struct{ reveal func() string }

// NewSecret hides a text.
func NewSecret(s string) Secret { return Secret{func() string { return s }} }

// Reveal returns the text, for those who must send it.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// Empty says whether there is nothing to hide.
func (s Secret) Empty() bool { return s.Reveal() == "" }

func (s Secret) String() string {
	if s.Empty() {
		return ""
	}
	return mask
}

// GoString implements fmt.GoStringer.
func (s Secret) GoString() string { return fmt.Sprintf("access.Secret(%q)", s.String()) }

// Format implements fmt.Formatter, for the verbs that ask neither.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText implements encoding.TextMarshaler, for JSON, YAML and logs.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
