// Package tape records runs and plays them again. A recording is the list of a
// run's events, one JSON object a line; playing is the same fold over it, at a
// speed of one's choice, in a ledger of its own: whoever shows a bench's
// snapshots shows a tape's.
//
// A Reel keeps the last run in memory, a Recorder writes runs to a file, Read
// and Load read one, a Deck plays a Tape. The package imports the ledger, the
// words and the recordings that are shipped, nothing else of this project.
package tape
