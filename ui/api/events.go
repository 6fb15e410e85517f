package api

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"strconv"
	"time"

	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
)

// The bounds of streams. However many there are, all of them together are
// written so much in a second and no more: what a stream is too slow for, it
// misses and is told.
const (
	maxStreams   = 10_000
	streamPace   = 25 * time.Millisecond // between two looks of one stream, where there are few
	streamShare  = 100 * time.Microsecond
	streamBytes  = 16 << 20 // a second, over all streams
	streamEvents = 256      // in one go
	streamAlive  = 15 * time.Second
	streamStuck  = 30 * time.Second // a client that takes nothing for so long is gone
)

// events writes the ledger's events as they come: server-sent events, under the
// names and in the fields of a recording.
func (s *Server) events(w http.ResponseWriter, r *http.Request) (any, int, error) {
	if n := s.streams.Add(1); n > maxStreams {
		s.streams.Add(-1)
		p := refuse(tooMuch, "", say("%d read the events already", "%d lisent déjà les événements", maxStreams), say("end some of them first", "terminez-en d’abord"))
		p.after = time.Second
		return nil, 0, p
	}
	defer s.streams.Add(-1)
	at, began := s.hub.join()
	defer s.hub.leave()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	st := &stream{out: w, control: http.NewResponseController(w), at: at}
	st.begin(began)
	st.follow(r, s)
	return nil, 0, nil
}

// stream is one who reads the events.
type stream struct {
	out     http.ResponseWriter
	control *http.ResponseController
	at      uint64
	buffer  bytes.Buffer
	events  []*told
	quiet   time.Time // since when nothing was written
}

// begin says which run goes on.
func (x *stream) begin(began ledger.RunBegan) {
	t := told{event: began}
	x.put(&t)
}

// follow writes what comes until the client, or the server, has enough.
func (x *stream) follow(r *http.Request, s *Server) {
	pace := time.NewTimer(0)
	defer pace.Stop()
	for {
		select {
		case <-pace.C:
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
		streams := time.Duration(s.streams.Load())
		wait := max(streamPace, streams*streamShare)
		x.gather(s.hub, int(streamBytes*wait.Seconds()/float64(max(streams, 1))))
		if err := x.flush(s.now()); err != nil {
			return
		}
		pace.Reset(wait)
	}
}

// gather takes in what has come, up to so many bytes: at least one event.
func (x *stream) gather(h *hub, most int) {
	for x.buffer.Len() < most || x.buffer.Len() == 0 {
		events, missed, next := h.from(x.at, streamEvents, x.events[:0])
		if missed > 0 {
			x.buffer.WriteString("event: dropped\ndata: {\"event\":\"dropped\",\"count\":" + strconv.FormatUint(missed, 10) + "}\n\n")
		}
		x.events = events
		for i, t := range events {
			if x.buffer.Len() >= most && x.buffer.Len() > 0 {
				next -= uint64(len(events) - i)
				break
			}
			x.put(t)
		}
		x.at = next
		clear(x.events)
		if len(events) == 0 {
			return
		}
	}
}

func (x *stream) put(t *told) {
	x.buffer.WriteString("event: ")
	x.buffer.WriteString(tape.Name(t.event))
	x.buffer.WriteString("\ndata: ")
	x.buffer.Write(t.line())
	x.buffer.WriteString("\n\n")
}

// flush writes what was gathered, or now and then a sign of life.
func (x *stream) flush(now time.Time) error {
	if x.buffer.Len() == 0 {
		if now.Sub(x.quiet) < streamAlive {
			return nil
		}
		x.buffer.WriteString(": still here\n\n")
	}
	x.quiet = now
	if err := x.control.SetWriteDeadline(time.Now().Add(streamStuck)); err != nil && !errors.Is(err, http.ErrNotSupported) && !errors.Is(err, os.ErrNoDeadline) {
		return err
	}
	_, err := x.out.Write(x.buffer.Bytes())
	x.buffer.Reset()
	if x.buffer.Cap() > 1<<20 {
		x.buffer = bytes.Buffer{}
	}
	if err != nil {
		return err
	}
	return x.control.Flush()
}
