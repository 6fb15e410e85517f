// Package screen is what a console draws on: a grid of cells, areas of it with
// their own coordinates, styles by meaning, and rows of styled text. Nothing
// here knows of Kafka or of keys.
//
// Only Grid.Encode writes escape sequences; a pane puts text and styles into
// an Area. Every text that comes from outside goes through Plain first.
package screen
