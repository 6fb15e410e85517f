//go:build race

package api_test

// raced is true beside the race detector, which makes everything several times
// slower.
const raced = true
