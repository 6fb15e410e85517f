package handout_test

import (
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/rehearsal"
	"atelier/ui/handout"

	"golang.org/x/net/html"
)

// hostile is a lesson that the parser takes, and whose every text would do
// something on a page that does not escape.
const hostile = `---
title: "\"onload=alert(1) x='` + "`</title><script>alert(1)</script>`" + `"
minutes: 3
objectives: ["` + "`</li><script>`" + `"]
---

## A ` + "`</h3><script>alert(2)</script>`" + ` [x](javascript:alert(3))

[a](javascript:alert(4)) [b](data:text/html,x) [c](//evil.example/x) [d](http://good.example/?a=1&b=<) ![e](http://track.example/p.png) ![f](x.png "t")
[g](#b) [h](03-x.md#b) [i](other.md) [j]( VBSCRIPT:x ) [k](https://x.example/"onmouseover="alert(5))

### Part

~~~x"><script>alert(6)</script>
</code></pre><script>alert(7)</script>
~~~

` + "```diagram\n</pre><script>alert(8)</script>\n```\n\n```predict\n`<script>`? {value: A.copies}\n[x] 1\n  `<i>`\n[ ] *\n  1. x\n```\n\n" +
	"```lab\nsend 1 plain sync value=\"</code></pre><script>alert(9)</script>\" as A\naudit\n```\n\n- [ ] `<script>` & <3 {check: A.copies == 1}\n- [ ] # by hand\n\n" +
	"> hint: `</details><script>alert(10)</script>`\n\n> note: secret\n\n## B\n\n```quiz\nQ?\n[x] `<b>`\n  - yes\n[ ] # no\n  > no\n```\n"

func parse(t *testing.T, src string) *course.Module {
	t.Helper()
	m, err := course.Parse("en/03-x.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func written(t *testing.T, write func(*strings.Builder) error) string {
	t.Helper()
	var b strings.Builder
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "%!") || strings.ContainsRune(b.String(), 0x1b) {
		t.Errorf("not to be shown: %q", b.String())
	}
	return b.String()
}

func results(m *course.Module) *handout.Results {
	return &handout.Results{
		At: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Cluster: words.Text{En: "on <b>", Fr: "sur <b>"},
		Labs: map[int][]rehearsal.Lab{m.Number: {{
			Run: "r1<b>", Took: 1500 * time.Millisecond, Status: lab.Passed,
			Lines: []rehearsal.Line{
				{Done: true, At: 20 * time.Millisecond, Result: words.Text{En: "<script>\x1b[31m\nacked ```", Fr: "x"}},
				{Done: true, Failed: true, Err: words.Errorf("</pre><script>", "</pre><script>")},
			},
			Checks:      []rehearsal.Check{{Expr: "A.copies == 1", Held: true, Values: map[string]any{"A.copies": int64(1)}}},
			Predictions: []rehearsal.Prediction{{Line: predicted(m), Value: "A.copies", Right: "1", Measured: 1, Agrees: true}},
		}}},
	}
}

// predicted is the line of the first number that a lesson foretells.
func predicted(m *course.Module) int {
	for _, b := range m.Steps[0].Blocks {
		if p, is := b.(course.Predict); is {
			return p.ValueLine
		}
	}
	return 0
}

// elements are all elements of a page, with their attributes.
func elements(t *testing.T, page string) (all []*html.Node) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			all = append(all, n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return all
}

// A page is what its template makes of it, whatever a lesson holds: no script, no
// handler, nothing that is fetched, and links to the web and to the page alone.
func TestAHostileLessonDoesNothing(t *testing.T) {
	m := parse(t, hostile)
	h := &handout.Handout{Lang: words.English, Modules: []*course.Module{m}, Results: results(m)}
	page := written(t, func(b *strings.Builder) error { return h.HTML(b) })
	harmless(t, page)
	for _, part := range []string{
		"&lt;script&gt;alert(9)&lt;/script&gt;", `href="#m3-2"`, `href="http://track.example/p.png"`, "measured: A.copies = 1", "(A.copies = 1)", "☑", "not verified here",
		"run r1&lt;b&gt;, 1.5 s", "0.020\u00a0s", `<span class="failed">`,
	} {
		if !strings.Contains(page, part) {
			t.Errorf("the page does not hold %s", part)
		}
	}
	if strings.Contains(page, "secret") || strings.Contains(page, "evil.example") {
		t.Error("it holds the presenter's note, or leads to a host without a scheme")
	}
	h.Notes = true
	if !strings.Contains(written(t, func(b *strings.Builder) error { return h.HTML(b) }), "secret") {
		t.Error("no note, though it is asked for")
	}
}

var ids = regexp.MustCompile(`^m\d+(-\d+)?$`)

func harmless(t *testing.T, page string) {
	t.Helper()
	there := map[string]bool{}
	all := elements(t, page)
	for _, n := range all {
		for _, a := range n.Attr {
			if a.Key == "id" {
				there[a.Val] = true
			}
		}
	}
	for _, n := range all {
		switch n.Data {
		case "script", "img", "iframe", "object", "embed", "link", "form", "base", "svg", "audio", "video", "input":
			t.Errorf("there is a %s", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "srcset":
				t.Errorf("%s has %s=%q", n.Data, a.Key, a.Val)
			case a.Key == "id" && !ids.MatchString(a.Val):
				t.Errorf("id=%q", a.Val)
			case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
				if !there[a.Val[1:]] {
					t.Errorf("nothing at %s", a.Val)
				}
			case a.Key == "href" && !regexp.MustCompile(`^(https?://|mailto:)`).MatchString(a.Val):
				t.Errorf("a link to %q", a.Val)
			}
		}
	}
	if strings.Contains(page, "@import") || strings.Contains(page, "url(") {
		t.Error("the style fetches something")
	}
}

func TestHostileMarkdownStaysMarkdown(t *testing.T) {
	m := parse(t, hostile)
	h := &handout.Handout{Lang: words.French, Modules: []*course.Module{m}, Results: results(m)}
	text := written(t, func(b *strings.Builder) error { return h.Markdown(b) })
	for _, part := range []string{"-->\n# Module 3\u00a0: ", "\n## A ", "\n### Part", "\n**Prédisez**\u00a0: ", "\n> **Indice**\u00a0: ", "- [x] `<script>` & <3 (A.copies = 1)", "- [ ] # by hand (non vérifié ici)", "essai r1&lt;b&gt;, 1,5\u00a0s"} {
		if !strings.Contains(text, part) {
			t.Errorf("it does not hold %q", part)
		}
	}
	if n := strings.Count("\n"+text, "\n# "); n != 1 {
		t.Errorf("%d titles", n)
	}
	h.Lang = words.English
	if text = written(t, func(b *strings.Builder) error { return h.Markdown(b) }); !strings.Contains(text, "````text\n0.020\u00a0s  ✓ send 1") {
		t.Error("what came of a line can close its fence")
	}
	if t.Failed() {
		t.Log(text)
	}
}

// The course itself, in both languages: every step is there, and the Markdown
// can be parsed for its labs again.
func TestTheCourseIsHandedOut(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.French} {
		modules, err := course.Load(lessons.Content, lang)
		if err != nil {
			t.Fatal(err)
		}
		h := &handout.Handout{Lang: lang, Modules: modules, Notes: true}
		page := written(t, func(b *strings.Builder) error { return h.HTML(b) })
		harmless(t, page)
		if strings.Contains(page, "raw HTML omitted") {
			t.Error("raw HTML")
		}
		steps, labs := 0, 0
		for _, m := range modules {
			steps += len(m.Steps)
			labs += len(m.Labs())
		}
		if n := strings.Count(page, "<h3>"); n != steps {
			t.Errorf("%d steps on the page, %d in the course", n, steps)
		}
		text := written(t, func(b *strings.Builder) error { return h.Markdown(b) })
		if n := strings.Count(text, "\n```lab"); n != labs {
			t.Errorf("%d labs in the text, %d in the course", n, labs)
		}
	}
}

// What was written down once says so at its top, and nothing else does: an
// export replaces its own files alone.
func TestAHandoutIsKnownAgain(t *testing.T) {
	h := &handout.Handout{Lang: words.English, Modules: []*course.Module{parse(t, hostile)}}
	for name, write := range map[string]func(io.Writer) error{"page": h.HTML, "text": h.Markdown, "index": h.Index} {
		text := written(t, func(b *strings.Builder) error { return write(b) })
		if !handout.Marked(strings.NewReader(text)) {
			t.Errorf("the %s is not known again", name)
		}
		for _, other := range []string{"", "mine\n", "mine\n" + text, text[:20]} {
			if handout.Marked(strings.NewReader(other)) {
				t.Errorf("taken for one of ours: %.40q", other)
			}
		}
	}
}
