package cluster_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/access"
	"atelier/kafka/access/accesstest"
	"atelier/kafka/cluster"

	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fake starts brokers of kfake and returns their addresses.
func fake(t testing.TB, o ...kfake.Opt) (*kfake.Cluster, []string) {
	t.Helper()
	c, err := kfake.NewCluster(append([]kfake.Opt{kfake.NumBrokers(1)}, o...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, c.ListenAddrs()
}

// attach attaches without proxies.
func attach(t testing.TB, o cluster.AttachOptions) (*cluster.External, error) {
	t.Helper()
	if o.Front == nil {
		o.Front = func(context.Context, int32, string) error { return nil }
	}
	e, err := cluster.Attach(t.Context(), o)
	if err == nil {
		t.Cleanup(func() { _ = e.Close() })
	}
	return e, err
}

func scram(password string) *access.Access {
	return &access.Access{
		Protocol: access.SASLPlaintext, Mechanism: access.ScramSHA256, Username: "alice", Password: access.NewSecret(password),
	}
}

// Each way in which a cluster does not let us in is said as what it is, before
// anything is sent, within seconds, and without the password.
func TestRefusalsInWords(t *testing.T) {
	authority := accesstest.NewAuthority(t)
	trusting := &tls.Config{RootCAs: authority.Pool()}
	ssl := &access.Access{Protocol: access.SSL, TLS: trusting}
	saslSSL := func(password string) *access.Access {
		a := scram(password)
		a.Protocol, a.TLS = access.SASLSSL, trusting
		return a
	}
	user := []kfake.Opt{kfake.EnableSASL(), kfake.Superuser(access.ScramSHA256, "alice", "wonder-land")}
	cases := []struct {
		name    string
		address func(*testing.T) string
		access  *access.Access
		says    []string
	}{
		{"wrong password", kafkaWith(user...), scram("wrong-one"), []string{`refuses the user "alice"`, "sasl.password"}},
		{"wrong password over TLS", kafkaWith(append(user, kfake.TLS(authority.Server()))...), saslSSL("wrong-one"), []string{`refuses the user "alice"`}},
		{"unknown mechanism", offers("OAUTHBEARER", "GSSAPI"), scram("wonder-land"), []string{"does not take SCRAM-SHA-256", "OAUTHBEARER, GSSAPI"}},
		{"unknown authority", kafkaWith(kfake.TLS(authority.Server())), &access.Access{Protocol: access.SSL, TLS: &tls.Config{}}, []string{"not trusted", "ssl.ca.location"}},
		{"expired certificate", kafkaWith(kfake.TLS(server(authority.Certificate(-time.Hour, "127.0.0.1")))), ssl, []string{"is not valid now", "renew"}},
		{"not yet valid", kafkaWith(kfake.TLS(server(authority.Certificate(9*time.Hour, "127.0.0.1")))), ssl, []string{"is not valid now", "clock"}},
		{"another name", kafkaWith(kfake.TLS(server(authority.Certificate(time.Hour, "kafka.example")))), ssl, []string{`not for "127.0.0.1"`, "kafka.example"}},
		{"our certificate wanted", kafkaWith(kfake.TLS(wanting(authority))), ssl, []string{"wants a certificate of ours", "ssl.certificate.location"}},
		{"plain text to a TLS port", kafkaWith(kfake.TLS(authority.Server())), nil, []string{"speaks TLS", "security.protocol=SSL"}},
		{"SASL in plain text to a TLS port", kafkaWith(append(user, kfake.TLS(authority.Server()))...), scram("wonder-land"), []string{"speaks TLS", "security.protocol=SASL_SSL"}},
		{"TLS to a plain port", kafkaWith(), ssl, []string{"speaks plain Kafka", "security.protocol=PLAINTEXT"}},
		{"TLS and SASL to a plain port", kafkaWith(user...), saslSSL("wonder-land"), []string{"speaks plain Kafka", "security.protocol=SASL_PLAINTEXT"}},
		{"SASL wanted, none configured", kafkaWith(user...), nil, []string{"wants to know who we are", "SCRAM-SHA-256", "security.protocol=SASL_PLAINTEXT"}},
		{"SASL wanted over TLS, none configured", kafkaWith(append(user, kfake.TLS(authority.Server()))...), ssl, []string{"wants to know who we are", "security.protocol=SASL_SSL"}},
		{"HTTP", httpAt, nil, []string{"speaks HTTP"}},
		{"HTTPS", httpsAt(authority), ssl, []string{"speaks HTTP"}},
		{"HTTP spoken to in TLS", httpAt, ssl, []string{"speaks HTTP"}},
		{"HTTP with SASL", httpAt, scram("wonder-land"), []string{"speaks HTTP"}},
		{"SSH", greeting("SSH-2.0-OpenSSH_9.9\r\n"), nil, []string{"speaks SSH"}},
		{"SSH spoken to in TLS", greeting("SSH-2.0-OpenSSH_9.9\r\n"), ssl, []string{"speaks SSH"}},
		{"something else", greeting("220 mail.example ESMTP\r\n"), nil, []string{"is not Kafka", "220 mail"}},
		{"hangs", greeting(""), nil, []string{"says nothing"}},
		{"hangs under TLS", greeting(""), ssl, []string{"says nothing"}},
		{"hangs under SASL", greeting(""), scram("wonder-land"), []string{"says nothing"}},
		{"nobody", nobody, nil, []string{"no broker answers at", "nobody listens"}},
		{"no such name", fixed("no-such-host.invalid:9092"), nil, []string{`"no-such-host.invalid"`, "does not resolve"}},
		{"no port", fixed("localhost"), nil, []string{"HOST:PORT"}},
	}
	addresses, errs := make([]string, len(cases)), make([]error, len(cases))
	var all sync.WaitGroup // those that wait wait together
	for i, c := range cases {
		addresses[i] = c.address(t)
		all.Go(func() {
			_, errs[i] = cluster.Attach(t.Context(), cluster.AttachOptions{Addresses: addresses[i : i+1], Access: c.access})
		})
	}
	all.Wait()
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			address, err := addresses[i], errs[i]
			if err == nil {
				t.Fatal("it let us in")
			}
			english, french := words.Tell(words.English, err), words.Tell(words.French, err)
			t.Log(english)
			t.Log(french)
			for _, part := range append(c.says, address) {
				if !strings.Contains(english, part) {
					t.Errorf("does not say %q", part)
				}
			}
			if english == french || strings.Contains(french, "the broker") || strings.Contains(english+french, "wonder-land") || strings.Contains(english+french, "wrong-one") {
				t.Error("not in French, or a password in it")
			}
		})
	}
}

func kafkaWith(o ...kfake.Opt) func(*testing.T) string {
	return func(t *testing.T) string {
		_, addresses := fake(t, o...)
		return addresses[0]
	}
}

func server(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }

func wanting(a *accesstest.Authority) *tls.Config {
	config := a.Server()
	config.ClientAuth, config.ClientCAs = tls.RequireAndVerifyClientCert, a.Pool()
	return config
}

func fixed(address string) func(*testing.T) string { return func(*testing.T) string { return address } }

func nobody(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func httpAt(t *testing.T) string {
	s := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func httpsAt(a *accesstest.Authority) func(*testing.T) string {
	return func(t *testing.T) string {
		s := httptest.NewUnstartedServer(http.NotFoundHandler())
		s.TLS = a.Server()
		s.StartTLS()
		t.Cleanup(s.Close)
		return s.Listener.Addr().String()
	}
}

// greeting accepts, says something, and then listens for ever.
func greeting(text string) func(*testing.T) string {
	return func(t *testing.T) string {
		return listening(t, func(conn net.Conn) {
			_, _ = io.WriteString(conn, text)
			_, _ = io.Copy(io.Discard, conn)
		})
	}
}

// listening serves connections until the test ends.
func listening(t *testing.T, serve func(net.Conn)) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var conns []net.Conn
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns = append(conns, conn)
			mu.Unlock()
			running.Go(func() { defer conn.Close(); serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for _, conn := range conns {
			_ = conn.Close()
		}
		mu.Unlock()
		running.Wait()
	})
	return l.Addr().String()
}

// offers is a broker that takes other mechanisms than ours. It answers every
// request as a SaslHandshake.
func offers(mechanisms ...string) func(*testing.T) string {
	return func(t *testing.T) string {
		return listening(t, func(conn net.Conn) {
			request := make([]byte, 1024)
			if n, err := conn.Read(request); err != nil || n < 12 {
				return
			}
			body := append([]byte{}, request[8:12]...) // the correlation id
			body = append(body, 0, 33, 0, 0, 0, byte(len(mechanisms)))
			for _, m := range mechanisms {
				body = append(append(body, 0, byte(len(m))), m...)
			}
			_, _ = conn.Write(append([]byte{0, 0, 0, byte(len(body))}, body...))
		})
	}
}

// One dead and one live entry: the cluster is reached, and the learner hears
// which is dead.
func TestOneDeadEntry(t *testing.T) {
	_, addresses := fake(t)
	dead := nobody(t)
	var said []string
	_, err := attach(t, cluster.AttachOptions{
		Addresses: []string{dead, addresses[0]},
		Notice:    func(w words.Text) { said = append(said, w.En) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(said) != 1 || !strings.Contains(said[0], dead) {
		t.Errorf("said %q", said)
	}
}

// All dead: each is named, with its reason.
func TestAllEntriesDead(t *testing.T) {
	one, two := nobody(t), "no-such-host.invalid:9092"
	_, err := attach(t, cluster.AttachOptions{Addresses: []string{one, two}})
	if err == nil || !strings.Contains(err.Error(), one) || !strings.Contains(err.Error(), two) {
		t.Errorf("got %v", err)
	}
}

// A cluster that sends its clients to where they can't go is said as that,
// with the setting that is wrong.
func TestAdvertisedAddressesThatLeadNowhere(t *testing.T) {
	for _, c := range []struct{ name, host, says string }{
		{"no such name", "kafka-1.invalid", "does not resolve"},
		{"nobody there", "", "nobody listens"},
	} {
		t.Run(c.name, func(t *testing.T) {
			elsewhere := nobody(t)
			if c.host != "" {
				elsewhere = c.host + ":9092"
			}
			var real string
			fake(t, kfake.ListenFn(func(network, address string) (net.Listener, error) {
				l, err := net.Listen(network, address)
				if err == nil {
					real = l.Addr().String()
				}
				return advertising{l, elsewhere}, err
			}))
			_, err := attach(t, cluster.AttachOptions{Addresses: []string{real}})
			if err == nil {
				t.Fatal("it let us in")
			}
			t.Log(words.Tell(words.French, err))
			for _, part := range []string{elsewhere, "broker 0", c.says, "advertised.listeners"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in: %v", part, err)
				}
			}
		})
	}
}

// A broker that is down while others are up does not keep us out: the learner
// hears of it.
func TestOneBrokerIsDown(t *testing.T) {
	elsewhere := nobody(t)
	count := 0
	_, addresses := fake(t, kfake.NumBrokers(2), kfake.ListenFn(func(network, address string) (net.Listener, error) {
		l, err := net.Listen(network, address)
		if count++; count == 2 {
			return advertising{l, elsewhere}, err
		}
		return l, err
	}))
	var said []string
	_, err := attach(t, cluster.AttachOptions{Addresses: addresses[:1], Notice: func(w words.Text) { said = append(said, w.Fr) }})
	if err != nil {
		t.Fatal(err)
	}
	if len(said) != 1 || !strings.Contains(said[0], elsewhere) || !strings.Contains(said[0], "le broker 1") || strings.Contains(said[0], "no broker") {
		t.Errorf("said %q", said)
	}
}

// advertising says that it listens elsewhere.
type advertising struct {
	net.Listener
	elsewhere string
}

type address string

func (address) Network() string  { return "tcp" }
func (a address) String() string { return string(a) }

func (a advertising) Addr() net.Addr { return address(a.elsewhere) }
