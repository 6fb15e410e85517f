package ledger

import "strings"

// maxSends is how many sends of a named message are kept one by one.
const maxSends = 64

// named is a message that several sends may share.
type named struct {
	id      string
	sends   int64
	copies  int64
	audited int64 // how many sends the last audit judged, once it has settled
	groups  []*group
	kind    Kind  // the best that any of its sends was told
	latest  []Ref // sends, oldest first
}

// better orders what a message was told over several sends: one ack is enough.
func better(a, b Kind) Kind {
	rank := [...]int{NoReport: 0, FailedReport: 1, UnknownReport: 2, FiredReport: 3, AckedReport: 4}
	if rank[a] > rank[b] {
		return a
	}
	return b
}

// name finds the message of an id, or makes it. The generated id of a send of
// this run is that very message, from now on a named one.
func (f *fold) name(id string) *named {
	if n := f.named[id]; n != nil {
		return n
	}
	n := &named{id: id}
	f.named[id] = n
	if b, ref := f.generated(id); b != nil && b.nameOf(ref.N) == nil {
		f.give(b, ref.N, n)
		n.kind = b.sends.at(ref.N).kind
	}
	return n
}

// generated finds the send that a generated id speaks of, and its batch; nil
// where there is none.
func (f *fold) generated(id string) (*batch, Ref) {
	rest, ours := strings.CutPrefix(id, f.run.Run+"-")
	if !ours {
		return nil, Ref{}
	}
	ref, ok := parseRef([]byte(rest))
	if !ok {
		return nil, Ref{}
	}
	return f.batchOf(ref), ref
}

// christen counts a send in with its message: that of the batch, or its own.
func (f *fold) christen(b *batch, n uint32, id string) {
	if b.named != nil {
		b.named.sent(Ref{b.Batch, n})
		return
	}
	f.give(b, n, f.name(id))
}

// give makes one send of a batch a send of a named message.
func (f *fold) give(b *batch, n uint32, to *named) {
	if b.names == nil {
		b.names = map[uint32]*named{}
	}
	b.names[n] = to
	b.sends.edit(n).flags |= isNamed
	to.join(b.group)
	to.sent(Ref{b.Batch, n})
}

func (n *named) sent(r Ref) {
	n.sends++
	if len(n.latest) == maxSends {
		n.latest = append(n.latest[:0], n.latest[1:]...)
	}
	n.latest = append(n.latest, r)
}

func (n *named) join(g *group) {
	for _, have := range n.groups {
		if have == g {
			return
		}
	}
	n.groups = append(n.groups, g)
}

// nameOf is the named message that a send is of; nil for a generated id.
func (b *batch) nameOf(n uint32) *named {
	if b.named != nil || int(n) >= b.sends.count || b.sends.at(n).flags&isNamed == 0 {
		return b.named
	}
	return b.names[n]
}
