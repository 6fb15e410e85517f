package course

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"atelier/assets/words"
)

func TestLoadBoth(t *testing.T) {
	ok := func(body string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(top + "## A\n" + body)} }
	both, lacks, err := LoadBoth(fstest.MapFS{"en/03-a.md": ok("x"), "fr/03-b.md": ok("y")})
	if err != nil || lacks != "" || both[words.French][0].Name != "fr/03-b.md" || both[words.English][0].Name != "en/03-a.md" {
		t.Errorf("%v, %q, %v", both, lacks, err)
	}
	both, lacks, err = LoadBoth(fstest.MapFS{"content/fr/03-b.md": ok("y")})
	if err != nil || lacks != words.English || both[words.English][0].Name != "content/fr/03-b.md" {
		t.Errorf("one language is enough to be read: %v, %q, %v", both, lacks, err)
	}
	for name, c := range map[string]struct {
		fs   fstest.MapFS
		says []string
	}{
		"nothing":      {fstest.MapFS{"x.md": ok("x")}, []string{"no lessons: a course is a folder"}},
		"a module":     {fstest.MapFS{"en/03-a.md": ok("x"), "en/04-a.md": ok("x"), "fr/03-a.md": ok("x"), "fr/05-a.md": ok("x")}, []string{"en/04-a.md:1:1: module 4 has no translation: a file fr/04-….md", "fr/05-a.md:1:1: module 5 has no translation: a file en/05-….md"}},
		"not alike":    {fstest.MapFS{"en/03-a.md": ok("x"), "fr/03-a.md": ok("x\n## B\ny")}, []string{"fr/03-a.md:1:1: 2 steps here, 1 in en/03-a.md"}},
		"both wrong":   {fstest.MapFS{"en/03-a.md": ok("<b>"), "fr/03-a.md": ok("<i>")}, []string{"en/03-a.md:6:1: HTML", "fr/03-a.md:6:1: HTML"}},
		"empty folder": {fstest.MapFS{"en/03-a.md": ok("x"), "fr/readme.md": ok("x")}, []string{"no lesson in fr"}},
	} {
		_, _, err := LoadBoth(c.fs)
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, part := range c.says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %v, want %s", name, err, part)
			}
		}
		if words.Tell(words.French, err) == err.Error() {
			t.Errorf("%s: not in French: %v", name, err)
		}
	}
	_, _, err = LoadBoth(fstest.MapFS{"en/03-a.md": ok("<b>")})
	var errs Errors
	if !errors.As(err, &errs) || errs.Under("my/dir")[0].Pos.File != "my/dir/en/03-a.md" || errs[0].Pos.File != "en/03-a.md" {
		t.Errorf("%v", err)
	}
}
