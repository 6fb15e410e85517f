package apache

import (
	"context"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"atelier/kafka/cluster"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// beside is a cluster of ours whose brokers are kfake's: those answer as Apache
// Kafka does only where something has just gone wrong.
func beside(t *testing.T, o ...kfake.Opt) (*Cluster, *kfake.Cluster) {
	t.Helper()
	kafka, err := kfake.NewCluster(o...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(kafka.Close)
	c := &Cluster{options: Options{Led: func(string, int32, int32) {}}, leaders: map[partition]standing{}, topics: map[string]layout{}}
	n := &node{id: 1, address: kafka.ListenAddrs()[0], cmd: &exec.Cmd{}, ended: make(chan struct{})} // it runs
	c.brokers = append(c.brokers, n)
	t.Cleanup(func() {
		if n.client != nil {
			n.client.Close()
		}
	})
	return c, kafka
}

// A topic whose creation takes the controller too long is asked for again, until
// it is there; one that is refused is not.
func TestCreateAgain(t *testing.T) {
	for name, c := range map[string]struct {
		answers []*kerr.Error // before the broker does as it is told
		asked   int64
		says    string
	}{
		"late":          {[]*kerr.Error{kerr.RequestTimedOut, kerr.RequestTimedOut}, 3, ""},
		"late and done": {[]*kerr.Error{kerr.RequestTimedOut, kerr.TopicAlreadyExists}, 2, ""},
		"refused":       {[]*kerr.Error{kerr.PolicyViolation}, 1, "POLICY_VIOLATION"},
	} {
		t.Run(name, func(t *testing.T) {
			ours, kafka := beside(t, kfake.NumBrokers(1))
			var asked atomic.Int64
			answers := c.answers
			kafka.ControlKey(kmsg.CreateTopics.Int16(), func(r kmsg.Request) (kmsg.Response, error, bool) {
				kafka.KeepControl()
				asked.Add(1)
				if len(answers) == 0 {
					return nil, nil, false
				}
				answer := r.ResponseKind().(*kmsg.CreateTopicsResponse)
				topic := kmsg.NewCreateTopicsResponseTopic()
				topic.Topic, topic.ErrorCode = "late", answers[0].Code
				answer.Topics, answers = append(answer.Topics, topic), answers[1:]
				return answer, nil, true
			})
			request := kmsg.NewPtrCreateTopicsRequest()
			request.TimeoutMillis = int32(askTimeout.Milliseconds())
			request.Topics = append(request.Topics, creation(cluster.Topic{Name: "late"}, layout{1, 1}))
			err := ours.carryOut(t.Context(), request)
			if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("got %v", err)
			}
			if got := asked.Load(); got != c.asked {
				t.Errorf("asked %d times, want %d", got, c.asked)
			}
		})
	}
	t.Run("never", func(t *testing.T) {
		ours, kafka := beside(t, kfake.NumBrokers(1))
		ctx, cancel := context.WithCancel(t.Context())
		kafka.ControlKey(kmsg.CreateTopics.Int16(), func(r kmsg.Request) (kmsg.Response, error, bool) {
			answer := r.ResponseKind().(*kmsg.CreateTopicsResponse)
			topic := kmsg.NewCreateTopicsResponseTopic()
			topic.Topic, topic.ErrorCode = "late", kerr.RequestTimedOut.Code
			answer.Topics = append(answer.Topics, topic)
			time.AfterFunc(10*time.Millisecond, cancel) // when it has been heard
			return answer, nil, true
		})
		if err := ours.carryOut(ctx, kmsg.NewPtrCreateTopicsRequest()); err == nil {
			t.Error("it says that the topic is there")
		}
	})
}

// Who can't be elected now, or was elected and does not lead, is elected again.
func TestLeadAgain(t *testing.T) {
	ours, kafka := beside(t, kfake.NumBrokers(2), kfake.SeedTopics(1, "t"))
	p := partition{"t", 0}
	now, err := ours.standing(t.Context(), p.topic, p.id)
	if err != nil {
		t.Fatal(err)
	}
	other := 1 - now.leader
	var elections atomic.Int64
	kafka.ControlKey(kmsg.ElectLeaders.Int16(), func(r kmsg.Request) (kmsg.Response, error, bool) {
		kafka.KeepControl()
		count := elections.Add(1)
		if count == 3 {
			return nil, nil, false // the next broker leads
		}
		answer := r.ResponseKind().(*kmsg.ElectLeadersResponse)
		if count == 1 {
			topic, place := kmsg.NewElectLeadersResponseTopic(), kmsg.NewElectLeadersResponseTopicPartition()
			topic.Topic, place.ErrorCode = p.topic, kerr.PreferredLeaderNotAvailable.Code
			topic.Partitions = append(topic.Partitions, place)
			answer.Topics = append(answer.Topics, topic)
		}
		return answer, nil, true
	})
	if err := ours.lead(t.Context(), map[partition][]int32{p: {other}}); err != nil {
		t.Fatal(err)
	}
	if got := elections.Load(); got < 3 {
		t.Errorf("%d elections, want 3", got)
	}
	if now, err = ours.standing(t.Context(), p.topic, p.id); err != nil || now.leader != other {
		t.Errorf("%d leads, want %d; %v", now.leader, other, err)
	}
}
