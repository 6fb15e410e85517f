package ask

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/check/spell"
)

// Object is a JSON object that a route takes.
type Object interface {
	Fields() []string // their names
	Example() words.Text
}

// Decode reads one JSON object, and says which field is wrong.
func Decode(raw []byte, into Object) error {
	if string(bytes.TrimSpace(raw)) == "null" {
		return noObject(say("it is null", "c’est null"), into)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return undecoded(raw, err, into)
	}
	if rest := raw[d.InputOffset():]; len(bytes.TrimLeft(rest, " \t\r\n")) > 0 {
		return wrong(Unreadable, "body", say("something stands behind the JSON object", "quelque chose suit l’objet JSON"), say("send one object", "envoyez un seul objet"))
	}
	if name := twice(raw); name != "" {
		return wrong(Contradictory, name, say("%s is given twice", "%s est donné deux fois", name), say("give it once", "donnez-le une fois"))
	}
	return nil
}

// undecoded says why a body could not be decoded.
func undecoded(raw []byte, err error, into Object) *Wrong {
	var other *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &other) && other.Field != "":
		return mistyped(other.Field, other)
	case errors.As(err, &other):
		is := typeName(other.Value)
		return noObject(say("it is %s", "c’est %s", is), into)
	case errors.Is(err, io.EOF):
		return noObject(say("there is none", "il n’y en a pas"), into)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return noObject(say("it ends in the middle", "il s’arrête au milieu"), into)
	case errors.As(err, &syntax):
		at := int(min(max(syntax.Offset-1, 0), int64(len(raw))))
		return noObject(say("it is wrong from its byte %d on, %s", "il est faux à partir de l’octet %d, %s", at, spell.Quote(string(raw[at:min(at+20, len(raw))]))), into)
	}
	if name, is := strings.CutPrefix(err.Error(), "json: unknown field "); is {
		name = strings.Trim(name, `"`)
		return wrong(Unreadable, cmp.Or(spell.Plain(name), "body"),
			say("there is no field %s%s", "il n’y a pas de champ %s%s", spell.Quote(name), spell.Hint(name, into.Fields())),
			say("the fields are: %s", "les champs sont : %s", strings.Join(into.Fields(), ", ")))
	}
	return noObject(say("%v", "%v", spell.Plain(err.Error())), into)
}

func noObject(why words.Text, into Object) *Wrong {
	return wrong(Unreadable, "body", say("the body is no JSON object: %s", "le corps n’est pas un objet JSON : %s", why),
		say("write for instance %s", "écrivez par exemple %s", into.Example()))
}

// mistyped says that a field is of another type than it must be.
func mistyped(field string, other *json.UnmarshalTypeError) *Wrong {
	wants := typeName(other.Type.Kind().String())
	action := say("give %s", "donnez %s", wants)
	number, is := strings.CutPrefix(other.Value, "number ")
	switch {
	case is && isLarge(number):
		return wrong(Impossible, field, say("%s is out of range: %s", "%s est hors limites : %s", field, spell.Plain(number)), say("give a number nearer to 0", "donnez un nombre plus proche de 0"))
	case is:
		return wrong(Unreadable, field, say("%s can't be %s", "%s ne peut pas être %s", field, spell.Plain(number)), action)
	}
	return wrong(Unreadable, field, say("%s can't be %s", "%s ne peut pas être %s", field, typeName(other.Value)), action)
}

// typeName is what JSON calls a Go kind, or what encoding/json calls a value.
func typeName(kind string) words.Text {
	switch kind {
	case "bool":
		return say("true or false", "true ou false")
	case "int64":
		return say("a whole number", "un nombre entier")
	case "float32", "number":
		return say("a number", "un nombre")
	case "slice", "array":
		return say("an array", "un tableau")
	case "map", "struct", "object":
		return say("an object", "un objet")
	case "string":
		return say("a string", "une chaîne")
	}
	if strings.HasPrefix(kind, "number ") {
		return typeName("number")
	}
	return words.Text{En: kind, Fr: kind}
}
