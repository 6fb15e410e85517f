package telling

import (
	"cmp"
	"strconv"
	"strings"

	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
)

// Cast gives the messages on one screen their names and colours.
type Cast struct {
	labels  []ledger.Totals
	batches []batchSize // ascending
}

type batchSize struct {
	batch uint32
	many  bool
}

// Of learns who is there. It reuses what it has.
func (c *Cast) Of(s *ledger.Snapshot) {
	c.labels, c.batches = s.Labels, c.batches[:0]
	for i := range s.Messages {
		r := s.Messages[i].Ref
		if n := len(c.batches); n == 0 || c.batches[n-1].batch != r.Batch {
			c.batches = append(c.batches, batchSize{batch: r.Batch})
		}
		if r.N > 0 {
			c.batches[len(c.batches)-1].many = true
		}
	}
}

// Name is a label, or the batch's number where it has none, with the message's
// own number where the batch has several.
func (c *Cast) Name(r ledger.Ref, label string) string {
	name := screen.Plain(label)
	if label == "" {
		name = "#" + strconv.FormatUint(uint64(r.Batch), 10)
	}
	if r.N > 0 || c.Many(r.Batch) {
		name += "·" + strconv.FormatUint(uint64(r.N)+1, 10)
	}
	return name
}

// Many says that a batch has several messages.
func (c *Cast) Many(batch uint32) bool {
	for i := len(c.batches) - 1; i >= 0; i-- {
		if c.batches[i].batch == batch {
			return c.batches[i].many
		}
	}
	return false
}

// Alone says that there is one batch and no other.
func (c *Cast) Alone() bool { return len(c.batches) == 1 }

// Style is the colour of a message: that of its label, or of its batch.
func (c *Cast) Style(r ledger.Ref, label string) screen.Style {
	if label != "" {
		return screen.Label(Rank(c.labels, label))
	}
	return screen.Label(len(c.labels) + int(r.Batch) - 1)
}

// Rank is a label's place among the labels by name. Two lines that run at once
// start in any order, and A should still stand above B.
func Rank(labels []ledger.Totals, label string) int {
	n := 0
	for i := range labels {
		if labels[i].Label < label {
			n++
		}
	}
	return n
}

// Before puts labels first, by name, then what has none, by its batch.
func Before(label1 string, batch1 uint32, label2 string, batch2 uint32) int {
	switch {
	case label1 == "" && label2 != "":
		return 1
	case label1 != "" && label2 == "":
		return -1
	case label1 != label2:
		return strings.Compare(label1, label2)
	default:
		return cmp.Compare(batch1, batch2)
	}
}
