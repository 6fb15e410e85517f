package handout

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"strings"

	"atelier/lessons/course"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// prose turns the Markdown of one module into HTML. Raw HTML is not let through,
// pictures become links to them, so that a page loads nothing, and a link leads
// to its place on the page, to the web, or nowhere.
type prose struct {
	markdown goldmark.Markdown
}

// newProse makes one for a module. places are where a page has each lesson and
// step: file#anchor, as the module's links name them, to the page's id.
func newProse(m *course.Module, places map[string]string) prose {
	t := transformer{file: path.Base(m.Name), places: places}
	return prose{goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(t, 100))),
	)}
}

// html renders Markdown. What goldmark lets through is safe: it escapes text and
// leaves raw HTML out.
func (p prose) html(markdown string) template.HTML {
	var b bytes.Buffer
	if err := p.markdown.Convert([]byte(markdown), &b); err != nil {
		return template.HTML(template.HTMLEscapeString(markdown))
	}
	return template.HTML(b.String())
}

// inline renders a text of one line: without the paragraph around it.
func (p prose) inline(markdown string) template.HTML {
	s := strings.TrimSpace(string(p.html(markdown)))
	if one := strings.TrimSuffix(strings.TrimPrefix(s, "<p>"), "</p>"); !strings.Contains(one, "<p>") && strings.HasPrefix(s, "<p>") {
		return template.HTML(one)
	}
	// It begins like a list or a heading, and is none here.
	return template.HTML(template.HTMLEscapeString(markdown))
}

// transformer changes a document before it is rendered.
type transformer struct {
	file   string
	places map[string]string
}

// Transform implements parser.ASTTransformer.
func (t transformer) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var links []*ast.Link
	var images []*ast.Image
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(n.Level+1, 6) // below the step's
		case *ast.Image:
			images = append(images, n)
		case *ast.Link:
			links = append(links, n)
		}
		return ast.WalkContinue, nil
	})
	for _, image := range images {
		link := ast.NewLink()
		link.Destination = image.Destination
		t.swap(image, link)
		links = append(links, link)
	}
	for _, link := range links {
		to := t.destination(string(link.Destination))
		if to == "" {
			t.swap(link, ast.NewTextBlock())
			continue
		}
		link.Destination, link.Title = []byte(to), nil
		link.SetAttributeString("rel", []byte("noreferrer"))
	}
}

// swap puts a node in another's place, with what that holds.
func (t transformer) swap(old, node ast.Node) {
	for c := old.FirstChild(); c != nil; {
		next := c.NextSibling()
		node.AppendChild(node, c)
		c = next
	}
	if block, is := node.(*ast.TextBlock); is { // no link: only its words stay
		parent := old.Parent()
		for c := block.FirstChild(); c != nil; {
			next := c.NextSibling()
			parent.InsertBefore(parent, old, c)
			c = next
		}
		parent.RemoveChild(parent, old)
		return
	}
	old.Parent().ReplaceChild(old.Parent(), old, node)
}

// destination is where a link may lead; empty: nowhere.
func (t transformer) destination(to string) string {
	u, err := url.Parse(to)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "mailto":
		return u.String()
	case "":
	default:
		return ""
	}
	if u.Host != "" || u.Opaque != "" {
		return ""
	}
	file := t.file
	if u.Path != "" {
		file = path.Base(u.Path)
	}
	if id, there := t.places[file+"#"+u.Fragment]; there {
		return "#" + id
	}
	if id, there := t.places[file+"#"]; there && u.Path != "" {
		return "#" + id
	}
	return ""
}

// places are where a page has what links may lead to.
func (h *Handout) places() map[string]string {
	all := map[string]string{}
	for _, m := range h.Modules {
		file := path.Base(m.Name)
		all[file+"#"] = moduleID(m)
		for i, s := range m.Steps {
			if at := file + "#" + course.Anchor(s.Title); all[at] == "" {
				all[at] = stepID(m, i)
			}
		}
	}
	return all
}

func moduleID(m *course.Module) string         { return fmt.Sprintf("m%d", m.Number) }
func stepID(m *course.Module, step int) string { return fmt.Sprintf("m%d-%d", m.Number, step+1) }
