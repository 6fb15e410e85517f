package ask

import (
	"bytes"
	"encoding/json"
	"strings"

	"atelier/lessons/check/spell"
)

// twice is the first name that an object gives twice, in it or in an object of
// its own; empty: none. encoding/json would take the last, and it takes a name
// in any case. raw is JSON.
func twice(raw []byte) string {
	return twiceIn(json.NewDecoder(bytes.NewReader(raw)), "")
}

// twiceIn reads one value, which a field of that path has.
func twiceIn(d *json.Decoder, path string) string {
	opening, err := d.Token()
	if err != nil {
		return ""
	}
	seen := map[string]bool{}
	for opening == json.Delim('{') && d.More() {
		token, err := d.Token()
		name, is := token.(string)
		if err != nil || !is {
			return ""
		}
		at := path + spell.Plain(name)
		folded := strings.ToLower(strings.ToUpper(name))
		if seen[folded] {
			return at
		}
		seen[folded] = true
		if deeper := twiceIn(d, at+"."); deeper != "" {
			return deeper
		}
	}
	for opening == json.Delim('[') && d.More() {
		if deeper := twiceIn(d, path); deeper != "" {
			return deeper
		}
	}
	if _, opens := opening.(json.Delim); opens {
		_, _ = d.Token() // its end
	}
	return ""
}
