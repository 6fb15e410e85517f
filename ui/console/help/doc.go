// Package help lists keys above the rest of the screen: those of the pane that
// has the focus, then those of the whole console.
package help
