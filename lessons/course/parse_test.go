package course

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"atelier/assets/words"
)

const top = "---\ntitle: Fiabilité\nminutes: 30\n---\n"

const whole = `---
title: "Fiabilité : l’essentiel"
minutes: 30
objectives:
  - un
  - deux
needs: [modules 1 et 2]
---

# Fiabilité

## L’acquittement perdu

<!-- optional; panes: attempts, log -->

Du texte, ` + "`<code>`" + ` et <https://kafka.apache.org>.

` + "```bash\necho '<b>'  # ## pas une étape\n```" + `

> Une citation.

` + "```predict\nCombien de copies ? {value: A.copies}\n\n[ ] 1\n    Le broker attentif :\n    non.\n\n    Deux paragraphes.\n[x] 3\n[ ] *\n    Comptez.\n```" + `

> hint: regardez
> le journal

> note: trois minutes

` + "```lab\ntopic t\nsend 1 plain sync as A # é\n\naudit\n```" + `
- [ ] trois copies pour é {check: A.copies == 3}
- [ ] une image construite

## Suite

` + "~~~lab continue\naudit\n~~~\n\n```diagram\n A ──▶ B\n```" + `

- [ ] encore {check:A.duplicates == 1}

` + "```quiz\nPourquoi ?\n- [ ] Parce que\n      Non.\n- [x] Car\n      Oui.\n```\n"

func TestParseReadsAWholeLesson(t *testing.T) {
	m, err := Parse("content/fr/03-fiabilite.md", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	if m.Number != 3 || m.Title != "Fiabilité : l’essentiel" || m.Minutes != 30 ||
		fmt.Sprint(m.Objectives, m.Needs) != "[un deux] [modules 1 et 2]" || len(m.Steps) != 2 {
		t.Errorf("module: %+v", m)
	}
	first := m.Steps[0]
	if !first.Optional || fmt.Sprint(first.Panes) != "[attempts log]" || first.Title != "L’acquittement perdu" {
		t.Errorf("step: %+v", first)
	}
	if got := blocks(first) + "|" + blocks(m.Steps[1]); got != "prose predict hint note lab check check|lab diagram check quiz" {
		t.Errorf("blocks: %s", got)
	}
	if p := first.Blocks[0].(Prose); !strings.Contains(p.Markdown, "echo '<b>'") || !strings.HasSuffix(p.Markdown, "> Une citation.") {
		t.Errorf("prose: %q", p.Markdown)
	}
	p := first.Blocks[1].(Predict)
	if p.Question != "Combien de copies ?" || p.Value != "A.copies" || p.Lab != 0 || len(p.Choices) != 3 ||
		p.Choices[0].Reply != "Le broker attentif : non.\n\nDeux paragraphes." || !p.Choices[1].Right {
		t.Errorf("predict: %+v", p)
	}
	if at(whole, p.ValueLine, p.Column, "A.copies") == "" {
		t.Errorf("value at %d:%d", p.ValueLine, p.Column)
	}
	if c, ok := p.Number(3); !ok || !c.Right {
		t.Error("3 is right")
	}
	if c, ok := p.Number(7); !ok || c.Reply != "Comptez." {
		t.Error("7 is any other number")
	}
	if h := first.Blocks[2].(Hint); h.Markdown != "regardez\nle journal" {
		t.Errorf("hint: %q", h.Markdown)
	}
	if q := m.Steps[1].Blocks[3].(Quiz); q.Choices[1].Text != "Car" || !q.Choices[1].Right || q.Choices[1].Reply != "Oui." {
		t.Errorf("quiz: %+v", q)
	}
	if c := first.Blocks[6].(Check); c.Expr != "" || c.Lab != -1 || c.Text != "une image construite" {
		t.Errorf("a line without evidence: %+v", c)
	}
	if c := m.Steps[1].Blocks[2].(Check); c.Lab != 1 || c.Expr != "A.duplicates == 1" {
		t.Errorf("a check belongs to the nearest lab above: %+v", c)
	}
}

func blocks(s Step) string {
	var list []string
	for _, b := range s.Blocks {
		list = append(list, kind(b))
	}
	return strings.Join(list, " ")
}

// at returns want if it stands in the source at that place.
func at(src string, line, column int, want string) string {
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(src, "\uFEFF"), "\r\n", "\n"), "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	runes := []rune(lines[line-1])
	if column < 1 || column > len(runes) || !strings.HasPrefix(string(runes[column-1:]), want) {
		return ""
	}
	return want
}

func TestScriptKeepsEveryPlace(t *testing.T) {
	for _, src := range []string{whole, strings.ReplaceAll(whole, "\n", "\r\n"), "\uFEFF" + whole} {
		m, err := Parse("03-x.md", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		scriptKeepsPlaces(t, src, m)
		want := []string{"reset", "topic t", "send 1 plain sync as A # é", "audit", "expect A.copies == 3", "audit", "expect A.duplicates == 1"}
		if got := strings.Fields(string(m.Script())); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("script: %q", got)
		}
		one, checks := m.LabScript(1)
		if strings.TrimSpace(string(one)) != "audit" || len(checks) != 1 {
			t.Errorf("lab continue alone: %q %v", one, checks)
		}
		if one, _ := m.LabScript(9); one != nil {
			t.Error("there is no lab 9")
		}
	}
}

func scriptKeepsPlaces(t *testing.T, src string, m *Module) {
	t.Helper()
	script := strings.Split(string(m.Script()), "\n")
	for _, lab := range m.Labs() {
		if !lab.Continue && script[lab.Line-2] != "reset" {
			t.Errorf("line %d: no reset", lab.Line-1)
		}
		for i, line := range strings.Split(lab.Source, "\n") {
			if script[lab.Line-1+i] != line || at(src, lab.Line+i, 1, line) != line && line != "" {
				t.Errorf("line %d: %q is %q", lab.Line+i, line, script[lab.Line-1+i])
			}
		}
		one, checks := m.LabScript(lab.Index)
		if !strings.HasSuffix(string(one), lab.Source) {
			t.Errorf("lab %d alone: %q", lab.Index, one)
		}
		for _, c := range checks {
			if at(src, c.Line, c.Column, c.Expr) == "" {
				t.Errorf("%d:%d: no %q in the lesson", c.Line, c.Column, c.Expr)
			}
			line := script[c.Line-1]
			if n := utf8.RuneCountInString(line) - utf8.RuneCountInString(c.Expr) + 1; n != c.Column || !strings.HasSuffix(line, "expect "+c.Expr) {
				t.Errorf("line %d: %q does not hold the expression at column %d", c.Line, line, c.Column)
			}
		}
	}
}

func TestParseSaysWhatIsWrongAndWhere(t *testing.T) {
	lab := "```lab\naudit\n```\n"
	quiz := func(choices string) string { return top + "## A\n```quiz\nQ?\n" + choices + "```\n" }
	for _, tt := range []struct{ name, src, want string }{
		{"empty file", "", "1:1: no front matter"},
		{"no front matter", "## A\ntext", "1:1: no front matter"},
		{"front matter without an end", "---\ntitle: x\n", "1:1: the front matter has no end"},
		{"no title", "---\nminutes: 3\n---\n## A\nx", "1:1: no title"},
		{"empty title", "---\ntitle: \"\"\nminutes: 3\n---\n## A\nx", "2:8: title: write one text"},
		{"no minutes", "---\ntitle: x\n---\n## A\nx", "1:1: no duration"},
		{"minutes in words", "---\ntitle: x\nminutes: ten\n---\n## A\nx", "3:10: minutes: write a number"},
		{"unknown key", "---\ntitle: x\nminutes: 3\nautor: y\n---\n## A\nx", `4:1: unknown key "autor"`},
		{"a key twice", "---\ntitle: x\nminutes: 3\ntitle: y\n---\n## A\nx", `4:1: "title" stands here twice`},
		{"not YAML", "---\ntitle: x: y\n---\n## A\nx", "2:1: the front matter is not YAML"},
		{"an escape in YAML", "---\ntitle: \"\\x1b[31m\"\nminutes: 3\n---\n## A\nx", "2:8: title: control character U+001B"},
		{"HTML in a title", "---\ntitle: a <b>\nminutes: 3\n---\n## A\nx", "2:8: HTML"},
		{"no step", top, "4:1: the lesson has no step"},
		{"text above the first step", top + "\nhello\n## A\nx", "6:1: this stands above the first step"},
		{"a step without a title", top + "##\nx", "5:1: the step has no title"},
		{"a step without a space", top + "## A\nx\n##B\ny", "7:1: ## wants a space"},
		{"an empty step", top + "## A\n\n## B\nx", "5:1: the step is empty"},
		{"a # inside", top + "## A\nx\n# B", "7:1: a # inside the lesson"},
		{"unclosed fence", top + "## A\n```lab\naudit\n", "6:1: this fence is not closed: end the block with ```"},
		{"unclosed code", top + "## A\n  ~~~~bash\nls\n~~~\n", "6:3: this fence is not closed: end the block with ~~~~"},
		{"empty lab", top + "## A\n```lab\n# nothing\n\n```", "6:1: the lab is empty"},
		{"continue without a lab", top + "## A\n```lab continue\naudit\n```", "6:1: lab continue: there is no lab above"},
		{"a need that nobody knows", top + "## A\n```lab needs=docker\naudit\n```", `6:1: lab needs="docker": a lab needs leaders, replication, brokers`},
		{"a recording that is not there", top + "## A\n```lab needs=brokers recording=acks\naudit\n```", `6:1: lab recording="acks": there is no such recording, but acks1-loss`},
		{"continue with a need", top + "## A\n```lab continue needs=brokers\naudit\n```", `6:1: lab "continue needs=brokers"`},
		{"lab with a word", top + "## A\n```lab go\naudit\n```", `6:1: lab "go"`},
		{"quiz with a word", top + "## A\n```quiz one\nQ?\n[ ] a\n  b\n[x] c\n  d\n```", `6:1: nothing goes behind quiz: "one"`},
		{"a kind with a slip", top + "## A\n```predit\nx\n```", `6:1: unknown kind of block "predit": did you mean predict?`},
		{"a kind in capitals", top + "## A\n```Lab\nx\n```", `6:1: unknown kind of block "Lab": did you mean lab?`},
		{"empty diagram", top + "## A\n```diagram\n\n```", "6:1: the diagram is empty"},
		{"a wide diagram", top + "## A\n```diagram\n" + strings.Repeat("─", 42) + "  \n " + strings.Repeat("é", 42) + "\n```", "8:43: the drawing is wider than 42 columns"},
		{"no right answer", quiz("[ ] a\n  x\n[ ] b\n  y\n"), "6:1: 0 right answers"},
		{"two right answers", quiz("[x] a\n  x\n[x] b\n  y\n"), "6:1: 2 right answers"},
		{"one choice", quiz("[x] a\n  x\n"), "6:1: a question has at least two choices"},
		{"no question", top + "## A\n```quiz\n[x] a\n  x\n[ ] b\n  y\n```", "6:1: the question is missing"},
		{"a choice without a reply", quiz("[x] a\n  x\n[ ] b\n"), "10:1: this choice has no reply"},
		{"a choice without text", quiz("[x] \n  x\n[ ] b\n  y\n"), "8:1: the choice says nothing"},
		{"a choice twice", quiz("[x] a\n  x\n[ ] a\n  y\n"), "10:1: this choice stands here twice"},
		{"a reply without indent", quiz("[x] a\nx\n[ ] b\n  y\n"), "9:1: neither a choice nor its reply"},
		{"a predicted word for a number", top + "## A\n```predict\nQ? {value: A.copies}\n[x] 3\n[ ] three\n  x\n```\n" + lab, `9:1: "three" is not a number`},
		{"an empty value", top + "## A\n```predict\nQ? {value: }\n[x] 3\n[ ] 4\n  x\n```\n" + lab, "7:12: {value: } names no value"},
		{"a prediction without a lab", top + "## A\n" + lab + "```predict\nQ?\n[x] 3\n[ ] 4\n  x\n```\n", "9:1: no lab below answers"},
		{"a check above every lab", top + "## A\n- [ ] é {check: A.copies == 1}\n" + lab, "6:9: this check has no lab above it"},
		{"a check not closed", top + "## A\n" + lab + "- [ ] x {check: A.copies\n", "9:9: {check: … is not closed"},
		{"an empty check", top + "## A\n" + lab + "- [ ] x {check: }\n", "9:9: {check: } holds no expression"},
		{"a check misspelt", top + "## A\n" + lab + "- [ ] x {chek: A.copies == 1}\n", "9:9: unknown part {chek"},
		{"a check without text", top + "## A\n" + lab + "- [ ] {check: A.copies == 1}\n", "9:7: the line says nothing"},
		{"a check in prose", top + "## A\n" + lab + "see {check: A.copies == 1}\n", "9:5: {check: …} stands at the end"},
		{"ticked by hand", top + "## A\n" + lab + "- [x] x {check: A.copies == 1}\n", "9:4: a line ticks itself"},
		{"unknown mark", top + "## A\n<!-- optional; colour: red -->\nx", `6:1: unknown mark "colour"`},
		{"unknown pane", top + "## A\n<!-- panes: log, logs -->\nx", `6:18: unknown pane "logs"`},
		{"a mark in the middle", top + "## A\nx\n\n<!-- optional -->\n", "8:1: this mark stands right below"},
		{"another comment", top + "## A\nx <!-- todo -->", "6:3: HTML"},
		{"HTML", top + "## A\né <b>x</b>", "6:3: HTML"},
		{"HTML in a quiz", quiz("[x] a\n  <i>\n[ ] b\n  y\n"), "9:1: HTML"},
		{"HTML in a check", top + "## A\n" + lab + "- [ ] é <b> {check: A.copies == 1}\n", "9:9: HTML"},
		{"HTML in a hint", top + "## A\n> hint: x\n> <b>\n", "7:3: HTML"},
		{"HTML after an unclosed code span", top + "## A\n`a\nb` <b>", "6:1: ` opens a code span"},
		{"an entity for ESC", top + "## A\na &#27;[31m", "6:3: &#27;: write the character itself"},
		{"empty hint", top + "## A\n> hint:\n>\n\nx", "6:1: the hint is empty"},
		{"an escape", top + "## A\né\x1b[31m", "6:2: control character U+001B"},
		{"an escape in a lab", top + "## A\n```lab\nsay \"\x1b]0;x\a\"\n```", "7:6: control character U+001B"},
		{"C1 control", top + "## A\na\u009b31m", "6:2: control character U+009B"},
		{"bidi", top + "## A\na\u202eb", "6:2: control character U+202E"},
		{"a lone carriage return", top + "## A\na\rb", "6:2: control character U+000D"},
		{"NUL", top + "## A\na\x00b", "6:2: not text: byte 0x00"},
		{"not UTF-8", top + "## A\né\xff", "6:2: not text: byte 0xFF"},
		{"binary", "\x7fELF\x01\x00", "1:1: control character U+007F"},
		{"too large", top + strings.Repeat("x", MaxSize), "1:1: the file has"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, err := Parse("03-x.md", []byte(tt.src))
			var errs Errors
			if !errors.As(err, &errs) || m != nil {
				t.Fatalf("no error, but %+v", m)
			}
			if got := errs[0].Error(); !strings.HasPrefix(got, "03-x.md:"+tt.want) {
				t.Errorf("got  %s\nwant 03-x.md:%s", err, tt.want)
			}
			for _, e := range errs {
				if e.Text.Fr == e.Text.En || strings.Contains(e.In(words.French), "%!") || strings.Contains(e.Error(), "%!") {
					t.Errorf("not said in both languages: %q %q", e.Text.En, e.Text.Fr)
				}
			}
		})
	}
}

func TestParseCollectsErrors(t *testing.T) {
	_, err := Parse("x.md", []byte("---\nminutes: 3\n---\n## A\n<b>\n```lab\n```\n```quiz\nQ?\n[ ] a\n[ ] b\n```\n"))
	var errs Errors
	if !errors.As(err, &errs) || len(errs) != 6 {
		t.Fatalf("got %v", err)
	}
	if words.Tell(words.French, err) == err.Error() {
		t.Error("not in French")
	}
	many := top + "## A\n" + strings.Repeat("<b>\n", 5000)
	if _, err = Parse("x.md", []byte(many)); !errors.As(err, &errs) || len(errs) != maxErrors {
		t.Errorf("%d errors", len(errs))
	}
}

func TestParseAllowsWhatIsNotHTML(t *testing.T) {
	text := "a < b, x<5, `<b>`, ``a ` <i>``, \\<b>, <https://x.y/z>, AT&T, R&D;, &nbsp;, 👩‍💻, «\u00a0oui\u202f!\u00a0»\n\n~~~html\n<b>{check: x}\n~~~"
	_, err := Parse("x.md", []byte(top+"## A\n"+text))
	if err != nil && !strings.Contains(err.Error(), "&D;") {
		t.Fatal(err)
	}
	text = strings.Replace(text, "R&D;, ", "", 1)
	m, err := Parse("x.md", []byte(top+"## A\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	if p := m.Steps[0].Blocks[0].(Prose); p.Markdown != text || p.Line != 6 {
		t.Errorf("line %d: %q", p.Line, p.Markdown)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		whole, top, "", "---\n---\n##", "---\ntitle: &a [*a]\n---\n", "---\n{a: b\n---\n## x\n```lab\nx\n```\n- [ ] {check:{}",
		top + "## A\n````lab\n```\n````\n- [ ] é {check: {\"a\": 1}.a == 1 }\n> hint: `\n", strings.ReplaceAll(whole, "\n", "\r\n"),
		top + "## A\n```predict\nQ {value: A.x}\n[x] 1\n[ ] *\n y\n```\n~~~lab continue\nx\n~~~",
		top + "<!-- panes:, -->\n## A\n<!--optional:;;panes-->\n&#x1b; \\<b <a:b>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		m, err := Parse("03-x.md", src)
		var errs Errors
		if err != nil {
			if !errors.As(err, &errs) || len(errs) == 0 || m != nil {
				t.Fatalf("%v %v", m, err)
			}
			for _, e := range errs {
				if e.Pos.Line < 1 || e.Pos.Column < 1 || e.Pos.Line > strings.Count(string(src), "\n")+1 {
					t.Fatalf("no such place: %v", e)
				}
				if !utf8.ValidString(e.Error()) || strings.ContainsRune(e.Error(), 0x1b) {
					t.Fatalf("not to be shown: %q", e.Error())
				}
			}
			return
		}
		if m.Title == "" || len(m.Steps) == 0 {
			t.Fatalf("%+v", m)
		}
		scriptKeepsPlaces(t, string(src), m)
		if err := Compare(m, m); err != nil {
			t.Fatal(err)
		}
	})
}
