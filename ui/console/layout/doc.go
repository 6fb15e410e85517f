// Package layout turns the size of a terminal and the views that are asked for
// into rectangles. It is one pure function: it draws nothing, keeps nothing,
// and is tested alone at every size.
package layout
