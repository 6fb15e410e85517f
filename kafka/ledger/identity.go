package ledger

import (
	"bytes"
	"strconv"
	"sync"
)

// Identity joins what stands in a record's headers with the sends of a run. A
// generated id says it by itself; for a message that a learner named, the
// header timestamp tells its sends apart. It is safe for concurrent use.
type Identity struct {
	run    string
	prefix []byte

	mu    sync.RWMutex
	named map[string]map[string]Ref // id → timestamp → send
}

// NewIdentity serves one run.
func NewIdentity(run string) *Identity {
	return &Identity{run: run, prefix: []byte(run + "-"), named: map[string]map[string]Ref{}}
}

// Run returns the run's id.
func (i *Identity) Run() string { return i.run }

// AppendID appends the generated id of a send: <run>-<batch>-<n>.
func (i *Identity) AppendID(dst []byte, r Ref) []byte {
	dst = append(dst, i.prefix...)
	dst = strconv.AppendUint(dst, uint64(r.Batch), 10)
	dst = append(dst, '-')
	return strconv.AppendUint(dst, uint64(r.N), 10)
}

// Name remembers a send of a message that a learner named. It returns false
// where that message was sent at that very timestamp before.
func (i *Identity) Name(id, timestamp string, r Ref) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	sends := i.named[id]
	if sends == nil {
		sends = map[string]Ref{}
		i.named[id] = sends
	}
	if _, taken := sends[timestamp]; taken {
		return false
	}
	sends[timestamp] = r
	return true
}

// Resolve finds the send that a record's event-id and timestamp speak of. A
// record of another run, or of a stranger, has none.
func (i *Identity) Resolve(id, timestamp []byte) (Ref, bool) {
	if r, ok := i.byName(id, timestamp); ok {
		return r, true // also where the learner chose an id that looks generated
	}
	if rest, ok := bytes.CutPrefix(id, i.prefix); ok {
		return parseRef(rest)
	}
	return Ref{}, false
}

func (i *Identity) byName(id, timestamp []byte) (Ref, bool) {
	i.mu.RLock()
	defer i.mu.RUnlock()
	if len(i.named) == 0 {
		return Ref{}, false
	}
	r, ok := i.named[string(id)][string(timestamp)]
	return r, ok
}

// parseRef reads "<batch>-<n>".
func parseRef(s []byte) (Ref, bool) {
	var r Ref
	var ok bool
	if r.Batch, s, ok = digits(s); !ok || len(s) == 0 || s[0] != '-' {
		return Ref{}, false
	}
	if r.N, s, ok = digits(s[1:]); !ok || len(s) != 0 {
		return Ref{}, false
	}
	return r, true
}

func digits(s []byte) (n uint32, rest []byte, ok bool) {
	i := 0
	for ; i < len(s) && i < 9 && s[i] >= '0' && s[i] <= '9'; i++ {
		n = n*10 + uint32(s[i]-'0')
	}
	return n, s[i:], i > 0
}
