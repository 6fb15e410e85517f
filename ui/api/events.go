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

// lastEventID is the header in which a browser that was cut off gives back the
// id of the last event that it has.
const lastEventID = "Last-Event-ID"

// events writes the ledger's events as they come: server-sent events, under the
// names and in the fields of a recording, and with the eventId of each message.
func (s *Server) events(w http.ResponseWriter, r *http.Request) (any, int, error) {
	if n := s.streams.Add(1); n > maxStreams {
		s.streams.Add(-1)
		p := refuse(tooMuch, "", say("%d read the events already", "%d lisent déjà les événements", maxStreams), say("end some of them first", "terminez-en d’abord"))
		p.after = time.Second
		return nil, 0, p
	}
	defer s.streams.Add(-1)
	from, began := s.hub.join(r.Header.Get(lastEventID))
	defer s.hub.leave()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	st := &stream{hub: s.hub, out: w, control: http.NewResponseController(w), at: from.at}
	st.begin(from, began)
	st.follow(r, s)
	return nil, 0, nil
}

// stream is one who reads the events.
type stream struct {
	hub     *hub
	out     http.ResponseWriter
	control *http.ResponseController
	at      uint64
	run     string // of the last event that he was told here
	knows   bool   // which run the next event is of, as he missed none before it
	buffer  bytes.Buffer
	events  []*told
	quiet   time.Time // since when nothing was written
}

// begin says which run goes on, but to one who comes back and knows it.
func (x *stream) begin(from joined, began ledger.RunBegan) {
	if from.lost {
		x.dropped("", x.at)
	}
	x.knows = true
	if !from.resumed {
		x.run = began.Run
		x.put(&told{event: began, began: began}, x.at)
	}
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
		x.gather(int(streamBytes * wait.Seconds() / float64(max(streams, 1))))
		if err := x.flush(s.now()); err != nil {
			return
		}
		pace.Reset(wait)
	}
}

// gather takes in what has come, up to so many bytes: at least one event.
func (x *stream) gather(most int) {
	for x.buffer.Len() < most || x.buffer.Len() == 0 {
		events, missed, next := x.hub.from(x.at, streamEvents, x.events[:0])
		x.events, x.at = events, next-uint64(len(events))
		if missed > 0 {
			x.dropped(`,"count":`+strconv.FormatUint(missed, 10), x.at)
			x.knows = false
		}
		for _, t := range events {
			if x.buffer.Len() >= most && x.buffer.Len() > 0 {
				break
			}
			if _, begins := t.event.(ledger.RunBegan); !x.knows && !begins && t.began.Run != x.run {
				x.put(&told{event: t.began, began: t.began}, x.at)
			}
			x.at++
			x.put(t, x.at)
			x.run, x.knows = t.began.Run, true
		}
		clear(x.events)
		if len(events) == 0 {
			return
		}
	}
}

// put writes an event, with the id to go on from: the number of the next one.
func (x *stream) put(t *told, next uint64) { x.write(tape.Name(t.event), t.line(), next) }

// dropped says that events were missed, and how many where that is known.
func (x *stream) dropped(count string, next uint64) {
	x.write("dropped", []byte(`{"event":"dropped"`+count+`}`), next)
}

func (x *stream) write(name string, data []byte, next uint64) {
	x.buffer.WriteString("id: ")
	x.buffer.WriteString(x.hub.id(next))
	x.buffer.WriteString("\nevent: ")
	x.buffer.WriteString(name)
	x.buffer.WriteString("\ndata: ")
	x.buffer.Write(data)
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
