package tap

import (
	"encoding/binary"

	"atelier/kafka/ledger"

	"github.com/twmb/franz-go/pkg/kgo"
)

// The headers of every message of ours.
const (
	HeaderEventID   = "event-id"
	HeaderTimestamp = "timestamp"
)

// batchHeader is the length of a record batch (magic 2) up to its records.
const batchHeader = 61

// part reads what one partition of a request carries: producer id, epoch and
// sequence of its first batch, and the messages of all.
func (t *Tap) part(topic string, partition int32, records []byte, resolve bool) ledger.Part {
	p := ledger.Part{Topic: topic, Partition: partition, ProducerID: -1, Epoch: -1, BaseSequence: -1}
	for first := true; len(records) >= batchHeader && records[16] == 2; first = false {
		size := 12 + int(int32(binary.BigEndian.Uint32(records[8:])))
		if size < batchHeader || size > len(records) {
			break
		}
		batch := records[:size]
		records = records[size:]
		if first {
			p.ProducerID = int64(binary.BigEndian.Uint64(batch[43:]))
			p.Epoch = int16(binary.BigEndian.Uint16(batch[51:]))
			p.BaseSequence = int32(binary.BigEndian.Uint32(batch[53:]))
		}
		count := int(int32(binary.BigEndian.Uint32(batch[57:])))
		if count < 0 || count > len(batch)*8 && batch[22]&7 == 0 {
			break
		}
		p.Records += count
		if resolve {
			p.Refs = t.refs(p.Refs, batch, count)
		}
	}
	return p
}

// refs appends the sends that a batch's records carry.
func (t *Tap) refs(refs []ledger.Ref, batch []byte, count int) []ledger.Ref {
	body := batch[batchHeader:]
	if codec := batch[22] & 7; codec != 0 {
		raw, err := decompress(body, codec)
		if err != nil {
			return refs
		}
		body = raw
	}
	if refs == nil {
		refs = make([]ledger.Ref, 0, min(count, len(body)))
	}
	for range count {
		record, rest, ok := next(body)
		if !ok {
			break
		}
		body = rest
		id, stamp := identify(record)
		if ref, ok := t.Resolve(id, stamp); ok {
			refs = append(refs, ref)
		}
	}
	return refs
}

func decompress(body []byte, codec byte) (raw []byte, err error) {
	return kgo.DefaultDecompressor().Decompress(body, kgo.CompressionCodecType(codec))
}

// next splits the first record off: a varint of its length, then the record.
func next(p []byte) (record, rest []byte, ok bool) {
	size, n := binary.Varint(p)
	if n <= 0 || size < 0 || size > int64(len(p)-n) {
		return nil, nil, false
	}
	return p[n : n+int(size)], p[n+int(size):], true
}

// identify finds a record's event-id and timestamp, which stand first and last
// among our headers. Nothing is copied.
func identify(record []byte) (id, stamp []byte) {
	if len(record) < 1 {
		return nil, nil
	}
	p := record[1:] // attributes
	for range 2 {   // timestamp and offset deltas
		_, n := binary.Varint(p)
		if n <= 0 {
			return nil, nil
		}
		p = p[n:]
	}
	for range 2 { // key and value
		var ok bool
		if _, p, ok = field(p); !ok {
			return nil, nil
		}
	}
	count, n := binary.Varint(p)
	if n <= 0 {
		return nil, nil
	}
	p = p[n:]
	for ; count > 0 && (id == nil || stamp == nil); count-- {
		var name, value []byte
		var ok bool
		if name, p, ok = field(p); !ok {
			break
		}
		if value, p, ok = field(p); !ok {
			break
		}
		switch string(name) {
		case HeaderEventID:
			id = value
		case HeaderTimestamp:
			stamp = value
		}
	}
	return id, stamp
}

// field reads a varint length (-1: null) and as many bytes.
func field(p []byte) (value, rest []byte, ok bool) {
	size, n := binary.Varint(p)
	if n <= 0 || size > int64(len(p)-n) {
		return nil, nil, false
	}
	if size < 0 {
		return nil, p[n:], true
	}
	return p[n : n+int(size)], p[n+int(size):], true
}
