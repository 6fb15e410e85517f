package console

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
)

// markdown turns prose into rows of text. It draws into cells like everything
// else, so a lesson file cannot send an escape sequence to the terminal.
type markdown struct {
	src []byte
	w   int
}

func renderMarkdown(src string, w int) []line {
	if strings.ContainsRune(src, '\x1b') {
		src = ansi.Strip(src) // whole, before it is cut into pieces
	}
	m := markdown{src: []byte(src), w: max(w, 8)}
	doc := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser().Parse(gmtext.NewReader(m.src))
	return m.blocks(doc, m.w)
}

// blocks renders the children of a node with an empty row between them.
func (m markdown) blocks(parent ast.Node, w int) []line {
	var out []line
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		rows := m.block(n, w)
		if len(rows) > 0 && len(out) > 0 && n.Kind() != ast.KindTextBlock {
			if _, list := parent.(*ast.ListItem); !list || n.Kind() != ast.KindList {
				out = append(out, line{})
			}
		}
		out = append(out, rows...)
	}
	return out
}

func (m markdown) block(n ast.Node, w int) []line {
	switch n := n.(type) {
	case *ast.Heading:
		return wrap(m.inline(nil, n, accent|bold), w)
	case *ast.Paragraph, *ast.TextBlock:
		return wrap(m.inline(nil, n, text), w)
	case *ast.List:
		return m.list(n, w)
	case *ast.Blockquote:
		return prefixed(line{{"│ ", accent}}, m.blocks(n, w-2))
	case *ast.FencedCodeBlock:
		return m.code(n.Lines(), w)
	case *ast.CodeBlock:
		return m.code(n.Lines(), w)
	case *ast.ThematicBreak:
		return []line{{{strings.Repeat("─", w), quiet}}}
	case *extast.Table:
		return m.table(n, w)
	}
	return nil
}

func prefixed(prefix line, rows []line) []line {
	for i := range rows {
		rows[i] = append(append(line{}, prefix...), rows[i]...)
	}
	return rows
}

func (m markdown) list(l *ast.List, w int) []line {
	var out []line
	number := l.Start
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "• "
		if l.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		rows := m.blocks(item, w-width(mark))
		for i := range rows {
			prefix := span{strings.Repeat(" ", width(mark)), text}
			if i == 0 {
				prefix = span{mark, accent}
			}
			out = append(out, append(line{prefix}, rows[i]...))
		}
		if !l.IsTight && item.NextSibling() != nil {
			out = append(out, line{})
		}
	}
	return out
}

// code keeps its rows as they are; one that is too wide goes on below.
func (m markdown) code(lines *gmtext.Segments, w int) []line {
	var out []line
	for i := range lines.Len() {
		seg := lines.At(i)
		out = append(out, codeRow(string(seg.Value(m.src)), w)...)
	}
	return out
}

func codeRow(s string, w int) []line {
	s = plain(strings.ReplaceAll(strings.TrimRight(s, "\r\n"), "\t", "    "))
	var out []line
	for first := true; first || s != ""; first = false {
		prefix := "  "
		if !first {
			prefix = "    "
		}
		n := fits(s, max(w-len(prefix), 4))
		if n == 0 {
			n = len(s)
		}
		out = append(out, line{{prefix, text}, {s[:n], code}})
		s = s[n:]
	}
	return out
}

func (m markdown) inline(out []span, parent ast.Node, st style) []span {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			out = append(out, span{plain(string(n.Segment.Value(m.src))), st})
			switch {
			case n.HardLineBreak():
				out = append(out, span{"\n", st})
			case n.SoftLineBreak():
				out = append(out, span{" ", st})
			}
		case *ast.String:
			out = append(out, span{plain(string(n.Value)), st})
		case *ast.CodeSpan:
			out = m.inline(out, n, code)
		case *ast.Emphasis:
			attr := italic
			if n.Level > 1 {
				attr = bold
			}
			out = m.inline(out, n, st|attr)
		case *ast.AutoLink:
			out = append(out, span{plain(string(n.Label(m.src))), accent | underline})
		case *ast.Link:
			out = m.inline(out, n, accent|underline)
		default:
			out = m.inline(out, n, st)
		}
	}
	return out
}

// table gives each column what its longest cell needs, and shrinks the widest
// ones where that is too much; cells then go on below.
func (m markdown) table(t *extast.Table, w int) []line {
	var rows [][][]span
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		st := text
		if row.Kind() == extast.KindTableHeader {
			st = bold
		}
		var cells [][]span
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, m.inline(nil, c, st))
		}
		rows = append(rows, cells)
	}
	widths := columnWidths(rows, w)
	var out []line
	for i, row := range rows {
		out = append(out, tableRow(row, widths)...)
		if i == 0 {
			rule := line{}
			for c, cw := range widths {
				if c > 0 {
					rule = append(rule, span{"─┼─", quiet})
				}
				rule = append(rule, span{strings.Repeat("─", cw), quiet})
			}
			out = append(out, rule)
		}
	}
	return out
}

func columnWidths(rows [][][]span, w int) []int {
	var widths []int
	for _, row := range rows {
		for c, cell := range row {
			if c == len(widths) {
				widths = append(widths, 1)
			}
			widths[c] = max(widths[c], line(cell).width())
		}
	}
	for {
		total, widest := 3*(len(widths)-1), 0
		for c := range widths {
			total += widths[c]
			if widths[c] > widths[widest] {
				widest = c
			}
		}
		if total <= w || len(widths) == 0 || widths[widest] <= 4 {
			return widths
		}
		widths[widest]--
	}
}

func tableRow(cells [][]span, widths []int) []line {
	wrapped := make([][]line, len(cells))
	height := 1
	for c, cell := range cells {
		wrapped[c] = wrap(cell, widths[c])
		height = max(height, len(wrapped[c]))
	}
	out := make([]line, height)
	for y := range out {
		for c := range cells {
			var part line
			if y < len(wrapped[c]) {
				part = wrapped[c][y]
			}
			if c > 0 {
				out[y] = append(out[y], span{" │ ", quiet})
			}
			out[y] = append(out[y], part...)
			out[y] = append(out[y], span{strings.Repeat(" ", max(0, widths[c]-part.width())), text})
		}
	}
	return out
}
