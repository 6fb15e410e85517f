package clustertest

import (
	"crypto/tls"
	"testing"

	"atelier/kafka/access"
	"atelier/kafka/access/accesstest"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// Fake is a cluster of kfake's. What it does beyond a Cluster, Apache Kafka
// can't be made to do at will.
type Fake struct {
	Cluster
	kafka *kfake.Cluster
}

// StartFake returns a cluster that ends with the test.
func StartFake(t testing.TB, door Door) *Fake {
	t.Helper()
	f := &Fake{Cluster: Cluster{Authority: accesstest.NewAuthority(t), Door: door}}
	options := []kfake.Opt{kfake.NumBrokers(3), kfake.SeedTopics(3, "test-topic")}
	in := door.Access(f.Authority, access.Plain, Alice, AlicePassword)
	if in.Encrypted() {
		options = append(options, kfake.TLS(f.serving()))
	}
	if in.Authenticated() {
		options = append(options, kfake.EnableSASL(), kfake.EnableACLs())
		for _, mechanism := range access.Mechanisms() {
			options = append(options, kfake.Superuser(mechanism, Alice, AlicePassword), kfake.User(mechanism, Bob, BobPassword))
		}
	}
	var err error
	if f.kafka, err = kfake.NewCluster(options...); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.kafka.Close)
	f.addresses = f.kafka.ListenAddrs()
	if f.client, err = connect(f.addresses, in); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.client.Close)
	f.admin = administer(f.client)
	return f
}

// serving is how a broker speaks TLS.
func (f *Fake) serving() *tls.Config {
	config := &tls.Config{Certificates: []tls.Certificate{f.Door.certificate(f.Authority)}}
	if f.Door == Certificate {
		config.ClientAuth, config.ClientCAs = tls.RequireAndVerifyClientCert, f.Authority.Pool()
	}
	return config
}

// Join makes a broker join. It may be at another port than the last time.
func (f *Fake) Join(t testing.TB, broker int32) {
	t.Helper()
	if _, _, err := f.kafka.AddNode(broker, 0); err != nil {
		t.Fatal(err)
	}
}

// Close ends every broker at once.
func (f *Fake) Close() { f.kafka.Close() }

// Leave makes a broker leave.
func (f *Fake) Leave(t testing.TB, broker int32) {
	t.Helper()
	if err := f.kafka.RemoveNode(broker); err != nil {
		t.Fatal(err)
	}
}

// MoveLeader makes a broker lead a partition.
func (f *Fake) MoveLeader(t testing.TB, topic string, partition, to int32) {
	t.Helper()
	if err := f.kafka.MoveTopicPartition(topic, partition, to); err != nil {
		t.Fatal(err)
	}
}

// Asked hears, from now on, which topics clients ask about: a nil list is all
// of them.
func (f *Fake) Asked() <-chan []string {
	asked := make(chan []string, 1024)
	f.kafka.ControlKey(kmsg.Metadata.Int16(), func(r kmsg.Request) (kmsg.Response, error, bool) {
		f.kafka.KeepControl()
		asked <- names(r.(*kmsg.MetadataRequest))
		return nil, nil, false
	})
	return asked
}

func names(r *kmsg.MetadataRequest) []string {
	if r.Topics == nil {
		return nil
	}
	list := []string{}
	for _, topic := range r.Topics {
		if topic.Topic != nil {
			list = append(list, *topic.Topic)
		} else {
			list = append(list, string(topic.TopicID[:]))
		}
	}
	return list
}
