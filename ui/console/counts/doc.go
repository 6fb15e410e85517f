// Package counts is the table of what was sent and what came of it, a row a
// label.
package counts
