package review_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/course"
	"atelier/lessons/review"
)

const top = "---\ntitle: T\nminutes: 3\n---\n## A\n"

func file(body string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(top + body)} }

func lesson(body string) fstest.MapFS {
	return fstest.MapFS{"en/03-a.md": file(body), "fr/03-a.md": file(body)}
}

const lab = "```lab\nsend 1 plain sync as A\naudit\n```\n"

var code = fstest.MapFS{"kafka/mode.go": {Data: []byte("// lesson: settings\n\ta := 1\n\tb := 2\n// end\n")}}

func TestWhatIsWrongIsToldWithItsPlace(t *testing.T) {
	for _, tt := range []struct {
		name, body, want string // of the English file
	}{
		{"an unknown label", lab + "- [ ] x {check: B.copies == 1}\n", `10:17: unknown label "B"`},
		{"an unknown value", lab + "- [ ] x {check: A.copie == 1}\n", `10:19: unknown value "copie": did you mean copies?`},
		{"an unknown command", "```lab\nsned 1 plain\n```\n", `7:1: unknown command "sned": did you mean send?`},
		{"a check that nobody read", "```lab\nsend 1 plain sync as A\n```\n- [ ] x {check: A.copies == 1}\n", "9:17: A.copies is not known here"},
		{"a predicted value", "```predict\né? {value: A.copie}\n[x] 1\n[ ] *\n  x\n```\n" + lab, `7:14: unknown value "copie": did you mean copies?`},
		{"a predicted label", "```predict\nQ? {value: B.copies}\n[x] 1\n[ ] *\n  x\n```\n" + lab, `7:12: unknown label "B"`},
		{"a file that is not there", "é [x](../en/03-b.md)\n", "6:7: there is no file en/03-b.md: did you mean 03-a.md?"},
		{"a picture", "![x](x.png)\n", "6:6: there is no file en/x.png"},
		{"a heading that is not there", "[x](#b)\n\n### C\n", "6:5: there is no heading #b"},
		{"a heading elsewhere", "x [x](../fr/03-a.md#aa)\n", "6:7: there is no heading #aa"},
		{"a reference", "[x]: nowhere.md\n", "6:6: there is no file en/nowhere.md"},
		{"out of the course", "[x](../../x.md)\n", "6:5: ../../x.md leads out of the course's folder"},
		{"an absolute path", "[x](/etc/passwd)\n", "6:5: /etc/passwd leads out"},
		{"a script", "[x](javascript:alert%281%29)\n", "6:5: a lesson links to http:, https:, mailto: and to files beside it, not to javascript:"},
		{"a file URL", "[x](file:///etc/passwd)\n", "6:5: a lesson links to"},
		{"nowhere", "[x]()\n", "6:5: the link leads nowhere"},
		{"a link in a question", "```quiz\nQ? [x](y.md)\n[x] a\n  x\n[ ] b\n  y\n```\n", "7:8: there is no file en/y.md"},
		{"a stale quote", "```go file=kafka/mode.go mark=settings\na := 1\nb := 3\n```\n", `8:1: the quote went stale: "b := 3" here, "b := 2" in kafka/mode.go`},
		{"a short quote", "```go file=kafka/mode.go mark=settings\na := 1\n```\n", `7:1: the quote went stale: "" here, "b := 2"`},
		{"a quote of nothing", "```go file=kafka/node.go mark=settings\na := 1\n```\n", "6:1: the quoted file kafka/node.go is not there"},
		{"a quote from outside", "```go file=../x.go mark=settings\na := 1\n```\n", "6:1: file=../x.go is no path inside the code"},
		{"a mark that is gone", "```go file=kafka/mode.go mark=setting\na := 1\n```\n", "6:1: the quote has no place in kafka/mode.go"},
		{"a mark without a file", "```go mark=settings\na := 1\n```\n", "6:1: mark=settings quotes no file"},
		{"HTML", "<script>alert(1)</script>\n", "6:1: HTML is not shown"},
		{"an escape", "é\x1b[31m\n", "6:2: control character U+001B"},
		{"five megabytes", strings.Repeat("x", course.MaxSize), "1:1: the file has"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := review.Course(lesson(tt.body), code)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Findings) == 0 || !strings.HasPrefix(r.Findings[0].Error(), "en/03-a.md:"+tt.want) {
				t.Fatalf("got  %v\nwant en/03-a.md:%s", r.Findings, tt.want)
			}
			for _, e := range r.Findings {
				if e.Text.Fr == e.Text.En || strings.Contains(e.Text.En+e.Text.Fr, "%!") {
					t.Errorf("not said in both languages: %q %q", e.Text.En, e.Text.Fr)
				}
			}
		})
	}
}

func TestWhatIsRightIsNotComplainedOf(t *testing.T) {
	body := lab + "- [ ] one {check: A.copies == 1}\n\n[a](#a), [c](#c-été), [it](03-a.md#a), [the other](../fr/03-a.md), <https://x.y>, [w](https://x.y#z), `[x](y)`\n\n" +
		"### C `été`!\n\n```md\n[x](not/a/link.md)\n# no heading\n```\n\n```go file=kafka/mode.go mark=settings\na := 1\nb := 2\n```\n\n" +
		"```predict\nQ? {value: B.copies}\n[x] 1\n[ ] *\n  x\n```\n\n```lab\nsend 1 plain sync as B\naudit\n```\n- [ ] x {check: B.copies == 1}\n"
	r, err := review.Course(lesson(body), code)
	if err != nil || len(r.Findings) > 0 {
		t.Errorf("%v\n%v", err, r.Findings)
	}
	if r, _ = review.Course(lesson(body), nil); r.Unread != 2 || len(r.Findings) > 0 {
		t.Errorf("%d quotes unread; %v", r.Unread, r.Findings)
	}
}

func TestWhatIsWrongWithACourse(t *testing.T) {
	for name, tt := range map[string]struct {
		fs   fstest.MapFS
		want []string
	}{
		"no French":          {fstest.MapFS{"en/03-a.md": file("x")}, []string{"fr:1:1: there is no folder fr"}},
		"one not translated": {fstest.MapFS{"en/03-a.md": file("x"), "fr/03-a.md": file("x"), "fr/04-a.md": file("x")}, []string{"fr/04-a.md:1:1: module 4 has no translation"}},
		"broken, not absent": {fstest.MapFS{"en/03-a.md": file("x"), "fr/03-a.md": file("<b>")}, []string{"fr/03-a.md:6:1: HTML"}},
		"one number twice":   {fstest.MapFS{"en/03-a.md": file("x"), "en/3-b.md": file("x"), "fr/03-a.md": file("x")}, []string{"en/3-b.md:1:1: module 3 is also en/03-a.md"}},
		"no number":          {fstest.MapFS{"en/03-a.md": file("x"), "fr/03-a.md": file("x"), "fr/b.md": file("x")}, []string{"fr/b.md:1:1: the name does not begin with a number"}},
		"a long number":      {fstest.MapFS{"en/03-a.md": file("x"), "fr/03-a.md": file("x"), "fr/2026.md": file("x")}, []string{"fr/2026.md:1:1: the name does not begin with a number of one to three digits, so no course takes this lesson: call it 03-2026.md"}},
		"not alike":          {fstest.MapFS{"en/03-a.md": file(lab), "fr/03-a.md": file(strings.Replace(lab, "1 plain", "2 plain", 1))}, []string{`fr/03-a.md:7:1: "send 2 plain sync as A"`}},
		"a readme is no one": {fstest.MapFS{"en/03-a.md": file("x"), "fr/03-a.md": file("x"), "fr/README.md": {Data: []byte("# <b>")}}, nil},
	} {
		r, err := review.Course(tt.fs, nil)
		if err != nil {
			t.Fatal(err)
		}
		ok := len(r.Findings) == len(tt.want)
		for i := range min(len(r.Findings), len(tt.want)) {
			ok = ok && strings.HasPrefix(r.Findings[i].Error(), tt.want[i])
		}
		if !ok {
			t.Errorf("%s: %v, want %v", name, r.Findings, tt.want)
		}
	}
	if _, err := review.Course(fstest.MapFS{"x.md": file("x")}, nil); err == nil {
		t.Error("a folder without lessons is no course")
	}
}

func TestALanguageThatIsNotSpoken(t *testing.T) {
	fsys := lesson(lab)
	fsys["de/03-a.md"], fsys["pix/03.md"], fsys["it/notes.md"], fsys["images/03-a.md"] = file("x"), file("x"), file("x"), file("x")
	r, err := review.Course(fsys, nil)
	if err != nil || len(r.Findings) > 0 || fmt.Sprint(r.Unspoken) != "[de pix]" {
		t.Error(err, r.Findings, r.Unspoken)
	}
}

// What nobody sends is found without a folder, once in each language.
func TestNames(t *testing.T) {
	c, _, err := course.LoadBoth(lesson(lab + "- [ ] x {check: B.copies == 1}\n\n[x](nowhere.md)\n"))
	if err != nil {
		t.Fatal(err)
	}
	if found := review.Names(c); len(found) != 2 || !strings.HasPrefix(found[0].Error(), `en/03-a.md:10:17: unknown label "B"`) {
		t.Error(found)
	}
	c[words.French] = c[words.English]
	if found := review.Names(c); len(found) != 1 {
		t.Error(found)
	}
}

func TestOneFile(t *testing.T) {
	fsys := fstest.MapFS{"03-a.md": file("[x](b.md)\n"), "b.md": file("x"), "c.md": file("<b>")}
	for name, want := range map[string]string{"03-a.md": "[]", "b.md": "[b.md:1:1: the name does not begin with a number of one to three digits: a course takes files such as 03-name.md]"} {
		if r, err := review.File(fsys, nil, name); err != nil || fmt.Sprint([]*course.Error(r.Findings)) != want {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
	if r, err := review.File(fsys, nil, "c.md"); err != nil || len(r.Findings) != 1 {
		t.Errorf("%v, %v", r, err)
	}
	if _, err := review.File(fsys, nil, "none.md"); err == nil {
		t.Error("a file that is not there")
	}
}

// The course as it is shipped, with the project's own code beside it.
func TestTheCourseIsInOrder(t *testing.T) {
	r, err := review.Course(lessons.Content, os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range r.Findings {
		t.Error(e)
	}
	if len(r.Course[words.French]) == 0 || r.Unread > 0 {
		t.Errorf("%d modules, %d quotes unread", len(r.Course[words.French]), r.Unread)
	}
}

// Any bytes in a lesson's place are reviewed without a crash, and what is told
// of them can be shown.
func FuzzReview(f *testing.F) {
	f.Add([]byte(top + lab + "[x](y#z) ![](../..) [a]: b\n## A\n```go file=a mark=b\n```\n"))
	f.Add([]byte(top + "[x](%zz#%zz)\n[x](:)\n[x](//h)\n`[`](#)\n~~~\n[x](y)"))
	f.Fuzz(func(t *testing.T, src []byte) {
		var fsys fs.FS = fstest.MapFS{"en/03-a.md": {Data: src}, "fr/03-a.md": {Data: src}}
		r, err := review.Course(fsys, code)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range r.Findings {
			if e.Pos.Line < 1 || e.Pos.Column < 1 || strings.ContainsRune(e.Error(), 0x1b) {
				t.Fatalf("%+v", e)
			}
		}
	})
}
