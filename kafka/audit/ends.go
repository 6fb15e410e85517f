package audit

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"atelier/kafka/ledger"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
)

// Offsets are positions in the log, one per partition.
type Offsets map[ledger.Partition]int64

// Equal says whether two sets of offsets are the same.
func (o Offsets) Equal(other Offsets) bool { return maps.Equal(o, other) }

// Cover says whether no offset of others lies beyond.
func (o Offsets) Cover(others Offsets) bool {
	for p, other := range others {
		if o[p] < other {
			return false
		}
	}
	return true
}

// Ends returns the end offsets of topics: of what readers are shown. Topics
// that do not exist have none. While a partition's leader can't be reached it
// looks for a new one, as long as ctx lets it.
func (r *Reader) Ends(ctx context.Context, topics ...string) (Offsets, error) {
	return r.persist(ctx, topics, r.shown)
}

// Due returns up to where readers will be shown the log without anybody's
// doing: beyond Ends stands what a leader has, acknowledged perhaps (acks=1),
// and its followers in sync have yet to fetch. A partition whose leader is
// alone in sync has nothing due: what it has may never be shown.
func (r *Reader) Due(ctx context.Context, topics ...string) (Offsets, error) {
	return r.persist(ctx, topics, r.due)
}

// metadataAge is how old what we know of the leaders may get before it can be
// asked for again.
const metadataAge = 50 * time.Millisecond

// persist asks again, of leaders that may be new, as long as ctx lets it.
func (r *Reader) persist(ctx context.Context, topics []string, ask func(context.Context, []string) (Offsets, error)) (Offsets, error) {
	if len(topics) == 0 {
		return Offsets{}, nil // kadm would take none for all
	}
	for {
		offsets, err := ask(ctx, topics)
		if err == nil || ctx.Err() != nil {
			return offsets, err
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

func (r *Reader) shown(ctx context.Context, topics []string) (Offsets, error) {
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

// due asks each leader that has followers in sync where its present epoch ends:
// that is where its own log does.
func (r *Reader) due(ctx context.Context, topics []string) (Offsets, error) {
	known, err := r.admin.Metadata(ctx, topics...)
	if err != nil {
		return nil, fmt.Errorf("ask who leads: %w", err)
	}
	request := kadm.OffsetForLeaderEpochRequest{}
	var errs []error
	known.Topics.EachPartition(func(p kadm.PartitionDetail) {
		switch {
		case p.Err != nil:
			errs = append(errs, fmt.Errorf("leader of %s/%d: %w", p.Topic, p.Partition, p.Err))
		case len(p.ISR) > 1:
			request.Add(p.Topic, p.Partition, p.LeaderEpoch)
		}
	})
	if len(errs) > 0 || len(request) == 0 {
		return Offsets{}, errors.Join(errs...)
	}
	answers, err := r.admin.OffsetForLeaderEpoch(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("ask where the leaders' logs end: %w", err)
	}
	ends := Offsets{}
	for topic, partitions := range answers {
		for id, answer := range partitions {
			if answer.Err != nil {
				errs = append(errs, fmt.Errorf("the leader's end of %s/%d: %w", topic, id, answer.Err))
			}
			ends[ledger.Partition{Topic: topic, ID: id}] = answer.EndOffset
		}
	}
	return ends, errors.Join(errs...)
}

func isUnknownTopic(err error) bool { return errors.Is(err, kerr.UnknownTopicOrPartition) }
