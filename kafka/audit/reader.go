// Package audit reads the log back, by the straight road, and says which
// messages stand in it. It may import the ledger, for the events that it
// returns, the tap, for the names of the headers, and access, for its memory of
// brokers that are silent.
package audit

import (
	"context"
	"fmt"
	"hash/fnv"
	"net"
	"slices"
	"time"

	"atelier/kafka/access"
	"atelier/kafka/ledger"
	"atelier/kafka/tap"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

// answerTimeout is the patience with one broker: another may have all that we ask
// for.
const answerTimeout = 2 * time.Second

// Dialer opens connections to brokers by the straight road.
type Dialer interface {
	Dial(network, address string) (net.Conn, error)
}

// Reader reads a cluster's log. It is safe for concurrent use; Close ends it.
type Reader struct {
	options []kgo.Opt
	client  *kgo.Client // for offsets; every Read has a consumer of its own
	admin   *kadm.Client
}

// Open returns a reader. It does not wait for the cluster.
func Open(addresses []string, straight Dialer, clientID string) (*Reader, error) {
	var silent access.Silent
	r := &Reader{options: []kgo.Opt{
		kgo.SeedBrokers(addresses...),
		kgo.ClientID(clientID),
		kgo.Dialer(func(_ context.Context, network, address string) (net.Conn, error) {
			return silent.Dial(address, func() (net.Conn, error) { return straight.Dial(network, address) })
		}),
		kgo.DisableClientMetrics(),
		kgo.MetadataMinAge(metadataAge),
		kgo.RequestRetries(4), // past two brokers that are silent
		kgo.RetryBackoffFn(func(int) time.Duration { return metadataAge }),
		kgo.RequestTimeoutOverhead(answerTimeout),
	}}
	client, err := kgo.NewClient(r.options...)
	if err != nil {
		return nil, fmt.Errorf("open the reader: %w", err)
	}
	r.client, r.admin = client, kadm.NewClient(client)
	return r, nil
}

// Close ends the reader.
func (r *Reader) Close() { r.client.Close() }

// Resolve finds the send that a record's headers speak of.
type Resolve func(eventID, timestamp []byte) (ledger.Ref, bool)

// stall is how long the log may keep a reader waiting before its end.
const stall = 5 * time.Second

// Read reads every partition from one offset to another (exclusive) and calls
// found with the copies of this run's messages, in the order of each
// partition's log. Records of others are passed over. A partition that from
// does not name is read from its beginning.
func (r *Reader) Read(ctx context.Context, from, to Offsets, resolve Resolve, found func(ledger.Partition, []ledger.Copy)) error {
	left := map[ledger.Partition]int64{}
	start := map[string]map[int32]kgo.Offset{}
	for p, end := range to {
		if from[p] >= end {
			continue
		}
		left[p] = end
		if start[p.Topic] == nil {
			start[p.Topic] = map[int32]kgo.Offset{}
		}
		start[p.Topic][p.ID] = kgo.NewOffset().At(from[p])
	}
	if len(left) == 0 {
		return nil
	}
	consumer, err := kgo.NewClient(append(slices.Clone(r.options),
		kgo.ConsumePartitions(start),
		kgo.FetchMaxWait(time.Second),
		kgo.FetchMaxBytes(8<<20),
		kgo.FetchMaxPartitionBytes(2<<20),
		kgo.MaxConcurrentFetches(1),
		kgo.KeepControlRecords(), // else the end of a partition might never show
	)...)
	if err != nil {
		return fmt.Errorf("open a consumer: %w", err)
	}
	defer consumer.Close()
	for len(left) > 0 {
		poll, cancel := context.WithTimeout(ctx, stall)
		fetches := consumer.PollFetches(poll)
		stalled := poll.Err() != nil
		cancel()
		if err := ctx.Err(); err != nil {
			return err
		}
		if stalled {
			return fmt.Errorf("no record came for %s, though the log goes on: is a leader gone?", stall)
		}
		var failed error
		fetches.EachError(func(topic string, partition int32, err error) {
			failed = fmt.Errorf("read %s/%d: %w", topic, partition, err)
		})
		if failed != nil {
			return failed
		}
		fetches.EachPartition(func(f kgo.FetchTopicPartition) {
			p := ledger.Partition{Topic: f.Topic, ID: f.Partition}
			end, wanted := left[p]
			if !wanted || len(f.Records) == 0 {
				return
			}
			if copies := copiesIn(f.Records, end, resolve); len(copies) > 0 {
				found(p, copies)
			}
			if f.Records[len(f.Records)-1].Offset >= end-1 {
				delete(left, p)
				consumer.PauseFetchPartitions(map[string][]int32{p.Topic: {p.ID}})
			}
		})
	}
	return nil
}

func copiesIn(records []*kgo.Record, end int64, resolve Resolve) []ledger.Copy {
	copies := make([]ledger.Copy, 0, len(records))
	for _, record := range records {
		if record.Offset >= end {
			break
		}
		var id, stamp []byte
		for _, h := range record.Headers {
			switch h.Key {
			case tap.HeaderEventID:
				id = h.Value
			case tap.HeaderTimestamp:
				stamp = h.Value
			}
		}
		if ref, ok := resolve(id, stamp); ok {
			copies = append(copies, ledger.Copy{Ref: ref, Offset: record.Offset, Key: hash(record.Key)})
		}
	}
	return copies
}

// hash tells keys apart; 0 is no key.
func hash(key []byte) uint64 {
	if key == nil {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write(key)
	return h.Sum64()
}
