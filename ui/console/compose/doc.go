// Package compose is the form of a send: everything that its lab line can say,
// begun with what was sent last, and the line as it grows.
package compose
