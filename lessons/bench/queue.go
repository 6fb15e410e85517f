package bench

import (
	"context"
	"errors"
)

// hasHanded counts messages that wait no more.
func (s *stream) hasHanded(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handed += uint32(n)
	s.move()
}

// move wakes who waits for a hand-over. The lock is held.
func (s *stream) move() {
	if s.moved != nil {
		close(s.moved)
		s.moved = nil
	}
}

// asked is how many messages were taken so far.
func (s *stream) asked() uint32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.next
}

// queued is how many of them are not handed over.
func (s *stream) queued() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return 0
	}
	return int64(s.next - s.handed)
}

// handsOver waits until the first messages are handed over, or told that they
// never will be. Later ones may come as they like.
func (s *stream) handsOver(ctx context.Context, count uint32) error {
	for {
		s.mu.Lock()
		if s.handed >= count || s.over {
			s.mu.Unlock()
			return nil
		}
		if s.moved == nil {
			s.moved = make(chan struct{})
		}
		moved := s.moved
		s.mu.Unlock()
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// opened are the streams that are there. Who waits for one to open has no
// ticket yet.
func (r *run) opened() []*stream {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []*stream
	for _, o := range r.streams {
		select {
		case <-o.done:
			if o.stream != nil {
				list = append(list, o.stream)
			}
		default:
		}
	}
	return list
}

// handOverAsked waits, with patience, for the hand-over of what others have
// asked for by now.
func (r *run) handOverAsked(ctx context.Context) error {
	streams := r.opened()
	counts := make([]uint32, len(streams))
	for i, s := range streams {
		counts[i] = s.asked()
	}
	patient, cancel := context.WithTimeout(ctx, handOverTimeout)
	defer cancel()
	for i, s := range streams {
		err := s.handsOver(patient, counts[i])
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			return nil // what waits still is counted at the end
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// queued is how many messages others have asked for that are not handed over.
func (r *run) queued() (n int64) {
	for _, s := range r.opened() {
		n += s.queued()
	}
	return n
}
