package clustertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"atelier/kafka/access"
	"atelier/kafka/access/accesstest"
	"atelier/kafka/cluster/apache"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

// shared is the cluster of Apache Kafka that all tests of a program share: its
// brokers have every door, and take seconds to start.
var shared struct {
	sync.Mutex
	kafka     *apache.Cluster
	client    *kgo.Client
	authority *accesstest.Authority
	dir       string
}

// Close ends what tests shared: TestMain calls it when they have run.
func Close() error {
	shared.Lock()
	defer shared.Unlock()
	if shared.kafka == nil {
		return nil
	}
	shared.client.Close()
	err := errors.Join(shared.kafka.Close(), os.RemoveAll(shared.dir))
	shared.kafka = nil
	return err
}

func startApache(t testing.TB, door Door) *Cluster {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.kafka == nil {
		if err := share(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return &Cluster{
		Authority: shared.authority, Door: door, addresses: shared.kafka.DoorAddresses(string(door)),
		client: shared.client, admin: administer(shared.client),
	}
}

// share starts the brokers, tells them who Alice and Bob are, and waits until
// they know.
func share(ctx context.Context) (err error) {
	if shared.dir, err = os.MkdirTemp("", "doors-*"); err != nil {
		return err
	}
	shared.authority = accesstest.In(shared.dir)
	o := apache.Options{TempDir: shared.dir, Settings: map[string]string{
		// Nobody is killed here: a broker that stood still for a while is not dead.
		"broker.session.timeout.ms": "30000",
		"authorizer.class.name":     "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
		// The brokers themselves, whoever comes by a door that asks for no
		// name, and whoever shows a certificate.
		"super.users": "User:ANONYMOUS;User:CN=" + accesstest.Name + ";User:" + Alice,
	}}
	for _, door := range doors {
		o.Doors = append(o.Doors, apache.Door{Name: string(door), Protocol: string(door.protocol()), Settings: settings(door)})
	}
	kafka, err := apache.Start(ctx, o)
	if err != nil {
		return err
	}
	if err := introduce(ctx, kafka); err != nil {
		return errors.Join(err, kafka.Close())
	}
	shared.kafka = kafka
	return nil
}

// introduce gives the users their passwords for SCRAM: those are kept by the
// cluster, where those for PLAIN stand in its brokers' settings.
func introduce(ctx context.Context, kafka *apache.Cluster) (err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var addresses []string
	for _, b := range kafka.Brokers() {
		addresses = append(addresses, b.Direct)
	}
	if shared.client, err = connect(addresses, nil); err != nil {
		return err
	}
	admin := administer(shared.client)
	for mechanism, scram := range map[string]kadm.ScramMechanism{access.ScramSHA256: kadm.ScramSha256, access.ScramSHA512: kadm.ScramSha512} {
		var passwords []kadm.UpsertSCRAM
		for user, password := range users {
			passwords = append(passwords, kadm.UpsertSCRAM{User: user, Mechanism: scram, Iterations: 4096, Password: password})
		}
		// One mechanism a request: Kafka takes no user twice in one.
		answers, err := admin.AlterUserSCRAMs(ctx, nil, passwords)
		if err := errors.Join(err, answers.Error()); err != nil {
			return err
		}
		for user, password := range users {
			in := Password.Access(shared.authority, mechanism, user, password)
			if err := awaitDoors(ctx, in, kafka.DoorAddresses(string(Password)), true); err != nil {
				return fmt.Errorf("let %s in by %s: %w", user, mechanism, err)
			}
		}
	}
	return nil
}

// settings are a door's, as Kafka's documentation has them.
func settings(d Door) map[string]string {
	s := map[string]string{}
	in := access.Access{Protocol: d.protocol()}
	if in.Encrypted() {
		certificate, key := accesstest.PEM(d.certificate(shared.authority))
		s["ssl.keystore.type"], s["ssl.keystore.certificate.chain"], s["ssl.keystore.key"] = "PEM", certificate, key
	}
	if d == Certificate {
		s["ssl.client.auth"], s["ssl.truststore.type"], s["ssl.truststore.certificates"] = "required", "PEM", shared.authority.PEM()
	}
	if in.Authenticated() {
		const modules = "org.apache.kafka.common.security."
		plain := modules + "plain.PlainLoginModule required"
		for user, password := range users {
			plain += fmt.Sprintf(" user_%s=%q", user, password)
		}
		s["sasl.enabled.mechanisms"] = strings.Join(access.Mechanisms(), ",")
		s["plain.sasl.jaas.config"] = plain + ";"
		for _, mechanism := range []string{access.ScramSHA256, access.ScramSHA512} {
			s[strings.ToLower(mechanism)+".sasl.jaas.config"] = modules + "scram.ScramLoginModule required;"
		}
	}
	return s
}
