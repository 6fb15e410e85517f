package course

import (
	"fmt"
	"strings"
)

// Code is a fence of another language in a lesson's prose. Its info string may
// say where the code comes from or goes to:
//
//	```go file=kafka/mode.go mark=settings
//	```go into=main.go
//	```bash needs=docker
//
// The first quotes what stands between `// lesson: settings` and `// end` in a
// file of the project, the second is a part of a program that the lesson
// builds, step by step, the third is for a second terminal that has Docker.
type Code struct {
	Language string
	File     string // of a quote; empty where it is none
	Mark     string
	Into     string // the file of a program that it is a part of; empty: none
	Needs    string // what its lines need that not everybody has; empty: curl and the bench's own ports
	Text     string // line by line, without its fence
	Line     int    // of the fence
}

// Code returns the fences of other languages, in order.
func (m *Module) Code() []Code {
	var all []Code
	for _, s := range m.Steps {
		for _, b := range s.Blocks {
			if prose, is := b.(Prose); is {
				all = append(all, codeIn(prose)...)
			}
		}
	}
	return all
}

// codeIn finds the fences of a prose; the parser has seen that each is closed.
func codeIn(prose Prose) []Code {
	var all []Code
	p := &parser{lines: strings.Split(prose.Markdown, "\n")}
	for p.at < len(p.lines) {
		open := fence.FindStringSubmatch(p.lines[p.at])
		if open == nil {
			p.at++
			continue
		}
		end, _ := p.closing(open[2])
		c := codeOf(open[3])
		c.Text = strings.Join(p.lines[p.at+1:end], "\n")
		c.Line = prose.Line + p.at
		all = append(all, c)
		p.at = end + 1
	}
	return all
}

// codeOf reads the info string of a fence.
func codeOf(info string) Code {
	var c Code
	for i, word := range strings.Fields(info) {
		name, value, _ := strings.Cut(word, "=")
		switch {
		case i == 0:
			c.Language = word
		case name == "file":
			c.File = value
		case name == "mark":
			c.Mark = value
		case name == "into":
			c.Into = value
		case name == "needs":
			c.Needs = value
		}
	}
	return c
}

// Program puts a program together from its parts in the lesson, in order.
func (m *Module) Program(into string) string {
	var b strings.Builder
	for _, c := range m.Code() {
		if c.Into == into {
			b.WriteString(c.Text + "\n\n")
		}
	}
	return b.String()
}

// Marked returns the lines between `// lesson: MARK` and `// end` in a source
// file, without the indentation that they share.
func Marked(src, mark string) (string, error) {
	lines := strings.Split(src, "\n")
	from, to := -1, -1
	for i, line := range lines {
		switch word := strings.TrimSpace(line); {
		case word == "// lesson: "+mark && from >= 0:
			return "", fmt.Errorf("// lesson: %s stands there twice", mark)
		case word == "// lesson: "+mark:
			from = i + 1
		case word == "// end" && from >= 0 && to < 0:
			to = i
		}
	}
	if from < 0 || to < 0 {
		return "", fmt.Errorf("no lines between // lesson: %s and // end", mark)
	}
	return dedent(lines[from:to]), nil
}

// dedent takes away the tabs that all lines begin with.
func dedent(lines []string) string {
	shared := -1
	for _, line := range lines {
		if tabs := len(line) - len(strings.TrimLeft(line, "\t")); line != "" && (shared < 0 || tabs < shared) {
			shared = tabs
		}
	}
	var out []string
	for _, line := range lines {
		out = append(out, line[min(max(shared, 0), len(line)):])
	}
	return strings.Join(out, "\n")
}
