package headless_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/access"
	"atelier/kafka/cluster/clustertest"
	"atelier/lessons/bench"
	"atelier/ui/headless"
)

// Every claim of a lesson is run: its labs, in order, with every check. (make
// test-apache has the built binary run them on Apache Kafka.)
func TestLessons(t *testing.T) { lessonsOn(t, "*", bench.Options{}) }

// The lessons pass on a cluster that others run, too. One language is enough
// there: both have the same labs.
func TestLessonsOnAClusterOfOthers(t *testing.T) {
	if !clustertest.OnApache() {
		t.Skip("a real cluster: make test-apache")
	}
	c := clustertest.Start(t, clustertest.TLSPassword)
	lessonsOn(t, "fr", bench.Options{Brokers: c.Addresses(), Access: c.Access(access.ScramSHA256)})
}

// lessonsOn runs every lesson, side by side where each has a cluster of its own.
func lessonsOn(t *testing.T, languages string, o bench.Options) {
	files, err := filepath.Glob("../../lessons/content/" + languages + "/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lessons: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if len(o.Brokers) == 0 {
				t.Parallel()
			}
			o := o
			o.Toxiproxy, o.TempDir = "127.0.0.1:0", t.TempDir()
			var out, errs bytes.Buffer
			lang := words.Lang(filepath.Base(filepath.Dir(file)))
			status := headless.Run(t.Context(), headless.Options{
				Script: file, Format: "json", Lang: lang, In: strings.NewReader(""), Out: &out, Err: &errs,
				Open: func(ctx context.Context) (*bench.Bench, error) { return bench.Open(ctx, o) },
			})
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			if last := lines[len(lines)-1]; status != headless.ExitPassed || !strings.Contains(last, `"status":"passed"`) {
				t.Errorf("exit status %d\n%s\n%s", status, last, errs.String())
			}
		})
	}
}
