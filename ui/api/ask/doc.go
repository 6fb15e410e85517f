// Package ask reads what is asked for over HTTP: bodies, and the course's send,
// from JSON and from a query. What it can't take it says, with what to do
// instead; the answer is its caller's. It imports words and no more, so that
// its fuzz target is built in seconds.
package ask
