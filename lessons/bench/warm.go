package bench

import (
	"context"

	"atelier/kafka"
)

// Warm makes ready what the first hand-overs of some batches would otherwise
// wait for: where their topics end, who leads them, and producers with ids. On
// an Apache Kafka that has just started that takes a second or two, which would
// come off the messages' budget. Nothing is sent, and no proxy is dialled. What
// can't be had now is left to the send, which says why.
func (b *Bench) Warm(ctx context.Context, batches []Batch) error {
	r, ctx, leave, err := b.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	type kind struct {
		settings kafka.Settings
		topic    string
	}
	seen := map[kind]bool{}
	for _, batch := range batches {
		k := kind{batch.Settings, b.topic(batch.Topic)}
		if seen[k] {
			continue
		}
		seen[k] = true
		if b.external != nil {
			b.external.Use(k.topic)
		}
		r.rememberStart(ctx, k.topic)
		_ = r.producers.Warm(ctx, k.settings, k.topic) // the send tells of it
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
