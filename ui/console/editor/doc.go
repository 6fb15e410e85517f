// Package editor is one line of text under edit: Bubbles' text input, drawn in
// cells. The prompt has one, and so has each field of a form.
package editor
