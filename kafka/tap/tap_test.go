package tap

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"atelier/kafka/ledger"

	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// recorder is a tap whose events are kept, with an identity of its own.
type recorder struct {
	*Tap
	mu     sync.Mutex
	events []ledger.Event
}

func newRecorder() *recorder {
	r := &recorder{}
	r.Tap = New(Options{
		Emit: func(e ledger.Event) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.events = append(r.events, e)
		},
		Now:        func() time.Duration { return 1 },
		BrokerEnds: true,
		Resolve:    ledger.NewIdentity("run123").Resolve,
	})
	return r
}

func of[E ledger.Event](r *recorder) (found []E) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.events {
		if e, ok := e.(E); ok {
			found = append(found, e)
		}
	}
	return found
}

// wire is a connection whose peer is the test.
type wire struct {
	net.Conn
	in  bytes.Buffer // what Read will find
	out bytes.Buffer // what was written
	err error        // of Read, once in is empty
}

func (w *wire) Read(p []byte) (int, error) {
	if w.in.Len() == 0 {
		if w.err != nil {
			return 0, w.err
		}
		return 0, io.EOF
	}
	return w.in.Read(p)
}
func (w *wire) Write(p []byte) (int, error) { return w.out.Write(p) }
func (w *wire) Close() error                { return nil }
func (w *wire) LocalAddr() net.Addr         { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7} }

const clientID = "run123-1-1"

// record encodes one record with the headers event-id and timestamp.
func record(id string) []byte {
	var b []byte
	b = append(b, 0)             // attributes
	b = kbin.AppendVarlong(b, 0) // timestamp delta
	b = kbin.AppendVarint(b, 0)  // offset delta
	b = kbin.AppendVarint(b, -1) // no key
	b = kbin.AppendVarintBytes(b, []byte("value"))
	b = kbin.AppendVarint(b, 2)
	for _, h := range [][2]string{{HeaderEventID, id}, {HeaderTimestamp, "now"}} {
		b = kbin.AppendVarintString(b, h[0])
		b = kbin.AppendVarintBytes(b, []byte(h[1]))
	}
	return append(kbin.AppendVarint(nil, int32(len(b))), b...)
}

// produce encodes a whole Produce request, size prefix included.
func produce(version, acks int16, corr int32, client string, ids ...string) []byte {
	batch := kmsg.RecordBatch{
		Magic: 2, ProducerID: 77, ProducerEpoch: 3, FirstSequence: 5,
		NumRecords: int32(len(ids)), LastOffsetDelta: int32(len(ids)) - 1,
	}
	for _, id := range ids {
		batch.Records = append(batch.Records, record(id)...)
	}
	batch.Length = int32(len(batch.AppendTo(nil)) - 12)
	req := kmsg.NewProduceRequest()
	req.SetVersion(version)
	req.Acks = acks
	topic := kmsg.NewProduceRequestTopic()
	topic.Topic = "test-topic"
	part := kmsg.NewProduceRequestTopicPartition()
	part.Partition = 2
	part.Records = batch.AppendTo(nil)
	topic.Partitions = append(topic.Partitions, part)
	req.Topics = append(req.Topics, topic)
	return kmsg.NewRequestFormatter(kmsg.FormatterClientID(client)).AppendRequest(nil, &req, corr)
}

// answered encodes a whole Produce response.
func answered(version int16, corr int32, code int16, offset int64) []byte {
	resp := kmsg.NewProduceResponse()
	resp.SetVersion(version)
	topic := kmsg.NewProduceResponseTopic()
	topic.Topic = "test-topic"
	part := kmsg.NewProduceResponseTopicPartition()
	part.Partition, part.ErrorCode, part.BaseOffset = 2, code, offset
	topic.Partitions = append(topic.Partitions, part)
	resp.Topics = append(resp.Topics, topic)
	body := kbin.AppendInt32(nil, corr)
	if resp.IsFlexible() {
		body = append(body, 0)
	}
	body = resp.AppendTo(body)
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), body...)
}

// The four moments of one request, joined across its two ends, in every
// version, in whole frames and byte by byte.
func TestFourMoments(t *testing.T) {
	for _, version := range []int16{3, 7, 8, 9, 12} {
		for _, piece := range []int{1, 7, 1 << 20} {
			r := newRecorder()
			up, down := &wire{}, &wire{}
			producer := r.Producer(up, 2, clientID, 0)
			broker := r.Broker(down, 2)
			request := produce(version, 1, 9, clientID, "run123-4-17", "run123-4-18", "somebody-else")
			for chunk := range slices.Chunk(request, piece) {
				if _, err := producer.Write(chunk); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(up.out.Bytes(), request) {
				t.Fatal("the request was changed on its way")
			}
			down.in = up.out
			readAll(t, broker, piece)
			response := answered(version, 9, 0, 42)
			for chunk := range slices.Chunk(response, piece) {
				_, _ = broker.Write(chunk)
			}
			up.in = down.out
			readAll(t, producer, piece)

			departed, arrived, out, heard := of[ledger.Departed](r), of[ledger.Arrived](r), of[ledger.Answered](r), of[ledger.Heard](r)
			if len(departed) != 1 || len(arrived) != 1 || len(out) != 1 || len(heard) != 1 {
				t.Fatalf("v%d, pieces of %d: %d departed, %d arrived, %d answered, %d heard", version, piece, len(departed), len(arrived), len(out), len(heard))
			}
			d := departed[0]
			if d.Broker != 2 || d.ClientID != clientID || d.CorrID != 9 || d.Version != version || d.Acks != 1 || d.Size != len(request) || d.Foreign {
				t.Errorf("v%d: got %+v", version, d)
			}
			p := d.Parts[0]
			if p.Topic != "test-topic" || p.Partition != 2 || p.ProducerID != 77 || p.Epoch != 3 || p.BaseSequence != 5 || p.Records != 3 ||
				!slices.Equal(p.Refs, []ledger.Ref{{Batch: 4, N: 17}, {Batch: 4, N: 18}}) {
				t.Errorf("v%d: got %+v", version, p)
			}
			if a := heard[0].Answers[0]; a.Topic != "test-topic" || a.Partition != 2 || a.Code != 0 || a.Offset != 42 {
				t.Errorf("v%d: got %+v", version, a)
			}
			if arrived[0].Request != d.Request || out[0].Request != d.Request || heard[0].Request != d.Request {
				t.Error("the moments are not joined")
			}
			_, _ = producer.Close(), broker.Close()
			if n := r.UnderWay(); n != 0 || len(r.links) != 0 {
				t.Errorf("%d under way, %d links are kept", n, len(r.links))
			}
		}
	}
}

func readAll(t *testing.T, c net.Conn, piece int) {
	t.Helper()
	for buf := make([]byte, piece); ; {
		_, err := c.Read(buf)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestOutcomes(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want []ledger.Outcome
	}{
		"the producer's patience ends": {os.ErrDeadlineExceeded, []ledger.Outcome{ledger.TimedOut, ledger.Cut}},
		"the connection ends":          {io.EOF, []ledger.Outcome{ledger.Cut, ledger.Cut}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRecorder()
			up := &wire{err: c.err}
			producer := r.Producer(up, 1, clientID, 0)
			_, _ = producer.Write(produce(9, 1, 0, clientID, "run123-1-0"))
			_, _ = producer.Write(produce(9, 1, 1, clientID, "run123-1-1"))
			_, _ = producer.Write(produce(9, 0, 2, clientID, "run123-1-2")) // wants no answer
			_, _ = producer.Read(make([]byte, 10))
			_ = producer.Close()
			_ = producer.Close()
			var got []ledger.Outcome
			for _, e := range of[ledger.Ended](r) {
				got = append(got, e.Outcome)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// Another client's requests are told from the broker's end alone.
func TestStranger(t *testing.T) {
	r := newRecorder()
	down := &wire{}
	broker := r.Broker(down, 3)
	down.in.Write(produce(9, -1, 4, "kcat", "x", "y"))
	readAll(t, broker, 11)
	_, _ = broker.Write(answered(9, 4, 0, 7))
	departed := of[ledger.Departed](r)
	if len(departed) != 1 || !departed[0].Foreign || departed[0].ClientID != "kcat" || departed[0].Parts[0].Records != 2 || departed[0].Broker != 3 {
		t.Fatalf("got %+v", departed)
	}
	if out := of[ledger.Answered](r); len(out) != 1 || out[0].Request != departed[0].Request || out[0].Answers[0].Offset != 7 {
		t.Errorf("got %+v", out)
	}
	if r.UnderWay() != 0 {
		t.Error("a stranger's request keeps our audits waiting")
	}
}

// The broker may accept a connection before the dial that made it returns.
func TestAcceptedBeforeTheDialReturns(t *testing.T) {
	r := newRecorder()
	dialled := r.BeforeDial()
	broker := r.Broker(&wire{}, 1)
	producer := r.Producer(&wire{}, 1, clientID, dialled)
	_, _ = producer.Write(produce(9, 1, 0, clientID, "run123-1-0"))
	_ = producer.Close()
	if r.UnderWay() != 1 {
		t.Error("the request may still arrive")
	}
	_ = broker.Close()
	if r.UnderWay() != 0 {
		t.Error("both ends are closed")
	}
}

// What may still reach the log keeps an audit waiting, and nothing else does.
func TestUnderWay(t *testing.T) {
	r := newRecorder()
	up, down := &wire{}, &wire{}
	producer := r.Producer(up, 1, clientID, 0)
	broker := r.Broker(down, 1)
	_, _ = producer.Write(produce(9, 1, 0, clientID, "run123-1-0"))
	if r.UnderWay() != 1 {
		t.Fatal("a request that departed is under way")
	}
	_ = producer.Close() // the producer gives up; the request is in the proxy
	if r.UnderWay() != 1 {
		t.Fatal("it may still arrive: the broker's end is open")
	}
	later := r.Broker(&wire{}, 1) // somebody else's connection, opened later: it can't be ours, but is not named yet
	_ = later.Close()
	_ = broker.Close()
	if n := r.UnderWay(); n != 0 {
		t.Fatalf("%d under way though both ends are closed", n)
	}
	if len(r.links) != 0 {
		t.Errorf("%d links are kept", len(r.links))
	}
}

// A proxy that still carries a connection may still deliver what was sent on
// it, whatever its producer thinks; one that has ended it will not.
func TestUnderWayInAProxy(t *testing.T) {
	for _, ends := range []bool{true, false} {
		r := newRecorder()
		carries := true
		r.BrokerEnds, r.Carries = ends, func(client string) bool { return carries && client == "127.0.0.1:7" }
		producer := r.Producer(&wire{}, 1, clientID, 0)
		_, _ = producer.Write(produce(9, 0, 0, clientID, "run123-1-0")) // wants no answer
		_ = producer.Close()
		if r.UnderWay() != 1 {
			t.Errorf("the proxy still has it (broker ends tapped: %v)", ends)
		}
		carries = false
		if r.UnderWay() != 0 {
			t.Errorf("the proxy has ended the connection (broker ends tapped: %v)", ends)
		}
	}
}

func TestArrivedButNotAnswered(t *testing.T) {
	r := newRecorder()
	up, down := &wire{}, &wire{}
	producer, broker := r.Producer(up, 1, clientID, 0), r.Broker(down, 1)
	_, _ = producer.Write(produce(9, 1, 0, clientID, "run123-1-0"))
	down.in = up.out
	buf := make([]byte, 1<<16)
	_, _ = broker.Read(buf)
	if r.UnderWay() != 1 {
		t.Error("the broker may still be writing")
	}
	_, _ = broker.Write(answered(9, 0, 0, 0))
	if r.UnderWay() != 0 {
		t.Error("it has been answered")
	}
}

// A frame beyond every broker's limit ends the connection before the broker
// makes room for it.
func TestMonstrousFrame(t *testing.T) {
	r := newRecorder()
	down := &wire{}
	broker := r.Broker(down, 1)
	down.in.Write([]byte{0xff, 0xff, 0xff, 0xf0, 0, 0})
	if n, err := broker.Read(make([]byte, 4)); err == nil || n != 0 {
		t.Errorf("read %d bytes, error %v", n, err)
	}
}

// Whatever comes, the bytes go through unchanged and nothing panics.
func FuzzTap(f *testing.F) {
	f.Add(produce(9, 1, 0, clientID, "run123-1-0"), answered(9, 0, 0, 3), uint8(7))
	f.Add(produce(3, 0, 1, "kcat", "x"), answered(3, 1, 6, -1), uint8(1))
	f.Add(produce(12, -1, 2, clientID, "a", "b", "c"), []byte{0, 0, 0, 2, 1, 1}, uint8(200))
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0}, []byte{0, 0, 0, 4, 0, 0, 0, 0}, uint8(3))
	f.Add(bytes.Repeat([]byte{0xff}, 100), []byte{0x7f, 0xff, 0xff, 0xff}, uint8(5))
	f.Fuzz(func(t *testing.T, request, response []byte, piece uint8) {
		r := newRecorder()
		size := int(piece) + 1
		up, down := &wire{}, &wire{}
		producer, broker := r.Producer(up, 1, clientID, 0), r.Broker(down, 1)
		for chunk := range slices.Chunk(request, size) {
			if n, err := producer.Write(chunk); n != len(chunk) || err != nil {
				t.Fatal("a write was not let through")
			}
		}
		if !bytes.Equal(up.out.Bytes(), request) {
			t.Fatal("the request was changed")
		}
		down.in = up.out
		var read bytes.Buffer
		for buf := make([]byte, size); ; {
			n, err := broker.Read(buf)
			read.Write(buf[:n])
			if err != nil {
				break
			}
		}
		if !bytes.HasPrefix(request, read.Bytes()) {
			t.Fatal("the broker read something else")
		}
		_, _ = broker.Write(response)
		up.in.Write(response)
		heard, err := io.ReadAll(producer)
		if err != nil || !bytes.Equal(heard, response) {
			t.Fatal("the response was changed")
		}
		_, _ = producer.Close(), broker.Close()
		r.UnderWay()
		if len(r.links) != 0 {
			t.Fatalf("%d links are kept", len(r.links))
		}
	})
}
