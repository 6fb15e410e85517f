//go:build !race

package headless_test

const raced = false
