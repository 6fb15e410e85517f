package chaos

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"

	"atelier/assets/words"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/toxics"
)

// guard refuses toxics that would crash the process: Toxiproxy takes any
// number, and then recurses without end on slicer's average_size=0 (which is
// what `{"type":"slicer"}` says), or panics on rate=-1. In a process of its own
// that ends Toxiproxy; embedded, it would end everything. The body is read
// exactly as Toxiproxy will read it. A body that cannot be read passes, for
// Toxiproxy to refuse in its own words.
func guard(toxicOf func(proxy, toxic string) *toxics.ToxicWrapper, method, path string, body []byte) error {
	proxy, toxic, ok := toxicPath(path)
	if !ok || (method != http.MethodPost && method != http.MethodPatch) {
		return nil
	}
	wrapper := &toxics.ToxicWrapper{Toxic: new(toxics.NoopToxic)}
	if toxic == "" {
		if json.NewDecoder(bytes.NewReader(body)).Decode(wrapper) != nil || toxics.New(wrapper) == nil {
			return nil
		}
	} else {
		now := toxicOf(proxy, toxic)
		if now == nil {
			return nil
		}
		var err error
		if wrapper, err = copyOf(now); err != nil {
			return nil
		}
	}
	if toxic == "" && !decent(wrapper.Name) {
		return words.Errorf(
			"a toxic's name may have letters, digits, dots (and not dots alone), dashes and underscores, 100 at most",
			"le nom d’un toxic se compose de lettres, chiffres, points (et pas seulement de points), tirets et soulignés, 100 au plus")
	}
	if readInto(wrapper, body) != nil {
		return nil
	}
	kind, known := KindOf(wrapper.Type)
	if !known {
		return nil // noop
	}
	return kind.harmless(attributesOf(wrapper.Toxic))
}

// copyOf copies what a toxic's attributes are now.
func copyOf(toxic *toxics.ToxicWrapper) (*toxics.ToxicWrapper, error) {
	wrapper := &toxics.ToxicWrapper{Type: toxic.Type}
	text, err := json.Marshal(toxic.Toxic)
	if err != nil {
		return nil, err
	}
	if toxics.New(wrapper) == nil {
		return nil, toxiproxy.ErrInvalidToxicType
	}
	return wrapper, json.Unmarshal(text, wrapper.Toxic)
}

// readInto reads a request into a toxic's attributes, as Toxiproxy does.
func readInto(wrapper *toxics.ToxicWrapper, body []byte) error {
	request := &struct {
		Attributes any     `json:"attributes"`
		Toxicity   float32 `json:"toxicity"`
	}{wrapper.Toxic, wrapper.Toxicity}
	return json.NewDecoder(bytes.NewReader(body)).Decode(request)
}

// decent says whether a name can stand in a URL, where dots alone lead
// elsewhere, and on a screen. None at all is Toxiproxy's to choose.
func decent(name string) bool {
	return name == "" || legible.MatchString(name) && strings.Trim(name, ".") != ""
}

var legible = regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}$`)

// toxicPath reads /proxies/{proxy}/toxics and /proxies/{proxy}/toxics/{toxic}.
func toxicPath(path string) (proxy, toxic string, ok bool) {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(parts) < 3 || len(parts) > 4 || parts[0] != "proxies" || parts[2] != "toxics" {
		return "", "", false
	}
	if len(parts) == 4 {
		toxic = parts[3]
	}
	return parts[1], toxic, true
}
