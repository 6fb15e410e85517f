package lessons_test

import (
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/lessons/course"
)

// A quote that went stale fails here, with its place in the lesson and the
// file that went on without it.
func TestQuotesAreTheProjectsOwnCode(t *testing.T) {
	quotes := 0
	for _, lang := range []words.Lang{words.French, words.English} {
		for _, m := range load(t, lang) {
			for _, c := range m.Code() {
				if c.File == "" {
					continue
				}
				quotes++
				src, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(c.File)))
				if err != nil {
					t.Errorf("%s:%d: %v", m.Name, c.Line, err)
					continue
				}
				want, err := course.Marked(string(src), c.Mark)
				if err != nil {
					t.Errorf("%s:%d: %s: %v", m.Name, c.Line, c.File, err)
					continue
				}
				if at, got, is := differ(c.Text, want); at >= 0 {
					t.Errorf("%s:%d: the lesson quotes %q, %s has %q", m.Name, c.Line+1+at, got, c.File, is)
				}
			}
		}
	}
	if quotes == 0 {
		t.Error("no lesson quotes the project's code")
	}
}

// differ finds the first line in which two texts differ; -1: in none.
func differ(a, b string) (at int, inA, inB string) {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(as), len(bs)) {
		inA, inB = "", ""
		if i < len(as) {
			inA = as[i]
		}
		if i < len(bs) {
			inB = bs[i]
		}
		if inA != inB || i >= len(as) || i >= len(bs) {
			return i, inA, inB
		}
	}
	return -1, "", ""
}

// program is the one that module 2 has its learners write, the same in both
// languages.
func program(t *testing.T) string {
	t.Helper()
	src := ""
	for _, lang := range []words.Lang{words.French, words.English} {
		for _, m := range load(t, lang) {
			p := m.Program("main.go")
			if m.Number != 2 || p == src {
				continue
			}
			if src != "" {
				t.Fatalf("%s builds another program than the other language does", m.Name)
			}
			src = p
		}
	}
	return src
}

// What a learner puts together from the lesson's blocks compiles, and does
// what the lesson says, on a bench as the learner has it.
func TestALearnersProducer(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a program")
	}
	src := program(t)
	pretty, err := format.Source([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(string(pretty)); got != strings.TrimSpace(src) {
		at, is, should := differ(strings.TrimSpace(src), got)
		t.Errorf("line %d of the program is not as gofmt writes it: %q, not %q", at+1, is, should)
	}
	dir := t.TempDir()
	file, binary := filepath.Join(dir, "main.go"), filepath.Join(dir, "producer.exe")
	if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"vet", file}, {"build", "-o", binary, file}} { // the project's own go.mod has the library
		if out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", args[0], err, out)
		}
	}
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(words.Tell(words.English, err))
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	out, err := exec.CommandContext(t.Context(), binary, b.Brokers()[0].Advertised).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !regexp.MustCompile(`^acked 1 0\nsame: true\n100 acked, 0 not\n$`).Match(out) {
		t.Errorf("it said\n%s", out)
	}
}

// The library's version in the lesson is the project's own.
func TestTheLessonsLibraryIsOurs(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`github.com/IBM/sarama v(\S+)`).FindStringSubmatch(string(mod))[1]
	for _, lang := range []words.Lang{words.French, words.English} {
		for _, m := range load(t, lang) {
			for _, c := range m.Code() {
				if _, given, found := strings.Cut(c.Text, "sarama@v"); found && given != version {
					t.Errorf("%s:%d: sarama %s, the project has %s", m.Name, c.Line, given, version)
				}
			}
		}
	}
}
