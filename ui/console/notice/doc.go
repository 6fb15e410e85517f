// Package notice is what is said under the prompt: what came of a line, or
// what was wrong with it.
package notice
