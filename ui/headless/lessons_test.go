package headless_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/ui/headless"
)

// Every claim of a lesson is run: its labs, in order, with every check. The
// benches stand side by side, but for Apache Kafka's (ATELIER_APACHE=1): those
// come one after the other.
func TestLessons(t *testing.T) {
	files, err := filepath.Glob("../../lessons/content/*/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lessons: %v", err)
	}
	kind := bench.Embedded
	if os.Getenv("ATELIER_APACHE") != "" {
		kind = bench.Apache
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if kind == bench.Embedded {
				t.Parallel()
			}
			var out, errs bytes.Buffer
			lang := words.Lang(filepath.Base(filepath.Dir(file)))
			status := headless.Run(t.Context(), headless.Options{
				Script: file, Format: "json", Lang: lang, In: strings.NewReader(""), Out: &out, Err: &errs,
				Open: func(ctx context.Context) (*bench.Bench, error) {
					return bench.Open(ctx, bench.Options{Cluster: kind, Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
				},
			})
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			if last := lines[len(lines)-1]; status != headless.ExitPassed || !strings.Contains(last, `"status":"passed"`) {
				t.Errorf("exit status %d\n%s\n%s", status, last, errs.String())
			}
		})
	}
}
