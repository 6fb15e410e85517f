// Package prompt takes lab lines, keeps their history, and shows the line that
// ran last while it has no focus.
package prompt
