package tap

import (
	"encoding/binary"

	"atelier/kafka/ledger"

	"github.com/twmb/franz-go/pkg/kmsg"
)

const produceKey = 0

// header is what begins every request.
type header struct {
	key, version int16
	corr         int32
	clientID     string
	body         []byte // what follows the client id: a tag section first in flexible versions
}

// readHeader reads a request's header; false where there is too little of it
// or it makes no sense.
func readHeader(p []byte) (h header, ok bool) {
	if len(p) < 10 {
		return h, false
	}
	h.key = int16(binary.BigEndian.Uint16(p))
	h.version = int16(binary.BigEndian.Uint16(p[2:]))
	h.corr = int32(binary.BigEndian.Uint32(p[4:]))
	n := int(int16(binary.BigEndian.Uint16(p[8:])))
	p = p[10:]
	if n < 0 {
		n = 0 // a null client id
	}
	if n > len(p) {
		return h, false
	}
	h.clientID, h.body = string(p[:n]), p[n:]
	return h, true
}

// readProduce decodes a Produce request. The result shares the body's memory.
// Versions from 9 have a flexible header: a section of tags after the client id.
func readProduce(h header) (req *kmsg.ProduceRequest, ok bool) {
	defer recovered(&ok)
	if h.key != produceKey || h.version < 3 || h.version > maxProduceVersion {
		return nil, false
	}
	req = kmsg.NewPtrProduceRequest()
	req.SetVersion(h.version)
	body := h.body
	if req.IsFlexible() {
		if body, ok = skipTags(body); !ok {
			return nil, false
		}
	}
	return req, req.ReadFrom(body) == nil
}

var maxProduceVersion = kmsg.NewPtrProduceRequest().MaxVersion()

// readAnswers decodes a Produce response whose correlation id has been read
// and is not part of p.
func (t *Tap) readAnswers(p []byte, version int16) (answers []ledger.Answer, ok bool) {
	defer recovered(&ok)
	resp := kmsg.NewPtrProduceResponse()
	resp.SetVersion(version)
	if resp.IsFlexible() {
		if p, ok = skipTags(p); !ok {
			return nil, false
		}
	}
	if resp.ReadFrom(p) != nil {
		return nil, false
	}
	for i := range resp.Topics {
		topic := &resp.Topics[i]
		name := t.topicName(topic.Topic, topic.TopicID)
		for j := range topic.Partitions {
			part := &topic.Partitions[j]
			a := ledger.Answer{Topic: name, Partition: part.Partition, Code: part.ErrorCode, Offset: part.BaseOffset}
			if a.Code != 0 {
				a.Offset = -1
			}
			answers = append(answers, a)
		}
	}
	return answers, true
}

// parts lists what a request carries.
func (t *Tap) parts(req *kmsg.ProduceRequest, resolve bool) []ledger.Part {
	var parts []ledger.Part
	for i := range req.Topics {
		topic := &req.Topics[i]
		name := t.topicName(topic.Topic, topic.TopicID)
		for j := range topic.Partitions {
			parts = append(parts, t.part(name, topic.Partitions[j].Partition, topic.Partitions[j].Records, resolve))
		}
	}
	return parts
}

func (t *Tap) topicName(name string, id [16]byte) string {
	if name == "" && id != [16]byte{} && t.TopicName != nil {
		return t.TopicName(id)
	}
	return name
}

// skipTags passes a section of tagged fields.
func skipTags(p []byte) ([]byte, bool) {
	count, n := binary.Uvarint(p)
	if n <= 0 {
		return nil, false
	}
	p = p[n:]
	for ; count > 0; count-- {
		_, n := binary.Uvarint(p)
		if n <= 0 {
			return nil, false
		}
		size, m := binary.Uvarint(p[n:])
		if m <= 0 || size > uint64(len(p)-n-m) {
			return nil, false
		}
		p = p[n+m+int(size):]
	}
	return p, true
}

// recovered turns a panic of a decoder into "can't be read": the bytes come
// from the network, and the tap must never end a connection.
func recovered(ok *bool) {
	if recover() != nil {
		*ok = false
	}
}
