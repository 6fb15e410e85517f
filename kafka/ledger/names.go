package ledger

// Names says what messages are called, to a listener while it is told of an
// event: no longer, since a later run knows nothing of this one's.
type Names struct{ fold *fold }

// Given is the name that somebody gave to the message of a send; empty where it
// has its generated id. known is false where this run has had no such send.
func (n Names) Given(r Ref) (name string, known bool) {
	b := n.fold.batchOf(r)
	if b == nil {
		return "", false
	}
	if named := b.nameOf(r.N); named != nil {
		return named.id, true
	}
	return "", true
}
