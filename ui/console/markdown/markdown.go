package markdown

import (
	"strconv"
	"strings"

	"atelier/ui/console/screen"

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

func Render(src string, w int) []screen.Line {
	if strings.ContainsRune(src, '\x1b') {
		src = ansi.Strip(src) // whole, before it is cut into pieces
	}
	m := markdown{src: []byte(src), w: max(w, 8)}
	doc := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser().Parse(gmtext.NewReader(m.src))
	return m.blocks(doc, m.w)
}

// blocks renders the children of a node with an empty row between them.
func (m markdown) blocks(parent ast.Node, w int) []screen.Line {
	var out []screen.Line
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		rows := m.block(n, w)
		if len(rows) > 0 && len(out) > 0 && n.Kind() != ast.KindTextBlock {
			if _, list := parent.(*ast.ListItem); !list || n.Kind() != ast.KindList {
				out = append(out, screen.Line{})
			}
		}
		out = append(out, rows...)
	}
	return out
}

func (m markdown) block(n ast.Node, w int) []screen.Line {
	switch n := n.(type) {
	case *ast.Heading:
		return screen.Wrap(m.inline(nil, n, screen.Accent|screen.Bold), w)
	case *ast.Paragraph, *ast.TextBlock:
		return screen.Wrap(m.inline(nil, n, screen.Ink), w)
	case *ast.List:
		return m.list(n, w)
	case *ast.Blockquote:
		return screen.Prefixed(screen.Text("│ ", screen.Accent), m.blocks(n, w-2))
	case *ast.FencedCodeBlock:
		return m.code(strings.ToLower(string(n.Language(m.src))), n.Lines(), w)
	case *ast.CodeBlock:
		return m.code("", n.Lines(), w)
	case *ast.ThematicBreak:
		return []screen.Line{screen.Text(strings.Repeat("─", w), screen.Quiet)}
	case *extast.Table:
		return m.table(n, w)
	}
	return nil
}

func (m markdown) list(l *ast.List, w int) []screen.Line {
	var out []screen.Line
	number := l.Start
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "• "
		if l.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		rows := m.blocks(item, w-screen.Width(mark))
		for i := range rows {
			prefix := screen.Span{Text: strings.Repeat(" ", screen.Width(mark)), Style: screen.Ink}
			if i == 0 {
				prefix = screen.Span{Text: mark, Style: screen.Accent}
			}
			out = append(out, append(screen.Line{prefix}, rows[i]...))
		}
		if !l.IsTight && item.NextSibling() != nil {
			out = append(out, screen.Line{})
		}
	}
	return out
}

// code keeps its rows as they are; one that is too wide goes on below.
func (m markdown) code(lang string, lines *gmtext.Segments, w int) []screen.Line {
	var out []screen.Line
	for i := range lines.Len() {
		seg := lines.At(i)
		out = append(out, codeRow(lang, string(seg.Value(m.src)), w)...)
	}
	return out
}

func codeRow(lang, s string, w int) []screen.Line {
	s = screen.Plain(strings.ReplaceAll(strings.TrimRight(s, "\r\n"), "\t", "    "))
	var out []screen.Line
	for first := true; first || s != ""; first = false {
		prefix := "  "
		if !first {
			prefix = "    "
		}
		n := screen.Fits(s, max(w-len(prefix), 4))
		if n == 0 {
			n = len(s)
		}
		out = append(out, append(screen.Text(prefix, screen.Ink), highlight(lang, s[:n])...))
		s = s[n:]
	}
	return out
}

func (m markdown) inline(out screen.Line, parent ast.Node, st screen.Style) screen.Line {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			out = out.Add(screen.Plain(string(n.Segment.Value(m.src))), st)
			switch {
			case n.HardLineBreak():
				out = out.Add("\n", st)
			case n.SoftLineBreak():
				out = out.Add(" ", st)
			}
		case *ast.String:
			out = out.Add(screen.Plain(string(n.Value)), st)
		case *ast.CodeSpan:
			out = m.inline(out, n, screen.Code)
		case *ast.Emphasis:
			attr := screen.Italic
			if n.Level > 1 {
				attr = screen.Bold
			}
			out = m.inline(out, n, st|attr)
		case *ast.AutoLink:
			out = out.Add(screen.Plain(string(n.Label(m.src))), screen.Accent|screen.Underline)
		case *ast.Link:
			out = m.inline(out, n, screen.Accent|screen.Underline)
		default:
			out = m.inline(out, n, st)
		}
	}
	return out
}

// table gives each column what its longest cell needs, and shrinks the widest
// ones where that is too much; cells then go on below.
func (m markdown) table(t *extast.Table, w int) []screen.Line {
	var rows [][]screen.Line
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		st := screen.Ink
		if row.Kind() == extast.KindTableHeader {
			st = screen.Bold
		}
		var cells []screen.Line
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, m.inline(nil, c, st))
		}
		rows = append(rows, cells)
	}
	widths := columnWidths(rows, w)
	var out []screen.Line
	for i, row := range rows {
		out = append(out, tableRow(row, widths)...)
		if i == 0 {
			rule := screen.Line{}
			for c, cw := range widths {
				if c > 0 {
					rule = rule.Add("─┼─", screen.Quiet)
				}
				rule = rule.Add(strings.Repeat("─", cw), screen.Quiet)
			}
			out = append(out, rule)
		}
	}
	return out
}

func columnWidths(rows [][]screen.Line, w int) []int {
	var widths []int
	for _, row := range rows {
		for c, cell := range row {
			if c == len(widths) {
				widths = append(widths, 1)
			}
			widths[c] = max(widths[c], cell.Width())
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

func tableRow(cells []screen.Line, widths []int) []screen.Line {
	wrapped := make([][]screen.Line, len(cells))
	height := 1
	for c, cell := range cells {
		wrapped[c] = screen.Wrap(cell, widths[c])
		height = max(height, len(wrapped[c]))
	}
	out := make([]screen.Line, height)
	for y := range out {
		for c := range cells {
			var part screen.Line
			if y < len(wrapped[c]) {
				part = wrapped[c][y]
			}
			if c > 0 {
				out[y] = out[y].Add(" │ ", screen.Quiet)
			}
			out[y] = append(out[y], part...)
			out[y] = out[y].Add(strings.Repeat(" ", max(0, widths[c]-part.Width())), screen.Ink)
		}
	}
	return out
}
