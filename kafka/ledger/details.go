package ledger

// How much detail is kept. Counts are exact for ever; details are of the
// latest only.
const (
	// MaxAttempts is how many attempts of one message are kept by id.
	MaxAttempts = 12

	maxMessages     = 512
	maxAttempts     = 2048
	detailsPerBurst = 64 // of the messages that are handed over in one event
	maxDials        = 32
	maxTail         = 128 // records per partition
	maxBands        = 64
	maxRequests     = 128 // of the attempts, told whole
)

// messageRing keeps the latest messages.
type messageRing struct {
	slots []Message
	next  int
	index map[Ref]int
}

func newMessageRing() *messageRing { return &messageRing{index: map[Ref]int{}} }

// add takes a message in, in place of the oldest, and returns its slot.
func (r *messageRing) add(m Message) *Message {
	if len(r.slots) < maxMessages {
		r.slots = append(r.slots, m)
		r.index[m.Ref] = len(r.slots) - 1
		return &r.slots[len(r.slots)-1]
	}
	slot := &r.slots[r.next]
	delete(r.index, slot.Ref)
	m.Attempts = slot.Attempts[:0]
	*slot = m
	r.index[m.Ref] = r.next
	r.next = (r.next + 1) % maxMessages
	return slot
}

func (r *messageRing) find(ref Ref) *Message {
	if i, ok := r.index[ref]; ok {
		return &r.slots[i]
	}
	return nil
}

// name writes out the ids that are still missing.
func (r *messageRing) name(id func(Ref) string) {
	for i := range r.slots {
		if m := &r.slots[i]; m.ID == "" {
			m.ID = id(m.Ref)
		}
	}
}

// snapshot copies the messages, oldest first, sharing nothing.
func (r *messageRing) snapshot() []Message {
	out := make([]Message, 0, len(r.slots))
	out = append(append(out, r.slots[r.next:]...), r.slots[:r.next]...)
	total := 0
	for i := range out {
		total += len(out[i].Attempts)
	}
	ids := make([]AttemptID, 0, total)
	for i := range out {
		from := len(ids)
		ids = append(ids, out[i].Attempts...)
		out[i].Attempts = ids[from:len(ids):len(ids)]
	}
	return out
}

// attemptRing keeps the latest attempts.
type attemptRing struct {
	slots []Attempt
	next  int
	index map[AttemptID]int
}

func newAttemptRing() *attemptRing { return &attemptRing{index: map[AttemptID]int{}} }

func (r *attemptRing) add(a Attempt) *Attempt {
	at := len(r.slots)
	if at < maxAttempts {
		r.slots = append(r.slots, a)
	} else {
		at = r.next
		delete(r.index, r.slots[at].ID)
		r.slots[at] = a
		r.next = (r.next + 1) % maxAttempts
	}
	r.index[a.ID] = at
	return &r.slots[at]
}

// each visits the retained parts of a request.
func (r *attemptRing) each(id RequestID, visit func(*Attempt)) {
	for part := int32(0); ; part++ {
		i, ok := r.index[AttemptID{id, part}]
		if !ok {
			return
		}
		visit(&r.slots[i])
	}
}

// latest copies the latest attempts, in the order of their departure.
func (r *attemptRing) latest() []Attempt {
	n := min(len(r.slots), maxRequests)
	out := make([]Attempt, 0, n)
	for i := len(r.slots) - n; i < len(r.slots); i++ {
		out = append(out, r.slots[(r.next+i)%len(r.slots)])
	}
	return out
}

// pick copies the attempts that a list of messages names.
func (r *attemptRing) pick(messages []Message) map[AttemptID]*Attempt {
	picked := map[AttemptID]*Attempt{}
	for i := range messages {
		for _, id := range messages[i].Attempts {
			if at, ok := r.index[id]; ok && picked[id] == nil {
				a := r.slots[at]
				picked[id] = &a
			}
		}
	}
	return picked
}
