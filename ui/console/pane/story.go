package pane

import "atelier/kafka/ledger"

// Story asks to tell what happened to a message.
type Story struct{ Ref ledger.Ref }

// Wish makes it a wish.
func (Story) Wish() {}
