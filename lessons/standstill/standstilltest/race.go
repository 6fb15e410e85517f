//go:build race

package standstilltest

// Raced is true beside the race detector, which makes everything several times
// slower.
const Raced = true
