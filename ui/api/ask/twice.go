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
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber() // as it stands: no number is too large
	name, _ := twiceIn(d, "")
	return name
}

// twiceIn reads one value, which a field of that path has. An error ends it.
func twiceIn(d *json.Decoder, path string) (string, error) {
	opening, err := d.Token()
	if _, opens := opening.(json.Delim); err != nil || !opens {
		return "", err
	}
	seen := map[string]bool{}
	for d.More() {
		at := path
		if opening == json.Delim('{') {
			token, err := d.Token()
			if err != nil {
				return "", err
			}
			name := token.(string) // JSON has no others
			at += spell.Plain(name)
			folded := strings.ToLower(strings.ToUpper(name))
			if seen[folded] {
				return at, nil
			}
			seen[folded] = true
			at += "."
		}
		if deeper, err := twiceIn(d, at); deeper != "" || err != nil {
			return deeper, err
		}
	}
	_, err = d.Token() // its end
	return "", err
}
