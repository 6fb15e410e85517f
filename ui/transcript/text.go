package transcript

import (
	"encoding/json"
	"io"
	"strings"
)

// JSON writes a transcript as one object.
func (t *Transcript) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(t)
}

// Text writes a transcript for a terminal or a screen reader: its rows as plain
// lines.
func (t *Transcript) Text(w io.Writer) error {
	var b strings.Builder
	all := t.Rows()
	for i := range all {
		b.WriteString(all[i].line(phrases{t.Language}))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
