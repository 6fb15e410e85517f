package bench_test

import (
	"slices"
	"testing"

	"atelier/kafka"

	"github.com/twmb/franz-go/pkg/kgo"
)

// What module 2 says of a value and of the headers, and no check can: each of
// the four ways to send writes them as they were given, byte for byte.
func TestValuesAndHeadersComeBackByteForByte(t *testing.T) {
	embeddedOnly(t, "it reads a topic from its beginning, which others have written to")
	b := open(t)
	value := "Zoé 🎉 100 €"
	if len(value) != 17 { // as the lesson counts it
		t.Errorf("%d bytes", len(value))
	}
	var ways []string
	for _, mode := range []kafka.Mode{kafka.Plain, kafka.Idempotent} {
		for _, sending := range []kafka.Sending{kafka.Sync, kafka.Async} {
			one := batch(1, mode, sending, "A")
			one.Topic, one.Value = "bhf-transactions", &value
			one.Headers = []kafka.Header{{Name: "source", Value: "Noël"}}
			must(t, b.Send(t.Context(), one))
			ways = append(ways, string(mode)+" "+string(sending))
		}
	}
	must(t, b.Audit(t.Context()))
	reader, err := kgo.NewClient(kgo.SeedBrokers(b.Brokers()[0].Direct), kgo.ConsumeTopics("bhf-transactions"))
	must(t, err)
	defer reader.Close()
	var found []string
	for len(found) < len(ways) {
		fetches := reader.PollFetches(t.Context())
		must(t, fetches.Err())
		fetches.EachRecord(func(r *kgo.Record) {
			of := map[string]string{}
			for _, h := range r.Headers {
				of[h.Key] = string(h.Value)
			}
			if string(r.Value) != value || of["source"] != "Noël" || of["event-id"] == "" || of["timestamp"] == "" || len(of) != 5 {
				t.Errorf("read back %q with %q", r.Value, of)
			}
			found = append(found, of[kafka.HeaderMode]+" "+of[kafka.HeaderSending])
		})
	}
	slices.Sort(ways)
	if slices.Sort(found); !slices.Equal(found, ways) {
		t.Errorf("found %q, sent %q", found, ways)
	}
}
