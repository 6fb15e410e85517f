package handout

import (
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"atelier/lessons/course"
	"atelier/lessons/rehearsal"
	"atelier/ui/plain"
)

// Markdown writes the course as one text in Markdown.
func (h *Handout) Markdown(w io.Writer) error {
	var b strings.Builder
	x := paper{h, &b}
	b.WriteString(mark)
	if len(h.Modules) != 1 { // else the module's is the title
		x.title(0, "%s", h.title())
		x.about()
	}
	for _, m := range h.Modules {
		x.module(m)
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

// Index writes the page that leads to files of a module each.
func (h *Handout) Index(w io.Writer) error {
	var b strings.Builder
	x := paper{h, &b}
	b.WriteString(mark)
	x.para("# %s", h.course())
	for _, m := range h.Modules {
		x.line("%d. [%s](%s)", m.Number, m.Title, path.Base(m.Name))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// paper is Markdown under way.
type paper struct {
	*Handout
	b *strings.Builder
}

// title writes a heading, by its depth: the document, a module, a step. Where
// there is one module, that is the document.
func (x paper) title(depth int, format string, args ...any) {
	if len(x.Modules) == 1 {
		depth--
	}
	x.para("%s "+format, append([]any{strings.Repeat("#", depth+1)}, args...)...)
}

func (x paper) para(format string, args ...any) { fmt.Fprintf(x.b, format+"\n\n", args...) }
func (x paper) line(format string, args ...any) { fmt.Fprintf(x.b, format+"\n", args...) }

// about says of what run the results are, where there are some.
func (x paper) about() {
	if about := x.Handout.about(); about != "" {
		x.para("*%s*", plain.Markdown(about))
	}
}

func (x paper) module(m *course.Module) {
	head := m.Title
	if m.Number >= 0 {
		head = x.sayf("Module %d: %s", "Module %d : %s", m.Number, m.Title)
	}
	x.title(1, "%s", head)
	if len(x.Modules) == 1 {
		x.about()
	}
	x.para("%s", x.sayf("%d min", "%d min", m.Minutes))
	if len(m.Objectives) > 0 {
		x.para("%s", x.sayf("At the end, you can:", "À la fin, vous saurez :"))
		for _, o := range m.Objectives {
			x.line("- %s", o)
		}
		x.line("")
	}
	for i := range m.Steps {
		s := &m.Steps[i]
		x.title(2, "%s%s", s.Title, x.optional(s))
		for j, b := range s.Blocks {
			x.block(m, b)
			if _, is := b.(course.Check); is && (j+1 == len(s.Blocks) || !isCheck(s.Blocks[j+1])) {
				x.line("") // the end of the list
			}
		}
	}
}

func isCheck(b course.Block) bool { _, is := b.(course.Check); return is }

func (x paper) block(m *course.Module, b course.Block) {
	switch b := b.(type) {
	case course.Prose:
		x.para("%s", x.deeper(b.Markdown))
	case course.Diagram:
		x.fenced("text", b.Text)
	case course.Hint:
		x.quoted(x.sayf("Hint", "Indice"), b.Markdown)
	case course.Note:
		if x.Notes {
			x.quoted(x.sayf("For the presenter", "Pour qui présente"), b.Markdown)
		}
	case course.Lab:
		x.experiment(m, b)
	case course.Check:
		f := x.finding(m, b)
		mark := " "
		if f.Mark == "held" {
			mark = "x"
		}
		said := ""
		if f.Said != "" {
			said = " (" + plain.Markdown(f.Said) + ")"
		}
		x.line("- [%s] %s%s", mark, b.Text, said)
	case course.Predict:
		x.question(x.sayf("Predict", "Prédisez"), b.Question, b.Choices, b.Value != "", x.measured(m, b))
	case course.Quiz:
		x.question("Quiz", b.Question, b.Choices, false, "")
	}
}

// label is a word in bold, and what follows is told.
func (x paper) label(word string) string { return x.sayf("**%s**:", "**%s** :", word) }

// fenced writes a block of code whose fence nothing in it can close.
func (x paper) fenced(kind, text string) {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	x.para("%s%s\n%s\n%s", fence, kind, strings.TrimRight(text, "\n"), fence)
}

func (x paper) quoted(label, markdown string) {
	x.para("> %s %s", x.label(label), strings.ReplaceAll(x.deeper(markdown), "\n", "\n> "))
}

// experiment writes a lab as it is in the lesson, and below it what came of it.
func (x paper) experiment(m *course.Module, b course.Lab) {
	x.fenced(b.Info(), b.Source)
	done := x.lab(m, b.Index)
	if done == nil {
		return
	}
	x.para("*%s*", plain.Markdown(x.ended(done)))
	if done.Lacks == nil {
		x.fenced("text", x.came(b, done))
	}
}

func (x paper) came(b course.Lab, done *rehearsal.Lab) string {
	var out []string
	for i, text := range strings.Split(strings.TrimRight(b.Source, "\n"), "\n") {
		if i >= len(done.Lines) || !done.Lines[i].Done {
			continue
		}
		said, failed := x.cameOf(done.Lines[i])
		mark := "✓"
		if failed {
			mark = "✗"
		}
		out = append(out, fmt.Sprintf("%s  %s %s", x.moment(done.Lines[i]), mark, text))
		for _, line := range said {
			out = append(out, "         "+line)
		}
	}
	return strings.Join(out, "\n")
}

func (x paper) question(label, text string, choices []course.Choice, numbers bool, measured string) {
	x.para("%s %s", x.label(label), text)
	for i, c := range choices {
		x.line("%d. %s", i+1, x.choice(c, numbers))
	}
	x.line("")
	if measured != "" {
		x.para("*%s*", plain.Markdown(measured))
	}
	x.para("%s", x.sayf("Answers:", "Réponses :"))
	for i, c := range choices {
		mark := ""
		if c.Right {
			mark = "**" + x.sayf("right", "juste") + "**. "
		}
		x.line("%d. %s%s", i+1, mark, strings.ReplaceAll(c.Reply, "\n", "\n   "))
	}
	x.line("")
}

var (
	fenceLine   = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})")
	headingLine = regexp.MustCompile(`^ {0,3}#{1,5}[ \t]`)
)

// deeper puts the headings of a prose one level below where steps are: in a
// document of one module they are where the lesson has them.
func (x paper) deeper(markdown string) string {
	if len(x.Modules) == 1 {
		return markdown
	}
	lines := strings.Split(markdown, "\n")
	fence := ""
	for i, line := range lines {
		switch m := fenceLine.FindStringSubmatch(line); {
		case m != nil && fence == "":
			fence = m[1]
		case m != nil && strings.HasPrefix(m[1], fence):
			fence = ""
		case fence == "" && headingLine.MatchString(line):
			lines[i] = "#" + strings.TrimLeft(line, " ")
		}
	}
	return strings.Join(lines, "\n")
}
