// Package editor is one line of text under edit, with the keys of a shell. The
// prompt has one, and so has each field of a form.
package editor
