package lessons_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/course"
)

// standsIn finds a quote in a text, at whatever depth it stands there.
func standsIn(text, quote string) bool {
	for depth := range 16 {
		margin := "\n" + strings.Repeat(" ", depth)
		if strings.Contains(text, margin+strings.ReplaceAll(quote, "\n", margin)+"\n") {
			return true
		}
	}
	return false
}

// What a lesson shows of a deployment stands, line for line, in a file that is
// shipped: a fence of YAML or of a Dockerfile that went stale fails here.
func TestDeploymentFilesAreShippedOnes(t *testing.T) {
	names, err := filepath.Glob("../assets/deploy/*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	var shipped strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		shipped.WriteString("\n" + string(text) + "\n")
	}
	for _, lang := range []words.Lang{words.French, words.English} {
		found := 0
		for _, m := range load(t, lang) {
			for _, s := range m.Steps {
				for _, b := range s.Blocks {
					p, is := b.(course.Prose)
					if !is {
						continue
					}
					for _, kind := range []string{"yaml", "dockerfile"} {
						for _, rest := range strings.Split("\n"+p.Markdown, "\n```"+kind+"\n")[1:] {
							found++
							quote, _, _ := strings.Cut(rest, "\n```")
							if !standsIn(shipped.String(), quote) {
								t.Errorf("%s:%d: no file of assets/deploy has these lines:\n%s", m.Name, p.Line, quote)
							}
						}
					}
				}
			}
		}
		if found == 0 {
			t.Errorf("%s: no lesson shows a deployment file", lang)
		}
	}
}
