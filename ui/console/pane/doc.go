// Package pane is the contract between the console and its panes: what a pane
// can do, what each is told, and the Part that all have in common. A pane
// embeds a Part, stands in a package of its own and imports no other pane.
package pane
