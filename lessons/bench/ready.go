package bench

import "context"

// Ready says whether the cluster answers: every leader of a topic says where it
// ends. ctx bounds how long that may take. A topic that is not there was
// answered for as well.
func (b *Bench) Ready(ctx context.Context, topic string) error {
	_, err := b.reader.Ends(ctx, b.topic(topic))
	switch {
	case err == nil:
		return nil
	case b.straight.ctx.Err() != nil:
		return ErrClosed
	}
	return b.unreadable(err)
}

// Closed says whether the bench has been closed, or is being closed.
func (b *Bench) Closed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.run == nil
}

// Replicates is false where acks=all promises no more than acks=1.
func (b *Bench) Replicates() bool { return b.cluster.Replicates() }
