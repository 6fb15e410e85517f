package access

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// Step is how far a connection came.
type Step uint8

// The steps of a connection.
const (
	Connecting Step = iota
	Encrypting
	Authenticating
)

// Refused is a connection that did not come to be.
type Refused struct {
	Address string
	Step    Step
	Offered []string // the mechanisms of SASL that the broker takes, where ours is not among them
	Cause   error
}

func (e *Refused) Error() string {
	step := [...]string{"connect to", "begin TLS with", "authenticate at"}[e.Step]
	return fmt.Sprintf("%s %s: %v", step, e.Address, e.Cause)
}

func (e *Refused) Unwrap() error { return e.Cause }

// The patience of one dial, step by step.
const (
	connectTimeout = 2 * time.Second
	greetTimeout   = 3 * time.Second // TLS and SASL, each
)

// Dial opens a connection to a broker that is ready for Kafka's requests:
// encrypted and authenticated as the cluster wants it. The host's name in the
// address is the one that its certificate must bear. Its errors are *Refused.
func (a *Access) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: connectTimeout}
	conn, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, &Refused{Address: address, Step: Connecting, Cause: err}
	}
	if a.Encrypted() {
		encrypted, err := a.encrypt(ctx, conn, address)
		if err != nil {
			_ = conn.Close()
			return nil, &Refused{Address: address, Step: Encrypting, Cause: err}
		}
		conn = encrypted
	}
	if a.Authenticated() {
		offered, err := a.authenticate(ctx, conn, address)
		if err != nil {
			_ = conn.Close()
			return nil, &Refused{Address: address, Step: Authenticating, Offered: offered, Cause: err}
		}
	}
	return conn, nil
}

func (a *Access) encrypt(ctx context.Context, conn net.Conn, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	config := a.TLS.Clone()
	config.ServerName = host
	encrypted := tls.Client(conn, config)
	ctx, cancel := context.WithTimeout(ctx, greetTimeout)
	defer cancel()
	if err := encrypted.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return encrypted, nil
}

// authenticate speaks SASL as Kafka wraps it. Where the broker takes other
// mechanisms it returns them.
func (a *Access) authenticate(ctx context.Context, conn net.Conn, address string) (offered []string, err error) {
	defer Bound(ctx, conn, greetTimeout)()
	hello := kmsg.NewPtrSASLHandshakeRequest()
	hello.Version, hello.Mechanism = 1, a.Mechanism
	answer, err := Ask(conn, hello)
	if err != nil {
		return nil, err
	}
	greeted := answer.(*kmsg.SASLHandshakeResponse)
	if err := kerr.ErrorForCode(greeted.ErrorCode); err != nil {
		return greeted.SupportedMechanisms, err
	}
	session, message, err := a.mechanism().Authenticate(ctx, address)
	for done := false; !done; {
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrCredentials, err)
		}
		request := kmsg.NewPtrSASLAuthenticateRequest()
		request.SASLAuthBytes = message
		answer, err := Ask(conn, request)
		if err != nil {
			if closedBy(err) {
				err = fmt.Errorf("%w: %w", ErrCredentials, err)
			}
			return nil, err
		}
		heard := answer.(*kmsg.SASLAuthenticateResponse)
		if err := kerr.ErrorForCode(heard.ErrorCode); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrCredentials, err)
		}
		done, message, err = session.Challenge(heard.SASLAuthBytes)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrCredentials, err)
		}
	}
	return nil, nil
}

// ErrCredentials is a user or a password that the broker does not take.
var ErrCredentials = errors.New("the broker refuses this user and password")

// closedBy says whether the other end closed the connection, as some brokers
// do instead of answering.
func closedBy(err error) bool {
	var timeout net.Error
	var other *NotKafka
	return (!errors.As(err, &timeout) || !timeout.Timeout()) && !errors.As(err, &other)
}

// Bound ends what is done with a connection when a time is up or a context is
// done. The function that it returns ends the bound.
func Bound(ctx context.Context, conn net.Conn, patience time.Duration) func() {
	_ = conn.SetDeadline(time.Now().Add(patience))
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	return func() {
		if stop() {
			_ = conn.SetDeadline(time.Time{})
		}
	}
}
