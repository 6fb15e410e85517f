package course

import (
	"strings"
	"testing"
)

const coded = `---
title: T
minutes: 3
---

## One

Prose.

` + "```go file=kafka/mode.go mark=settings\na := 1\n```\n\nMore.\n\n```go into=main.go\npackage main\n```\n" + `
- [ ] a line

> hint: no code

` + "```bash\ncurl x\n```\n\n## Two\n\n~~~go into=main.go\nfunc main() {}\n~~~\n"

func TestCode(t *testing.T) {
	m, err := Parse("02-x.md", []byte(coded))
	if err != nil {
		t.Fatal(err)
	}
	all := m.Code()
	if len(all) != 4 {
		t.Fatalf("got %+v", all)
	}
	lines := strings.Split(coded, "\n")
	for _, c := range all {
		if !strings.HasPrefix(lines[c.Line-1], "```"+c.Language) && !strings.HasPrefix(lines[c.Line-1], "~~~"+c.Language) || lines[c.Line] != c.Text {
			t.Errorf("line %d is %q: %+v", c.Line, lines[c.Line-1], c)
		}
	}
	if q := all[0]; q.File != "kafka/mode.go" || q.Mark != "settings" || q.Into != "" {
		t.Errorf("got %+v", q)
	}
	if p := m.Program("main.go"); p != "package main\n\nfunc main() {}\n\n" {
		t.Errorf("got %q", p)
	}
}

func TestMarked(t *testing.T) {
	const src = "a\n\t\t// lesson: one\n\t\tif b {\n\t\t\tc\n\n\t\t}\n\t\t// end\n// lesson: two\nd\n// end\n// lesson: open\n"
	for mark, want := range map[string]string{"one": "if b {\n\tc\n\n}", "two": "d"} {
		if got, err := Marked(src, mark); got != want || err != nil {
			t.Errorf("%s: got %q, %v", mark, got, err)
		}
	}
	for src, mark := range map[string]string{src: "open", src + "// end\n// lesson: two\n": "two", "": "one"} {
		if got, err := Marked(src, mark); err == nil {
			t.Errorf("%s: got %q", mark, got)
		}
	}
}
