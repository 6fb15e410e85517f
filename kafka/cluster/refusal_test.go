package cluster_test

import (
	"context"
	"crypto/tls"
	"net"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/access"
	"atelier/kafka/access/accesstest"
	"atelier/kafka/cluster"
	"atelier/kafka/cluster/clustertest"

	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(suite{m}) }

// suite closes what tests shared before anybody looks for what leaked.
type suite struct{ *testing.M }

func (s suite) Run() int {
	code := s.M.Run()
	if err := clustertest.Close(); err != nil {
		println(err.Error())
		code = 1
	}
	return code
}

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

// Each way in which a cluster does not let us in is said as what it is, before
// anything is sent, within seconds, and without the password. Brokers of Apache
// Kafka are spoken of in the same words.
func TestRefusalsInWords(t *testing.T) {
	authority := accesstest.NewAuthority(t)
	var plain how
	ssl, untrusting := like(clustertest.TLS, ""), func(*accesstest.Authority) *access.Access {
		return &access.Access{Protocol: access.SSL, TLS: &tls.Config{}}
	}
	scram, scramSSL := like(clustertest.Password, clustertest.AlicePassword), like(clustertest.TLSPassword, clustertest.AlicePassword)
	cases := []struct {
		name    string
		address place
		access  how
		says    []string
	}{
		{"wrong password", at(clustertest.Password), like(clustertest.Password, "wrong-one"), []string{`refuses the user "alice"`, "sasl.password"}},
		{"wrong password over TLS", at(clustertest.TLSPassword), like(clustertest.TLSPassword, "wrong-one"), []string{`refuses the user "alice"`}},
		{"unknown mechanism", offers("OAUTHBEARER", "GSSAPI"), scram, []string{"does not take SCRAM-SHA-256", "OAUTHBEARER, GSSAPI"}},
		{"unknown authority", at(clustertest.TLS), untrusting, []string{"not trusted", "ssl.ca.location"}},
		{"expired certificate", at(clustertest.Expired), ssl, []string{"is not valid now", "renew"}},
		{"not yet valid", at(clustertest.Early), ssl, []string{"is not valid now", "clock"}},
		{"another name", at(clustertest.OtherName), ssl, []string{`not for "127.0.0.1"`, "kafka.example"}},
		{"our certificate wanted", at(clustertest.Certificate), ssl, []string{"wants a certificate of ours", "ssl.certificate.location"}},
		{"our certificate has ended", at(clustertest.Certificate), showing(func(a *accesstest.Authority) tls.Certificate { return a.Certificate(-time.Hour, "client") }), []string{"wants a certificate of ours", "still valid"}},
		{"our certificate is a stranger's", at(clustertest.Certificate), showing(func(*accesstest.Authority) tls.Certificate { return authority.Good() }), []string{"wants a certificate of ours", "authority"}},
		{"plain text to a TLS port", at(clustertest.TLS), plain, []string{"speaks TLS", "security.protocol=SSL"}},
		{"SASL in plain text to a TLS port", at(clustertest.TLSPassword), scram, []string{"speaks TLS", "security.protocol=SASL_SSL"}},
		{"TLS to a plain port", at(clustertest.Open), ssl, []string{"speaks plain Kafka", "security.protocol=PLAINTEXT"}},
		{"TLS and SASL to a plain port", at(clustertest.Password), scramSSL, []string{"speaks plain Kafka", "security.protocol=SASL_PLAINTEXT"}},
		{"SASL wanted, none configured", at(clustertest.Password), plain, []string{"wants to know who we are", "SCRAM-SHA-256", "security.protocol=SASL_PLAINTEXT"}},
		{"SASL wanted over TLS, none configured", at(clustertest.TLSPassword), ssl, []string{"wants to know who we are", "security.protocol=SASL_SSL"}},
		{"HTTP", httpAt, plain, []string{"speaks HTTP"}},
		{"HTTP that waits for a line", httpByLine, plain, []string{"speaks HTTP"}},
		{"HTTPS", httpsAt(authority), ssl, []string{"speaks HTTP"}},
		{"HTTP spoken to in TLS", httpAt, ssl, []string{"speaks HTTP"}},
		{"HTTP with SASL", httpAt, scram, []string{"speaks HTTP"}},
		{"SSH", greeting("SSH-2.0-OpenSSH_9.9\r\n"), plain, []string{"speaks SSH"}},
		{"SSH spoken to in TLS", greeting("SSH-2.0-OpenSSH_9.9\r\n"), ssl, []string{"speaks SSH"}},
		{"something else", greeting("220 mail.example ESMTP\r\n"), plain, []string{"is not Kafka", "220 mail"}},
		{"hangs", greeting(""), plain, []string{"says nothing"}},
		{"hangs under TLS", greeting(""), ssl, []string{"says nothing"}},
		{"hangs under SASL", greeting(""), scram, []string{"says nothing"}},
		{"hangs up", hangsUp, plain, []string{"hangs up without a word"}},
		{"hangs up under TLS", hangsUp, ssl, []string{"hangs up without a word"}},
		{"hangs up under SASL", hangsUp, scram, []string{"hangs up without a word"}},
		{"nobody", nobody, plain, []string{"no broker answers at", "nobody listens"}},
		{"no such name", fixed("no-such-host.invalid:9092"), plain, []string{`"no-such-host.invalid"`, "does not resolve"}},
		{"no port", fixed("localhost"), plain, []string{"HOST:PORT"}},
	}
	defer cluster.LookFor(3 * time.Second)()
	addresses, errs := make([]string, len(cases)), make([]error, len(cases))
	var brokers, others errgroup.Group // those that wait wait together
	if clustertest.OnApache() {
		warm(t)
		brokers.SetLimit(4)
	}
	for i, c := range cases {
		var signed *accesstest.Authority
		all := &brokers
		if addresses[i], signed = c.address(t); signed == nil {
			signed, all = authority, &others
		}
		all.Go(func() error {
			o := cluster.AttachOptions{Addresses: addresses[i : i+1]}
			if c.access != nil {
				o.Access = c.access(signed)
			}
			_, errs[i] = cluster.Attach(t.Context(), o)
			return nil
		})
	}
	_, _ = brokers.Wait(), others.Wait()
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

// warm goes in by each door that takes long the first time: a JVM's first
// handshakes load and compile what they need.
func warm(t *testing.T) {
	t.Helper()
	for _, door := range []clustertest.Door{clustertest.Password, clustertest.TLS, clustertest.TLSPassword, clustertest.Certificate} {
		c := clustertest.Start(t, door)
		for try := 1; ; try++ {
			_, err := attach(t, cluster.AttachOptions{Addresses: c.Addresses(), Access: c.Access(access.ScramSHA256)})
			if err == nil {
				break
			}
			if try == 3 {
				t.Fatalf("%s: %v", door, err)
			}
		}
	}
}

// place is where a test knocks, and whose certificate is there; nil: nobody's.
type place func(*testing.T) (address string, signed *accesstest.Authority)

// how is how a test tries to get in; nil is in plain text.
type how func(*accesstest.Authority) *access.Access

func at(door clustertest.Door) place {
	return func(t *testing.T) (string, *accesstest.Authority) {
		c := clustertest.Start(t, door)
		return c.Addresses()[0], c.Authority
	}
}

// like is as Alice gets in by a door, with some password.
func like(door clustertest.Door, password string) how {
	return func(a *accesstest.Authority) *access.Access {
		return door.Access(a, access.ScramSHA256, clustertest.Alice, password)
	}
}

// showing is by TLS, with a certificate of ours.
func showing(certificate func(*accesstest.Authority) tls.Certificate) how {
	return func(a *accesstest.Authority) *access.Access {
		in := clustertest.TLS.Access(a, "", "", "")
		in.TLS.Certificates = []tls.Certificate{certificate(a)}
		return in
	}
}

// One dead and one live entry: the cluster is reached, and the learner hears
// which is dead.
func TestOneDeadEntry(t *testing.T) {
	_, addresses := fake(t)
	dead, _ := nobody(t)
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
	one, _ := nobody(t)
	two := "no-such-host.invalid:9092"
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
			elsewhere, _ := nobody(t)
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
	elsewhere, _ := nobody(t)
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

// A broker that is frozen is one that is down: whether it is given or only
// named by the others, the learner hears of it once, and of no success.
func TestOneBrokerIsFrozen(t *testing.T) {
	for name, given := range map[string]bool{"given": true, "named": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			frozen, _ := greeting("")(t)
			count := 0
			_, addresses := fake(t, kfake.NumBrokers(2), kfake.ListenFn(func(network, address string) (net.Listener, error) {
				l, err := net.Listen(network, address)
				if count++; count == 2 {
					return advertising{l, frozen}, err
				}
				return l, err
			}))
			o := cluster.AttachOptions{Addresses: addresses[:1]}
			if given {
				o.Addresses = []string{frozen, addresses[0]}
			}
			var said []string
			o.Notice = func(w words.Text) { said = append(said, w.En) }
			e, err := attach(t, o)
			if err != nil {
				t.Fatal(err)
			}
			if len(said) != 1 || !strings.Contains(said[0], "broker 1 ("+frozen+") does not answer") || !strings.Contains(said[0], "says nothing") {
				t.Errorf("said %q", said)
			}
			for range 4 { // whichever broker is asked
				if err := e.Prepare(t.Context(), cluster.Needs{Send: []string{"never"}}); err != nil {
					t.Error(err)
				}
			}
		})
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
