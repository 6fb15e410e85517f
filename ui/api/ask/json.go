package ask

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"atelier/lessons/check/spell"
)

// FieldNames are the fields of a JSON object that a type takes.
type FieldNames interface{ Fields() []string }

// Decode reads one JSON object, and says which field is wrong.
func Decode(raw []byte, into FieldNames) error {
	if string(bytes.TrimSpace(raw)) == "null" {
		return noObject("null")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if rest := raw[d.InputOffset():]; len(bytes.TrimLeft(rest, " \t\r\n")) > 0 {
			return wrong(Unreadable, "body", say("something stands behind the JSON object", "quelque chose suit l’objet JSON"), say("send one object", "envoyez un seul objet"))
		}
		return nil
	}
	var other *json.UnmarshalTypeError
	if errors.As(err, &other) && other.Field != "" {
		return wrong(Unreadable, other.Field,
			say("%s can't be a JSON %s here", "%s ne peut pas être un %s JSON ici", other.Field, spell.Plain(other.Value)),
			say("give a JSON %s", "donnez un %s JSON", kindName(other.Type.Kind().String())))
	}
	if name, is := strings.CutPrefix(err.Error(), "json: unknown field "); is {
		name = strings.Trim(name, `"`)
		return wrong(Unreadable, cmp.Or(spell.Plain(name), "body"),
			say("there is no field %s%s", "il n’y a pas de champ %s%s", spell.Quote(name), spell.Hint(name, into.Fields())),
			say("the fields are: %s", "les champs sont : %s", strings.Join(into.Fields(), ", ")))
	}
	return noObject(err.Error())
}

func noObject(why string) *Wrong {
	return wrong(Unreadable, "body", say("the body is no JSON object: %v", "le corps n’est pas un objet JSON : %v", spell.Plain(why)),
		say("write for instance {\"topic\":\"test-topic\",\"message\":\"hello\"}", "écrivez par exemple {\"topic\":\"test-topic\",\"message\":\"bonjour\"}"))
}

// kindName is what JSON calls a Go kind.
func kindName(kind string) string {
	switch kind {
	case "bool":
		return "boolean"
	case "int64":
		return "whole number"
	case "float32":
		return "number"
	case "slice":
		return "array"
	case "map", "struct":
		return "object"
	}
	return kind
}
