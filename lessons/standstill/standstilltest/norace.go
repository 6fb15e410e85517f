//go:build !race

package standstilltest

// Raced is false without the race detector.
const Raced = false
