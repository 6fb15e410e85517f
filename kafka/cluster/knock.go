package cluster

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"time"

	"atelier/kafka/access"

	"github.com/twmb/franz-go/pkg/kmsg"
)

// answerTimeout is how long one answer to a knock may take.
const answerTimeout = 3 * time.Second

// lookTimeout is how long one further look at a port that did not behave may
// take: who starts the program waits for several. Tests on a busy machine have
// more patience.
var lookTimeout = time.Second

// Knock finds out whether a Kafka broker lets us in at an address, and says in
// words what is wrong there.
func Knock(ctx context.Context, a *access.Access, address string) error {
	return knock(ctx, a, address)
}

// knock finds out whether a Kafka broker lets us in at an address: it connects
// as the settings say, asks what the broker can, and for nothing else. Its
// error says what is wrong there, why, and what to do next.
func knock(ctx context.Context, a *access.Access, address string) error {
	conn, err := a.Dial(ctx, "tcp", address)
	if err != nil {
		return InWords(ctx, a, err)
	}
	defer func() { _ = conn.Close() }()
	defer access.Bound(ctx, conn, answerTimeout)()
	answer, err := access.Ask(conn, kmsg.NewPtrApiVersionsRequest())
	if err != nil {
		_ = conn.Close() // who serves one at a time is free for the next look
		return silentInWords(ctx, a, address, err)
	}
	if err := oldInWords(address, answer.(*kmsg.ApiVersionsResponse)); err != nil {
		return err
	}
	// Who knows no SASL may still ask for versions at a door that wants it.
	everything := kmsg.NewPtrMetadataRequest()
	everything.Version, everything.Topics = 1, []kmsg.MetadataRequestTopic{} // of no topic
	if _, err := access.Ask(conn, everything); err != nil {
		return silentInWords(ctx, a, address, err)
	}
	return nil
}

// looksKafka asks once more, another way.
func looksKafka(ctx context.Context, a *access.Access, address string) bool {
	_, err := ask(ctx, a, address, kmsg.NewPtrApiVersionsRequest())
	return err == nil
}

// mechanisms asks a broker for what it takes, by naming what it can't know.
func mechanisms(ctx context.Context, a *access.Access, address string) []string {
	hello := kmsg.NewPtrSASLHandshakeRequest()
	hello.Version, hello.Mechanism = 1, "NONE"
	answer, err := ask(ctx, plainly(a), address, hello)
	if err != nil {
		return nil
	}
	return answer.(*kmsg.SASLHandshakeResponse).SupportedMechanisms
}

func ask(ctx context.Context, a *access.Access, address string, request kmsg.Request) (kmsg.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	conn, err := a.Dial(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	defer access.Bound(ctx, conn, lookTimeout)()
	return access.Ask(conn, request)
}

// banner is how a port answers to a request of HTTP's: SSH greets whatever it is
// told, and HTTP may wait for the end of a line before it says anything.
func banner(ctx context.Context, a *access.Access, address string) []byte {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	conn, err := a.Dial(ctx, "tcp", address)
	if err != nil {
		return nil
	}
	defer func() { _ = conn.Close() }()
	defer access.Bound(ctx, conn, lookTimeout)()
	if _, err := conn.Write([]byte("GET / HTTP/1.0\r\n\r\n")); err != nil {
		return nil
	}
	began := make([]byte, 8)
	n, _ := conn.Read(began)
	return began[:n]
}

// speaksTLS says whether a port answers to the beginning of TLS, whatever its
// certificate.
func speaksTLS(ctx context.Context, address string) bool {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close() }()
	met := false
	config := &tls.Config{
		InsecureSkipVerify: true, // nothing is sent: only the other end's first words count
		VerifyConnection:   func(tls.ConnectionState) error { met = true; return errors.New("enough") },
	}
	err = tls.Client(conn, config).HandshakeContext(ctx)
	return met || err == nil || strings.Contains(err.Error(), "remote error: tls:")
}
