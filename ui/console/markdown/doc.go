// Package markdown turns Markdown into rows of styled text, as wide as it is
// told. A lesson file cannot send an escape sequence to the terminal through
// it.
package markdown
