package tap

import "encoding/binary"

// maxFrame is the largest request that a broker reads: Kafka's default of
// socket.request.max.bytes. A longer one is noise, or an attack.
const maxFrame = 100 << 20

// framer cuts a stream into Kafka's frames: four bytes of size, then as many
// of payload. It copies only what comes in pieces.
type framer struct {
	partial []byte // size prefix and payload of a frame that is not whole yet
	skip    int    // payload bytes still to pass of a frame that nobody wants
	skipped func() // called when they have
	blind   bool   // the stream is not Kafka's: look no more
}

// early may decide on a frame whose beginning is there: want is false where
// its payload need not be kept, and done is then called at its end.
type early func(head []byte, size int) (want bool, done func())

// feed takes the next bytes of the stream and calls whole for every complete
// payload, which is valid during the call only. It reports whether the stream
// still looks like Kafka's.
func (f *framer) feed(p []byte, peek early, whole func(payload []byte)) bool {
	for len(p) > 0 && !f.blind {
		if f.skip > 0 {
			n := min(f.skip, len(p))
			f.skip -= n
			p = p[n:]
			if f.skip == 0 && f.skipped != nil {
				f.skipped()
				f.skipped = nil
			}
			continue
		}
		if len(f.partial) == 0 {
			if size, ok := f.size(p); ok && !f.blind && len(p) >= 4+size {
				whole(p[4 : 4+size]) // the fast way: nothing is copied
				p = p[4+size:]
				continue
			}
		}
		p = f.collect(p, peek, whole)
	}
	return !f.blind
}

// collect adds to the partial frame and returns what it did not need.
func (f *framer) collect(p []byte, peek early, whole func([]byte)) []byte {
	if need := 4 - len(f.partial); need > 0 {
		n := min(need, len(p))
		f.partial = append(f.partial, p[:n]...)
		p = p[n:]
	}
	size, ok := f.size(f.partial)
	if !ok || f.blind {
		return p
	}
	n := min(4+size-len(f.partial), len(p))
	f.partial = append(f.partial, p[:n]...)
	p = p[n:]
	if len(f.partial) == 4+size {
		whole(f.partial[4:])
		f.partial = f.partial[:0]
		return p
	}
	if peek != nil && len(f.partial) > 4 {
		if want, done := peek(f.partial[4:], size); !want {
			f.skip, f.skipped = 4+size-len(f.partial), done
			f.partial = f.partial[:0]
		}
	}
	return p
}

func (f *framer) size(p []byte) (int, bool) {
	if len(p) < 4 {
		return 0, false
	}
	size := binary.BigEndian.Uint32(p)
	if size > maxFrame {
		f.blind = true
		f.partial = nil
		return 0, false
	}
	return int(size), true
}
