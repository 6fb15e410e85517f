package api_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/course"
)

// fields are some of an answer's.
type fields = map[string]any

// block is what a lesson says of one of its blocks for a second terminal.
type block struct {
	begins   string   // the block, so that a table that slipped says so
	needs    string   // as in its fence: it is not run here
	typed    []string // before it, in the console: keys, or lines of its step
	statuses string   // of HTTP
	exits    string   // of the lines that are to fail
	answers  []fields // some of what each answers
	shown    bool     // the fence below it shows the (last) answer
	then     func(t *terminal, b course.Code, r ran)
}

// The blocks that lessons show for a second terminal, all of them, module by
// module and in order, with what the lessons say of them.
var secondTerminal = map[int][]block{2: practice, 4: deployment, 5: validation, 6: faults}

// Every block for a second terminal runs as it stands, in both languages, and
// what its lesson says of it is seen.
func TestTheLessonsSecondTerminal(t *testing.T) {
	for _, lang := range []words.Lang{words.French, words.English} {
		modules, err := course.Load(lessons.Content, lang)
		if err != nil {
			t.Fatal(words.Tell(lang, err))
		}
		for _, m := range modules {
			t.Run(fmt.Sprintf("%s %d", lang, m.Number), func(t *testing.T) {
				t.Parallel()
				rehearse(t, m)
			})
		}
	}
}

// rehearse runs a module's blocks.
func rehearse(t *testing.T, m *course.Module) {
	code, wants := m.Code(), secondTerminal[m.Number]
	var term *terminal
	n := 0
	for i, c := range code {
		switch c.Language {
		case "sh", "shell", "console", "zsh", "fish", "powershell":
			t.Errorf("%s:%d: lines for a terminal are a fence bash", m.Name, c.Line)
			continue
		case "bash":
		default:
			continue
		}
		if n++; n > len(wants) {
			t.Errorf("%s:%d: no test knows what this block is to answer", m.Name, c.Line)
			continue
		}
		want := wants[n-1]
		if !strings.HasPrefix(c.Text, want.begins) || c.Needs != want.needs {
			t.Fatalf("%s:%d: a block that needs %q, not the one that needs %q and begins with %q", m.Name, c.Line, c.Needs, want.needs, want.begins)
		}
		if term == nil {
			term = open(t).terminal()
		}
		if term.says(m, c, want.typed); want.needs == "" {
			want.hold(term, c, m.Name, code[min(i+1, len(code)-1)])
		} else if want.then != nil {
			want.then(term, course.Code{Text: m.Program("main.go")}, ran{})
		}
	}
	if n != len(wants) {
		t.Errorf("%s: %d blocks for a second terminal, the test knows %d", m.Name, n, len(wants))
	}
}

// hold runs a block and holds what came of it against what its lesson says.
func (want block) hold(t *terminal, c course.Code, name string, next course.Code) {
	t.Helper()
	t.types(want.typed...)
	r := t.run(c.Text)
	if r.statuses != want.statuses || r.exits != want.exits || (r.errs != "") != (want.exits != "") {
		t.Fatalf("%s:%d: statuses %q, not %q; exit statuses %q, not %q\n%s\n%s", name, c.Line, r.statuses, want.statuses, r.exits, want.exits, r.errs, r.out)
	}
	t.hold(name, c.Line, r, want.answers)
	if want.shown {
		t.shown(name, next, r.answers[len(r.answers)-1])
	}
	if want.then != nil {
		want.then(t, c, r)
	}
}

// hold holds a block's answers against some of their fields.
func (t *terminal) hold(name string, line int, r ran, wants []fields) {
	t.Helper()
	if len(r.answers) < len(wants) {
		t.Fatalf("%s:%d: %d answers\n%s", name, line, len(r.answers), r.out)
	}
	for i, want := range wants {
		for field, value := range want {
			if got, is := r.answers[i][field]; !is || value != some && fmt.Sprint(got) != fmt.Sprint(value) {
				t.Errorf("%s:%d: answer %d: %s is %v, not %v", name, line, i+1, field, got, value)
			}
		}
	}
}

// some is any value of a field.
const some = "…"

// shown holds an answer against the one that a lesson shows: the same fields
// with the same values, but for an offset, which depends on what was written
// before, and where it says … .
func (t *terminal) shown(name string, c course.Code, answer fields) {
	t.Helper()
	var shown fields
	if err := json.Unmarshal([]byte(c.Text), &shown); err != nil || c.Language != "json" {
		t.Fatalf("%s:%d: the fence below the block shows no answer: %v", name, c.Line, err)
	}
	if _, is := shown["offset"]; is {
		shown["offset"] = some
	}
	t.hold(name, c.Line, ran{answers: []fields{answer}}, []fields{shown})
}

// says sees that a block's step names what is typed before it.
func (t *terminal) says(m *course.Module, c course.Code, typed []string) {
	t.Helper()
	step := m.Steps[0]
	for _, s := range m.Steps {
		if s.Line < c.Line {
			step = s
		}
	}
	var text strings.Builder
	for _, b := range step.Blocks {
		if p, is := b.(course.Prose); is {
			text.WriteString("\n" + p.Markdown + "\n")
		}
	}
	for _, line := range typed {
		if !strings.Contains(text.String(), "`"+line+"`") && !strings.Contains(text.String(), "\n"+line+"\n") {
			t.Errorf("%s:%d: the step does not say %s", m.Name, step.Line, line)
		}
	}
}

// write puts a file into the terminal's folder.
func (t *terminal) write(name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(t.folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
