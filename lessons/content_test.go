package lessons_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/check"
	"atelier/lessons/course"
	"atelier/lessons/lab"
)

func load(t *testing.T, lang words.Lang) []*course.Module {
	t.Helper()
	modules, err := course.Load(lessons.Content, lang)
	if err != nil {
		t.Fatalf("%v", words.Tell(lang, err))
	}
	return modules
}

func TestBothLanguagesAreTheSameCourse(t *testing.T) {
	fr, en := load(t, words.French), load(t, words.English)
	if len(fr) != len(en) {
		t.Fatalf("%d modules in French, %d in English", len(fr), len(en))
	}
	for i := range fr {
		if err := course.Compare(fr[i], en[i]); err != nil {
			t.Error(err)
		}
	}
}

// A lab without a check would be a claim that nobody looks at.
func TestEveryLabHasAChecklist(t *testing.T) {
	for _, m := range load(t, words.French) {
		for _, lab := range m.Labs() {
			if len(m.Checks(lab.Index)) == 0 {
				t.Errorf("%s:%d: no check belongs to this lab", m.Name, lab.Line)
			}
		}
	}
}

// The right number of a prediction is one that its lab's checks prove.
func TestEveryPredictedNumberIsChecked(t *testing.T) {
	for _, m := range load(t, words.English) {
		for _, s := range m.Steps {
			for _, b := range s.Blocks {
				p, is := b.(course.Predict)
				if !is || p.Value == "" {
					continue
				}
				for _, c := range p.Choices {
					if c.Right && !proved(m.Checks(p.Lab), p.Value, c.Text) {
						t.Errorf("%s:%d: no check says %s == %s", m.Name, c.Line, p.Value, c.Text)
					}
				}
			}
		}
	}
}

func proved(checks []course.Check, value, number string) bool {
	for _, c := range checks {
		for part := range strings.SplitSeq(c.Expr, " and ") {
			if part == value+" == "+number {
				return true
			}
		}
	}
	return false
}

// A learner may send by hand while a lab runs: those messages belong to the run,
// and carry no label. So a check looks at the labels of its lab, never at the
// whole run, or what somebody does beside the lab would make it lie. Whether a
// hidden fault was named is of the run, and no message changes it.
func TestNoCheckIsSpoiltByWhatIsSentBesideIt(t *testing.T) {
	for _, m := range load(t, words.English) {
		for _, l := range m.Labs() {
			for _, c := range m.Checks(l.Index) {
				x, err := check.Compile(c.Expr)
				if err != nil {
					t.Fatal(err)
				}
				for _, name := range x.Names() {
					if name.Label == "" && !check.IsAlone(name.Name) {
						t.Errorf("%s:%d: %[3]s counts the whole run: say A.%[3]s", m.Name, c.Line, name)
					}
				}
			}
		}
	}
}

// The lesson pane is between 44 and 76 columns wide; drawings and tables do
// not wrap.
func TestDrawingsAndTablesFitTheNarrowestPane(t *testing.T) {
	const diagram, table = 42, 40
	for _, lang := range []words.Lang{words.French, words.English} {
		for _, m := range load(t, lang) {
			for _, s := range m.Steps {
				for _, b := range s.Blocks {
					switch b := b.(type) {
					case course.Diagram:
						fits(t, m.Name, b.Line, b.Text, diagram, func(string) bool { return true })
					case course.Prose:
						fits(t, m.Name, b.Line, b.Markdown, table, func(l string) bool { return strings.HasPrefix(l, "|") })
					}
				}
			}
		}
	}
}

func fits(t *testing.T, name string, first int, text string, width int, counts func(string) bool) {
	t.Helper()
	for i, line := range strings.Split(text, "\n") {
		if n := utf8.RuneCountInString(line); counts(line) && n > width {
			t.Errorf("%s:%d: %d columns, at most %d", name, first+i, n, width)
		}
	}
}

var (
	code       = regexp.MustCompile("`[^`]*`")
	trailer    = regexp.MustCompile(`\{(?:check|value):.*\}$`)
	apostrophe = regexp.MustCompile(`\p{L}'`)
	space      = regexp.MustCompile(`(?:^|[^\x{A0}\x{202F}])[!?;»]|[ \t]:(?:\s|$)|«[^\x{A0}\x{202F}]`)
	defendant  = regexp.MustCompile(`(?i)\baccusés?\b`)
)

// The French is typeset as French is: ’ for the apostrophe, a non-breaking
// space before : ; ! ? and inside « ».
func TestTheFrenchIsTypeset(t *testing.T) {
	files, err := fs.Glob(lessons.Content, "content/fr/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		src, err := fs.ReadFile(lessons.Content, file)
		if err != nil {
			t.Fatal(err)
		}
		kind := "" // of the fence that a line stands in
		for i, line := range strings.Split(string(src), "\n") {
			if fence, is := strings.CutPrefix(line, "```"); is {
				kind, _, _ = strings.Cut(fence, " ")
				continue
			}
			prose := kind == "" || kind == "quiz" || kind == "predict" || kind == "diagram"
			if strings.HasPrefix(line, "<!--") || !prose && (kind != "lab" || !strings.HasPrefix(line, "say ")) {
				continue
			}
			text := code.ReplaceAllString(trailer.ReplaceAllString(line, ""), "x")
			text = regexp.MustCompile(`https?://\S+`).ReplaceAllString(text, "x")
			for what, re := range map[string]*regexp.Regexp{"apostrophe": apostrophe, "espace": space, "acquittement": defendant} {
				if found := re.FindString(text); found != "" {
					t.Errorf("%s:%d: %s: %q", file, i+1, what, found)
				}
			}
		}
	}
}

// The places of a module's script are those of its file.
func TestScriptsStandOnTheirLines(t *testing.T) {
	for _, lang := range []words.Lang{words.French, words.English} {
		for _, m := range load(t, lang) {
			src, err := fs.ReadFile(lessons.Content, m.Name)
			if err != nil {
				t.Fatal(err)
			}
			file := strings.Split(string(src), "\n")
			for i, line := range strings.Split(string(m.Script()), "\n") {
				at := fmt.Sprintf("%s:%d", m.Name, i+1)
				text, found := strings.CutPrefix(strings.TrimSpace(line), "expect ")
				switch {
				case strings.HasPrefix(line, "reset"):
					found = file[i] == "```lab"+strings.TrimPrefix(line, "reset")
				case found:
					found = strings.HasSuffix(file[i], "{check: "+text+"}")
				default:
					found = line == "" || line == file[i]
				}
				if !found {
					t.Errorf("%s: %q against %q", at, line, file[i])
				}
			}
		}
	}
}

// The lab language accepts every module as a whole, and every lab alone.
func TestEveryLabIsValid(t *testing.T) {
	for _, lang := range []words.Lang{words.French, words.English} {
		for _, m := range load(t, lang) {
			if _, err := lab.Parse(m.Name, m.Script()); err != nil {
				t.Error(words.Tell(lang, err))
			}
			for _, l := range m.Labs() {
				src, _ := m.LabScript(l.Index)
				if _, err := lab.Parse(m.Name, src); err != nil && !l.Continue {
					t.Error(words.Tell(lang, err))
				}
			}
		}
	}
}
