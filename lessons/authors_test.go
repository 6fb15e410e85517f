package lessons_test

import (
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/lessons/rehearsal"
	"atelier/lessons/review"
)

var example = regexp.MustCompile("(?ms)^`((?:en|fr)/[^`]+\\.md)`:\n\n````markdown\n(.*?)^````$")

// What the authors' page shows is a course: in order in both languages, and its
// lab shows what the lesson says.
func TestTheAuthorsExampleIsInOrder(t *testing.T) {
	page, err := os.ReadFile("AUTHORS.md")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, m := range example.FindAllStringSubmatch(string(page), -1) {
		fsys[m[1]] = &fstest.MapFile{Data: []byte(m[2])}
	}
	if len(fsys) != 2 {
		t.Fatalf("%d files in the page", len(fsys))
	}
	r, err := review.Course(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range r.Findings {
		t.Error(e)
	}
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(words.Tell(words.English, err))
	}
	defer func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}()
	all, err := rehearsal.Run(t.Context(), b, r.Course[words.English][0], nil)
	if err != nil || len(all) != 1 || !all[0].Passed() || len(all[0].Predictions) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
}
