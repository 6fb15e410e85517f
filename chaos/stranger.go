package chaos

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"regexp"
	"strings"

	"atelier/assets/words"
)

// errStranger is an answer that no Toxiproxy gives.
var errStranger = words.Errorf(
	"this is no Toxiproxy but another program", "ce n’est pas un Toxiproxy mais un autre programme")

// version is how a Toxiproxy names its own: {"version":"2.12.0"}, and in plain
// text before 2.2.
var version = regexp.MustCompile(`^v?[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$`)

// introduce asks who answers: anybody can answer with 200 and {}.
func (a *api) introduce(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	text, err := a.send(bounded, "GET", "/version", nil)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case hasAnyStatus(err):
		return errStranger
	case err != nil:
		return a.away(err)
	}
	said := struct{ Version string }{strings.TrimSpace(string(text))}
	if strings.HasPrefix(said.Version, "{") {
		said.Version = ""
		if json.Unmarshal(text, &said) != nil {
			return errStranger
		}
	}
	if !version.MatchString(said.Version) {
		return errStranger
	}
	return nil
}

// isUnreadable says that an answer was no JSON, or of another shape.
func isUnreadable(err error) bool {
	var syntax *json.SyntaxError
	var shape *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &shape)
}

// inWords says why there was no answer, as far as it is known what it was.
func inWords(err error) error {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case isUnreadable(err):
		return errStranger
	case errors.As(err, &dns):
		return words.Errorf("the name %s does not resolve", "le nom %s est introuvable", dns.Name)
	case isRefused(err):
		return words.Errorf("nobody listens on this port", "personne n’écoute sur ce port")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return words.Errorf("no answer in time", "pas de réponse à temps")
	case strings.Contains(err.Error(), "malformed HTTP"):
		return words.Errorf("what answers there does not speak HTTP", "ce qui répond là ne parle pas HTTP")
	}
	return err
}
