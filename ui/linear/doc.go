// Package linear is the front end of plain lines: --linear. It reads lines and
// writes lines, without an escape sequence, a cursor or a colour, for screen
// readers, braille displays, pipes and logs. The lesson is read out, the
// learner answers in words, and what happens on the bench is told as it
// happens: one event, one sentence.
//
// What is told comes from the ledger alone: happenings compares two snapshots,
// sentence says what it found.
package linear
