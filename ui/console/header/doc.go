// Package header is the line at the top: which step of which module is on
// screen, for how long the console has been open, and on what cluster.
package header
