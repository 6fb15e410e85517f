package console

import "strings"

// span is a piece of text in one style.
type span struct {
	text  string
	style style
}

// line is one row of text.
type line []span

// put draws the line and returns the column after it.
func (l line) put(a area, x, y int) int {
	for _, s := range l {
		x = a.put(x, y, s.text, s.style)
	}
	return x
}

func (l line) width() int {
	w := 0
	for _, s := range l {
		w += width(s.text)
	}
	return w
}

// wrap breaks a text into rows of some columns. Only plain spaces break: a
// no-break space keeps « this » together. A word that is wider than a row is
// cut where the row ends.
func wrap(spans []span, w int) []line {
	w = max(w, 1)
	var lines []line
	var row, word line
	rowW, wordW, gap := 0, 0, 0
	var gapStyle style
	flush := func() {
		if len(word) == 0 {
			return
		}
		if rowW > 0 && rowW+gap+wordW > w {
			lines = append(lines, row)
			row, rowW, gap = nil, 0, 0
		}
		if gap > 0 && rowW > 0 {
			row = append(row, span{strings.Repeat(" ", gap), gapStyle})
			rowW += gap
		}
		row, rowW = append(row, word...), rowW+wordW
		word, wordW, gap = nil, 0, 0
	}
	for _, s := range spans {
		rest := s.text
		for len(rest) > 0 {
			switch rest[0] {
			case ' ':
				flush()
				gap, gapStyle = gap+1, s.style
				rest = rest[1:]
				continue
			case '\n':
				flush()
				lines = append(lines, row)
				row, rowW, gap = nil, 0, 0
				rest = rest[1:]
				continue
			}
			end := strings.IndexAny(rest, " \n")
			if end < 0 {
				end = len(rest)
			}
			piece := rest[:end]
			rest = rest[end:]
			for width(piece)+wordW > w { // a word wider than a row
				flush()
				n := fits(piece, w)
				if n == 0 {
					n = len(piece)
				}
				word, wordW = append(word, span{piece[:n], s.style}), wordW+width(piece[:n])
				flush()
				piece = piece[n:]
			}
			if piece != "" {
				word, wordW = append(word, span{piece, s.style}), wordW+width(piece)
			}
		}
	}
	flush()
	if len(row) > 0 || len(lines) == 0 {
		lines = append(lines, row)
	}
	return lines
}

// fits is how many bytes of a text fit into some columns.
func fits(s string, w int) int {
	i := 0
	for i < len(s) {
		_, cw, n := next(s[i:])
		if w -= cw; w < 0 {
			break
		}
		i += n
	}
	return i
}

// indented wraps a text behind a first prefix and puts another one before the
// rows that follow.
func indented(first, rest line, spans []span, w int) []line {
	pad := max(first.width(), rest.width())
	lines := wrap(spans, w-pad)
	for i := range lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		lines[i] = append(append(line{}, prefix...), lines[i]...)
	}
	return lines
}
