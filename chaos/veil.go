package chaos

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"slices"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
)

// keyHeader carries the key of a server in our own requests.
const keyHeader = "Atelier-Key"

// veil leaves a toxic that nobody may hear of out of what the embedded
// Toxiproxy answers, but for whoever has its key. It is in force all the same:
// its name is taken, and deleting it by its name or resetting takes it away.
type veil struct {
	hidden func() string // the name; empty: none
	key    string
}

func newVeil(hidden func() string) veil {
	if hidden == nil {
		hidden = func() string { return "" }
	}
	return veil{hidden, rand.Text()}
}

// over carries out a request, and veils its answer. It looks before and after:
// the answer may be of either moment.
func (v veil) over(w *answer, r *http.Request, serve func()) {
	if r.Header.Get(keyHeader) == v.key {
		serve()
		return
	}
	names := []string{v.hidden()}
	if _, toxic, ok := toxicPath(r.URL.Path); ok && toxic != "" && toxic == names[0] && r.Method != http.MethodDelete {
		refuse(w, toxiproxy.ErrToxicNotFound.StatusCode, toxiproxy.ErrToxicNotFound)
		return
	}
	serve()
	names = slices.DeleteFunc(append(names, v.hidden()), func(name string) bool {
		return name == "" || !bytes.Contains(w.body.Bytes(), []byte(`"`+name+`"`))
	})
	if len(names) > 0 {
		w.leaveOut(names)
	}
}

// leaveOut takes the toxics of some names out of an answer of Toxiproxy's,
// wherever they stand in it.
func (a *answer) leaveOut(names []string) {
	decoder := json.NewDecoder(bytes.NewReader(a.body.Bytes()))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return // the version, or nothing
	}
	text, err := json.Marshal(without(value, names))
	if err != nil {
		return
	}
	a.body.Reset()
	a.body.Write(text)
}

// without returns a value that JSON had, less the toxics of some names.
func without(value any, names []string) any {
	switch value := value.(type) {
	case map[string]any:
		if name, is := toxicName(value); is && slices.Contains(names, name) {
			return nil
		}
		for key, inner := range value {
			value[key] = without(inner, names)
		}
	case []any:
		kept := []any{}
		for _, inner := range value {
			if inner = without(inner, names); inner != nil {
				kept = append(kept, inner)
			}
		}
		return kept
	}
	return value
}

// toxicName is a toxic's; false where an object is none.
func toxicName(object map[string]any) (name string, is bool) {
	name, named := object["name"].(string)
	_, has := object["attributes"]
	return name, named && has
}
