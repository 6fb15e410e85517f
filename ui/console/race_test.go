//go:build race

package console

// raced is true beside the race detector, which makes everything several times
// slower.
const raced = true
