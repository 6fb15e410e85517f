// Package stage is for tests alone: a bench made of a ledger and a clock that
// a test moves by hand, scenes played on it, a small course, and texts that
// attack a terminal.
package stage
