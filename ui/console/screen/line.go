package screen

import "strings"

// Span is a piece of text in one style.
type Span struct {
	Text  string
	Style Style
}

// Line is one row of text.
type Line []Span

// Text is a line of one span.
func Text(s string, st Style) Line { return Line{{s, st}} }

// Add puts one more span behind the line.
func (l Line) Add(s string, st Style) Line { return append(l, Span{s, st}) }

// Put draws the line and returns the column after it.
func (l Line) Put(a Area, x, y int) int {
	for _, s := range l {
		x = a.Put(x, y, s.Text, s.Style)
	}
	return x
}

// String is the text of the line, without its styles.
func (l Line) String() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Width is the number of columns that the line takes.
func (l Line) Width() int {
	w := 0
	for _, s := range l {
		w += Width(s.Text)
	}
	return w
}

// Wrap breaks a text into rows of some columns. Only plain spaces break: a
// no-break space keeps « this » together. A word that is wider than a row is
// cut where the row ends.
func Wrap(text Line, w int) []Line {
	w = max(w, 1)
	var lines []Line
	var row, word Line
	rowW, wordW, gap := 0, 0, 0
	var gapStyle Style
	flush := func() {
		if len(word) == 0 {
			return
		}
		if rowW > 0 && rowW+gap+wordW > w {
			lines = append(lines, row)
			row, rowW, gap = nil, 0, 0
		}
		if gap > 0 && rowW > 0 {
			row = append(row, Span{strings.Repeat(" ", gap), gapStyle})
			rowW += gap
		}
		row, rowW = append(row, word...), rowW+wordW
		word, wordW, gap = nil, 0, 0
	}
	for _, s := range text {
		rest := s.Text
		for len(rest) > 0 {
			switch rest[0] {
			case ' ':
				flush()
				gap, gapStyle = gap+1, s.Style
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
			for Width(piece)+wordW > w { // a word wider than a row
				flush()
				n := Fits(piece, w)
				if n == 0 {
					n = len(piece)
				}
				word, wordW = append(word, Span{piece[:n], s.Style}), wordW+Width(piece[:n])
				flush()
				piece = piece[n:]
			}
			if piece != "" {
				word, wordW = append(word, Span{piece, s.Style}), wordW+Width(piece)
			}
		}
	}
	flush()
	if len(row) > 0 || len(lines) == 0 {
		lines = append(lines, row)
	}
	return lines
}

// Fits is how many bytes of a text fit into some columns.
func Fits(s string, w int) int {
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

// Indented wraps a text behind a first prefix and puts another one before the
// rows that follow.
func Indented(first, rest, text Line, w int) []Line {
	pad := max(first.Width(), rest.Width())
	lines := Wrap(text, w-pad)
	for i := range lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		lines[i] = append(append(Line{}, prefix...), lines[i]...)
	}
	return lines
}

// Centred writes sentences in the middle of an area, each in as many rows as it
// takes: what a pane says that has nothing to show.
func Centred(a Area, st Style, sentences ...string) {
	var rows []Line
	for _, s := range sentences {
		rows = append(rows, Wrap(Text(s, st), a.W-2)...)
	}
	y := max(0, (a.H-len(rows))/2)
	for i, row := range rows {
		row.Put(a, max(1, (a.W-row.Width())/2), y+i)
	}
}

// Prefixed puts a prefix before each row.
func Prefixed(prefix Line, rows []Line) []Line {
	for i := range rows {
		rows[i] = append(append(Line{}, prefix...), rows[i]...)
	}
	return rows
}
