// Package audit reads the log back, by the straight road, and says which
// messages stand in it. It may import the ledger, for the events that it
// returns, and the tap, for the names of the headers.
package audit

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"net"
	"slices"
	"time"

	"atelier/kafka/ledger"
	"atelier/kafka/tap"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

// Dialer opens connections to brokers by the straight road.
type Dialer interface {
	Dial(network, address string) (net.Conn, error)
}

// Offsets are positions in the log, one per partition.
type Offsets map[ledger.Partition]int64

// Reader reads a cluster's log. It is safe for concurrent use; Close ends it.
type Reader struct {
	options []kgo.Opt
	client  *kgo.Client // for offsets; every Read has a consumer of its own
	admin   *kadm.Client
}

// Open returns a reader. It does not wait for the cluster.
func Open(addresses []string, straight Dialer, clientID string) (*Reader, error) {
	r := &Reader{options: []kgo.Opt{
		kgo.SeedBrokers(addresses...),
		kgo.ClientID(clientID),
		kgo.Dialer(func(_ context.Context, network, address string) (net.Conn, error) {
			return straight.Dial(network, address)
		}),
		kgo.DisableClientMetrics(),
		kgo.MetadataMinAge(metadataAge),
		kgo.RequestRetries(2),
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

// Ends returns the end offsets of topics. Topics that do not exist have none.
// While a partition's leader can't be reached it looks for a new one, as long
// as ctx lets it.
func (r *Reader) Ends(ctx context.Context, topics ...string) (Offsets, error) {
	if len(topics) == 0 {
		return Offsets{}, nil // kadm would take none for all
	}
	for {
		ends, err := r.endsOnce(ctx, topics...)
		if err == nil || ctx.Err() != nil {
			return ends, err
		}
		r.client.ForceMetadataRefresh()
		retry := time.NewTimer(metadataAge)
		select {
		case <-retry.C:
		case <-ctx.Done():
			retry.Stop()
			return nil, err
		}
	}
}

// stall is how long the log may keep a reader waiting before its end.
const stall = 5 * time.Second

// metadataAge is how old what we know of the leaders may get before it can be
// asked for again.
const metadataAge = 50 * time.Millisecond

func (r *Reader) endsOnce(ctx context.Context, topics ...string) (Offsets, error) {
	listed, err := r.admin.ListEndOffsets(ctx, topics...)
	if err != nil {
		return nil, fmt.Errorf("ask for the end offsets: %w", err)
	}
	ends := Offsets{}
	var errs []error
	listed.Each(func(o kadm.ListedOffset) {
		switch {
		case o.Err == nil:
			ends[ledger.Partition{Topic: o.Topic, ID: o.Partition}] = o.Offset
		case !isUnknownTopic(o.Err):
			errs = append(errs, fmt.Errorf("end offset of %s/%d: %w", o.Topic, o.Partition, o.Err))
		}
	})
	return ends, errors.Join(errs...)
}

// Resolve finds the send that a record's headers speak of.
type Resolve func(eventID, timestamp []byte) (ledger.Ref, bool)

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

// Equal says whether two sets of offsets are the same.
func (o Offsets) Equal(other Offsets) bool { return maps.Equal(o, other) }

func isUnknownTopic(err error) bool { return errors.Is(err, kerr.UnknownTopicOrPartition) }
