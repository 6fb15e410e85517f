package linear

import (
	"strconv"
	"strings"

	"atelier/assets/words"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// prose reads Markdown out: a line a paragraph, an item or a row of a table,
// without marks. Columns are named in each row, since nobody sees them: what:
// acks; A: 1.
func prose(lang words.Lang, markdown string) []string {
	r := reader{lang: lang, src: []byte(markdown)}
	doc := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser().Parse(text.NewReader(r.src))
	return r.blocks(doc)
}

type reader struct {
	lang words.Lang // of the lesson
	src  []byte
}

func (r reader) blocks(parent ast.Node) []string {
	var out []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, r.block(n)...)
	}
	return out
}

func (r reader) block(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.List:
		return r.list(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return r.code(n)
	case *extast.Table:
		return r.table(n)
	case *ast.Blockquote:
		return r.blocks(n)
	case *ast.ThematicBreak:
		return nil
	}
	if n.Type() == ast.TypeBlock && n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeBlock {
		return r.blocks(n)
	}
	return strings.Split(r.inline(n), "\n")
}

func (r reader) list(l *ast.List) []string {
	var out []string
	number := l.Start
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if l.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		for i, line := range r.blocks(item) {
			if i > 0 {
				mark = "  "
			}
			out = append(out, mark+line)
		}
	}
	return out
}

func (r reader) code(n ast.Node) []string {
	var out []string
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		out = append(out, "    "+strings.TrimRight(string(seg.Value(r.src)), "\r\n"))
	}
	return out
}

func (r reader) table(t *extast.Table) []string {
	var out, heads []string
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cell := r.inline(c)
			if i := len(cells); i < len(heads) && heads[i] != "" && row.Kind() != extast.KindTableHeader {
				cell = words.Textf("%s: %s", "%s : %s", heads[i], cell).In(r.lang)
			}
			cells = append(cells, cell)
		}
		if row.Kind() == extast.KindTableHeader {
			heads = cells
			continue
		}
		out = append(out, "- "+strings.Join(cells, words.Textf("; ", " ; ").In(r.lang)))
	}
	return out
}

// inline is the text of a paragraph; a hard break is a line end.
func (r reader) inline(parent ast.Node) string {
	var b strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(r.src))
			switch {
			case n.HardLineBreak():
				b.WriteByte('\n')
			case n.SoftLineBreak():
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(r.src))
		case *ast.Link:
			b.WriteString(r.inline(n))
			b.WriteString(" (" + string(n.Destination) + ")")
		default:
			b.WriteString(r.inline(n))
		}
	}
	return b.String()
}
