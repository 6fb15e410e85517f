package tape

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"atelier/assets/words"
)

// trailing is what follows an object on its line.
type trailing struct{ offset int64 }

func (*trailing) Error() string { return "something follows the object" }

// strictly reads one JSON object that must have no member that v lacks: what
// is misspelt must not be passed over.
func strictly(line []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	end := d.InputOffset()
	if len(bytes.TrimSpace(line[end:])) > 0 {
		return &trailing{end + 1}
	}
	return nil
}

// nameless says why a line has no name.
func (r *reader) nameless() error {
	var any json.RawMessage
	if err := strictly(r.line, &any); err != nil {
		return r.undecodable(err)
	}
	return r.wrong(1, words.Textf(
		`a line is an object whose first member is its name: {"event":"…", …}`,
		`une ligne est un objet dont le premier membre est son nom : {"event":"…", …}`))
}

// undecodable says what is wrong in a line, and where. In a line that the
// file's end cuts off nothing is: the recording just ends there.
func (r *reader) undecodable(err error) error {
	if r.cut {
		return r.end()
	}
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	var more *trailing
	switch {
	case errors.As(err, &syntax):
		return r.wrong(int(syntax.Offset), words.Textf("this is no JSON (%v)", "ce n’est pas du JSON (%v)", err))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return r.wrong(len(r.line), words.Textf("the object does not end", "l’objet ne se termine pas"))
	case errors.As(err, &more):
		return r.wrong(int(more.offset), words.Textf("something follows the object", "quelque chose suit l’objet"))
	case errors.As(err, &mismatch):
		what := valueNames[mismatch.Value]
		if what == (words.Text{}) { // such as "number 300", where that is out of range
			what = words.Text{En: mismatch.Value, Fr: mismatch.Value}
		}
		return r.wrong(int(mismatch.Offset), words.Textf("%q can't be %s", "%q ne peut pas être %s", strings.TrimPrefix(mismatch.Field, "At."), what))
	}
	if member, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		at := bytes.Index(r.line, []byte(member)) + 1
		return r.wrong(at, words.Textf("this event has no %s", "cet événement n’a pas de %s", member))
	}
	return r.wrong(1, words.Textf("this event can't be read (%v)", "cet événement est illisible (%v)", err))
}

// valueNames translate encoding/json's words for what it found.
var valueNames = map[string]words.Text{
	"string": {En: "a string", Fr: "une chaîne"},
	"number": {En: "a number", Fr: "un nombre"},
	"object": {En: "an object", Fr: "un objet"},
	"array":  {En: "an array", Fr: "un tableau"},
	"bool":   {En: "true or false", Fr: "true ou false"},
}

// wrong is an error in the line that is being read, at a byte of it from 1.
func (r *reader) wrong(at int, why words.Text) error {
	at = min(max(at, 1), len(r.line)+1)
	column := utf8.RuneCount(r.line[:at-1]) + 1
	return words.Errorf("%s:%d:%d: %s", "%s:%d:%d : %s", r.name, r.number, column, why)
}
