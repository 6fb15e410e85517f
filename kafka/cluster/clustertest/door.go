package clustertest

import (
	"crypto/tls"
	"time"

	"atelier/kafka/access"
	"atelier/kafka/access/accesstest"
)

// Door is how brokers let their clients in.
type Door string

// The doors: what they want, and what is wrong with some.
const (
	Open        Door = "OPEN"        // plain text, for anybody
	Password    Door = "PASSWORD"    // a password, in plain text
	TLS         Door = "TLS"         // TLS, for anybody
	TLSPassword Door = "TLSPASSWORD" // TLS and a password
	Certificate Door = "CERTIFICATE" // TLS and a certificate of the client's
	Expired     Door = "EXPIRED"     // TLS, and the broker's certificate has ended
	Early       Door = "EARLY"       // TLS, and the broker's certificate has not begun
	OtherName   Door = "OTHERNAME"   // TLS, and the broker's certificate is for kafka.example
)

// doors lists them all.
var doors = []Door{Open, Password, TLS, TLSPassword, Certificate, Expired, Early, OtherName}

func (d Door) protocol() access.Protocol {
	switch d {
	case Open:
		return access.Plaintext
	case Password:
		return access.SASLPlaintext
	case TLSPassword:
		return access.SASLSSL
	}
	return access.SSL
}

// certificate is what a broker shows at the door, where it speaks TLS.
func (d Door) certificate(a *accesstest.Authority) tls.Certificate {
	switch d {
	case Expired:
		return a.Certificate(-time.Hour, "127.0.0.1")
	case Early:
		return a.Certificate(9*time.Hour, "127.0.0.1")
	case OtherName:
		return a.Certificate(time.Hour, "kafka.example")
	}
	return a.Good()
}

// Those who know a password. Alice may do everything, Bob nothing until he is
// granted it.
const (
	Alice         = "alice"
	AlicePassword = "wonder-land"
	Bob           = "bob"
	BobPassword   = "the-builder"
)

// users are all of them, with their passwords.
var users = map[string]string{Alice: AlicePassword, Bob: BobPassword}

// Access is how a user gets in by a door.
func (d Door) Access(a *accesstest.Authority, mechanism, user, password string) *access.Access {
	in := &access.Access{Protocol: d.protocol()}
	if in.Authenticated() {
		in.Mechanism, in.Username, in.Password = mechanism, user, access.NewSecret(password)
	}
	if in.Encrypted() {
		in.TLS = &tls.Config{RootCAs: a.Pool()}
	}
	if d == Certificate {
		in.TLS.Certificates = []tls.Certificate{a.Certificate(time.Hour, "client")}
	}
	return in
}
