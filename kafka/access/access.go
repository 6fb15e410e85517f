package access

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/twmb/franz-go/pkg/sasl"
	"github.com/twmb/franz-go/pkg/sasl/plain"
	"github.com/twmb/franz-go/pkg/sasl/scram"
)

// Protocol is how a listener is spoken to.
type Protocol string

// The protocols, in Kafka's own names.
const (
	Plaintext     Protocol = "PLAINTEXT"
	SSL           Protocol = "SSL"
	SASLPlaintext Protocol = "SASL_PLAINTEXT"
	SASLSSL       Protocol = "SASL_SSL"
)

// Protocols lists them all.
func Protocols() []string {
	return []string{string(Plaintext), string(SSL), string(SASLPlaintext), string(SASLSSL)}
}

// The mechanisms of SASL, in Kafka's own names.
const (
	Plain       = "PLAIN"
	ScramSHA256 = "SCRAM-SHA-256"
	ScramSHA512 = "SCRAM-SHA-512"
)

// Mechanisms lists them all.
func Mechanisms() []string { return []string{Plain, ScramSHA256, ScramSHA512} }

// Access is how a cluster lets us in. Nil is a plain listener that asks for
// nothing. It is read only, and safe for concurrent use.
type Access struct {
	Protocol  Protocol
	Mechanism string // of SASL; empty without it
	Username  string
	Password  Secret
	TLS       *tls.Config // without a server's name; nil without TLS
}

// Encrypted says whether the listener speaks TLS.
func (a *Access) Encrypted() bool {
	return a != nil && (a.Protocol == SSL || a.Protocol == SASLSSL)
}

// Authenticated says whether the listener asks who we are.
func (a *Access) Authenticated() bool {
	return a != nil && (a.Protocol == SASLPlaintext || a.Protocol == SASLSSL)
}

// Secured says whether a connection begins with anything but Kafka's requests.
func (a *Access) Secured() bool { return a.Encrypted() || a.Authenticated() }

// mechanism is the SASL mechanism with its credentials.
func (a *Access) mechanism() sasl.Mechanism {
	switch a.Mechanism {
	case ScramSHA256:
		return scram.Auth{User: a.Username, Pass: a.Password.Reveal()}.AsSha256Mechanism()
	case ScramSHA512:
		return scram.Auth{User: a.Username, Pass: a.Password.Reveal()}.AsSha512Mechanism()
	default:
		return plain.Auth{User: a.Username, Pass: a.Password.Reveal()}.AsMechanism()
	}
}

// String says how the cluster is reached, and no secret: SASL_SSL,
// SCRAM-SHA-256, user alice.
func (a *Access) String() string {
	if a == nil {
		return string(Plaintext)
	}
	parts := []string{string(a.Protocol)}
	if a.Authenticated() {
		parts = append(parts, a.Mechanism, "user "+a.Username)
	}
	if a.Encrypted() && a.TLS != nil && len(a.TLS.Certificates) > 0 {
		parts = append(parts, "client certificate")
	}
	return strings.Join(parts, ", ")
}

// GoString implements fmt.GoStringer.
func (a *Access) GoString() string { return fmt.Sprintf("access.Access(%q)", a.String()) }

// Format implements fmt.Formatter, so that no verb looks inside.
func (a *Access) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, a.String()) }

// MarshalJSON implements json.Marshaler: what String says.
func (a *Access) MarshalJSON() ([]byte, error) { return json.Marshal(a.String()) }
