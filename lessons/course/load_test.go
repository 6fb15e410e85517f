package course

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"atelier/assets/words"
)

func TestLoad(t *testing.T) {
	ok := []byte(top + "## A\nx")
	fsys := fstest.MapFS{
		"content/fr/03-b.md":    {Data: ok},
		"content/fr/0-a.md":     {Data: ok},
		"content/fr/README.md":  {Data: []byte("<b>")},
		"content/fr/10-c.md":    {Data: ok},
		"content/en/01-a.md":    {Data: ok},
		"content/en/1-b.md":     {Data: ok},
		"content/en/02-c.md":    {Data: []byte("## A\nx")},
		"content/en/04-d.md/x":  {Data: ok},
		"content/en/05-huge.md": {Data: make([]byte, MaxSize)},
	}
	ms, err := Load(fsys, words.French)
	if err != nil || len(ms) != 3 || ms[0].Number != 0 || ms[1].Number != 3 || ms[2].Number != 10 {
		t.Fatalf("%v %v", ms, err)
	}
	ms, err = Load(fsys, words.English)
	var errs Errors
	if !errors.As(err, &errs) || len(errs) != 4 || len(ms) != 1 {
		t.Fatalf("%v %v", ms, err)
	}
	for i, want := range []string{
		"content/en/02-c.md:1:1: no front matter", "content/en/04-d.md:1:1: cannot be read: not a file",
		"content/en/05-huge.md:1:1: the file has", "content/en/1-b.md:1:1: module 1 is also content/en/01-a.md",
	} {
		if !strings.HasPrefix(errs[i].Error(), want) {
			t.Errorf("%v, want %s", errs[i], want)
		}
	}
	if _, err = Load(fstest.MapFS{}, words.French); err == nil || !strings.Contains(words.Tell(words.French, err), "pas de leçons") {
		t.Error(err)
	}
	if _, err = Load(fstest.MapFS{"fr/README.md": {}}, words.French); err == nil {
		t.Error("an empty course is an error")
	}
}
