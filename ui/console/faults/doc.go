// Package faults puts any fault of the catalogue in force, on any broker and in
// either direction, and takes away what is in force. Whoever uses it sees the
// lab line that does it.
package faults
