// Package sheet shows a long text above the rest of the screen, to be scrolled
// and closed.
package sheet
