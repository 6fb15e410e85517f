package lessons_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"atelier/assets/words"
	"atelier/lessons"
)

var script = regexp.MustCompile(`assets/scripts/[a-z.-]*[a-z]`)

// A script that a lesson names is one that is shipped, and each that is shipped
// is named where it fits: in the same modules of both languages.
func TestLessonsNameTheShippedScripts(t *testing.T) {
	named := map[words.Lang]map[string]int{}
	for _, lang := range []words.Lang{words.French, words.English} {
		named[lang] = map[string]int{}
		for _, m := range load(t, lang) {
			src, err := fs.ReadFile(lessons.Content, m.Name)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range script.FindAllString(string(src), -1) {
				named[lang][filepath.Base(name)] = m.Number
				if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(name))); err != nil {
					t.Errorf("%s: %v", m.Name, err)
				}
			}
		}
	}
	if !maps.Equal(named[words.French], named[words.English]) {
		t.Errorf("the languages name scripts in other modules: %v", named)
	}
	shipped, err := filepath.Glob("../assets/scripts/*.sh")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range shipped {
		if name = filepath.Base(name); name != "ask.sh" && !slices.Contains(slices.Collect(maps.Keys(named[words.English])), name) { // the others read that one in
			t.Errorf("no lesson names %s", name)
		}
	}
	if n := named[words.English]["validation-complete.sh"]; n != 5 {
		t.Errorf("the complete validation is module 5's, not module %d's", n)
	}
	if n := named[words.English]["reliability-tests.sh"]; n != 2 {
		t.Errorf("the four reliability tests are module 2's, not module %d's", n)
	}
}
