package handout

import (
	"bytes"
	"io"
)

// mark stands at the top of what is written down, so that an export replaces
// nothing but an earlier one. A page begins with its doctype all the same.
const (
	mark    = "<!-- atelier lessons export -->\n"
	doctype = "<!DOCTYPE html>\n"
)

// Marked says whether a file begins as a handout does.
func Marked(r io.Reader) bool {
	top := make([]byte, len(doctype)+len(mark))
	n, _ := io.ReadFull(r, top)
	return bytes.HasPrefix(bytes.TrimPrefix(top[:n], []byte(doctype)), []byte(mark))
}
