package handout

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"atelier/lessons/course"
	"atelier/ui/plain"
)

//go:embed page.html
var pageSource string

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// HTML writes the course as one page that stands alone.
func (h *Handout) HTML(w io.Writer) error {
	// The template package leaves comments out.
	if _, err := io.WriteString(w, doctype+mark); err != nil {
		return err
	}
	return pageTemplate.Execute(w, h.page())
}

// The page as its template sees it.
type (
	page struct {
		Lang, Title, About string
		Contents           string
		Modules            []module
	}
	module struct {
		ID, Head, Minutes, GoalsHead string
		Title                        template.HTML
		Goals                        []template.HTML
		Steps                        []step
	}
	step struct {
		ID, Optional string
		Title        template.HTML
		Blocks       []block
	}
	// block is one part of a step; Kind says which of the others is set.
	block struct {
		Kind     string
		HTML     template.HTML
		Label    string
		Text     string
		Lines    []line
		Ended    string
		Checks   []item
		Question *question
	}
	line struct {
		Text, Moment string
		Came         []string
		Failed       bool
	}
	item struct {
		Mark, Said string
		Text       template.HTML
	}
	question struct {
		Label, Answer, Measured string
		Text                    template.HTML
		Choices                 []choice
	}
	choice struct {
		Right       bool
		Text, Reply template.HTML
	}
)

func (h *Handout) page() page {
	p := page{Lang: string(h.Lang), Title: h.title(), About: h.about(), Contents: h.sayf("Contents", "Sommaire")}
	places := h.places()
	for _, m := range h.Modules {
		p.Modules = append(p.Modules, writer{h, m, newProse(m, places)}.module())
	}
	return p
}

// writer writes one module.
type writer struct {
	*Handout
	m     *course.Module
	prose prose
}

func (w writer) module() module {
	out := module{
		ID: moduleID(w.m), Title: w.prose.inline(w.m.Title), GoalsHead: w.sayf("At the end, you can", "À la fin, vous saurez"),
		Minutes: w.sayf("%d min", "%d min", w.m.Minutes),
	}
	if w.m.Number >= 0 {
		out.Head = w.sayf("Module %d", "Module %d", w.m.Number)
	}
	for _, o := range w.m.Objectives {
		out.Goals = append(out.Goals, w.prose.inline(o))
	}
	for i := range w.m.Steps {
		s := &w.m.Steps[i]
		out.Steps = append(out.Steps, step{ID: stepID(w.m, i), Title: w.prose.inline(s.Title), Optional: w.optional(s), Blocks: w.blocks(s)})
	}
	return out
}

// blocks writes the blocks of a step; checks that stand together are one list.
func (w writer) blocks(s *course.Step) []block {
	var out []block
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case course.Prose:
			out = append(out, block{Kind: "prose", HTML: w.prose.html(b.Markdown)})
		case course.Diagram:
			out = append(out, block{Kind: "diagram", Text: b.Text, Label: w.sayf("Drawing", "Dessin")})
		case course.Hint:
			out = append(out, block{Kind: "hint", HTML: w.prose.html(b.Markdown), Label: w.sayf("Hint", "Indice")})
		case course.Note:
			if w.Notes {
				out = append(out, block{Kind: "note", HTML: w.prose.html(b.Markdown), Label: w.sayf("For the presenter", "Pour qui présente")})
			}
		case course.Lab:
			out = append(out, w.experiment(b))
		case course.Predict:
			q := w.question(w.sayf("Predict", "Prédisez"), b.Question, b.Choices, b.Value != "")
			q.Measured = w.measured(w.m, b)
			out = append(out, block{Kind: "question", Question: q})
		case course.Quiz:
			out = append(out, block{Kind: "question", Question: w.question("Quiz", b.Question, b.Choices, false)})
		case course.Check:
			if n := len(out); n == 0 || out[n-1].Kind != "checks" {
				out = append(out, block{Kind: "checks"})
			}
			last := &out[len(out)-1]
			f := w.finding(w.m, b)
			last.Checks = append(last.Checks, item{f.Mark, f.Said, w.prose.inline(b.Text)})
		}
	}
	return out
}

func (w writer) experiment(b course.Lab) block {
	out := block{Kind: "lab", Label: w.sayf("Experiment", "Expérience")}
	done := w.lab(w.m, b.Index)
	for i, text := range strings.Split(strings.TrimRight(b.Source, "\n"), "\n") {
		l := line{Text: text}
		if done != nil && done.Lacks == nil && i < len(done.Lines) {
			if l.Came, l.Failed = w.cameOf(done.Lines[i]); len(l.Came) > 0 {
				l.Moment = w.moment(done.Lines[i])
			}
		}
		out.Lines = append(out.Lines, l)
	}
	out.Ended = plain.Text(w.ended(done))
	return out
}

func (w writer) question(label, text string, choices []course.Choice, numbers bool) *question {
	q := &question{Label: label, Answer: w.sayf("Answer", "Réponse"), Text: w.prose.html(text)}
	for _, c := range choices {
		q.Choices = append(q.Choices, choice{c.Right, w.prose.inline(w.choice(c, numbers)), w.prose.html(c.Reply)})
	}
	return q
}
