package pane

import "atelier/kafka/ledger"

// Story asks to tell what happened to a message.
type Story struct{ Ref ledger.Ref }

// CopyStory asks to copy it out by one of the keys of CopyOut.
type CopyStory struct {
	Ref ledger.Ref
	Key string
}

// Wish makes each of them a wish.
func (Story) Wish()     {}
func (CopyStory) Wish() {}
