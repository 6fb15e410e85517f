package headless_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/access"
	"atelier/kafka/cluster/clustertest"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
	"atelier/lessons/bench"
	"atelier/lessons/standstill/standstilltest"
	"atelier/ui/headless"

	"golang.org/x/sync/errgroup"
)

// Every claim of a lesson is run: its labs, in order, with every check. (make
// test-apache has the built binary run them on Apache Kafka.) ATELIER_SOAK_LESSONS
// says how often; then one language is enough, as both have the same labs.
func TestLessons(t *testing.T) {
	soak, given := os.LookupEnv("ATELIER_SOAK_LESSONS")
	if !given {
		atOnce := sideBySide
		if standstilltest.Raced {
			atOnce = racedSideBySide
		}
		lessonsOn(t, "*", 1, atOnce, bench.Options{})
		return
	}
	times, err := strconv.Atoi(soak)
	if err != nil || times < 1 {
		t.Fatalf("ATELIER_SOAK_LESSONS=%s: say how often, as in 10", soak)
	}
	lessonsOn(t, "en", times, soakedSideBySide, bench.Options{})
}

// The lessons pass on a cluster that others run, too. One language is enough
// there: both have the same labs, and the other runs on our own.
func TestLessonsOnAClusterOfOthers(t *testing.T) {
	if !clustertest.OnApache() {
		t.Skip("a real cluster: make test-apache")
	}
	c := clustertest.Start(t, clustertest.TLSPassword)
	lessonsOn(t, "en", 1, 1, bench.Options{Brokers: c.Addresses(), Access: c.Access(access.ScramSHA256)})
}

// How many lessons run at once where each has a cluster of its own. They mostly
// wait: all of them in both languages, one after the other, are four and a half
// minutes, with twelve seconds of work in them. With eight at once, who begins
// with the longest is done when the longest is; with twelve, sixty lessons are
// done in two minutes, and two cores that nobody else wants are still half idle.
// What a lab needs is that its attempts depart within half a second of their time.
const (
	sideBySide       = 8
	soakedSideBySide = 12
	racedSideBySide  = 4
)

// longestFirst are the modules, by how long their labs take. Whoever begins with
// the longest does not wait for it in the end.
var longestFirst = []string{"03", "06", "04", "05", "02", "01"}

// lessonsOn runs every lesson so many times, and says of each how often it
// passed.
func lessonsOn(t *testing.T, languages string, times, atOnce int, o bench.Options) {
	files, err := filepath.Glob("../../lessons/content/" + languages + "/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lessons: %v", err)
	}
	rank := func(file string) int { return slices.Index(longestFirst, filepath.Base(file)[:2]) }
	slices.SortStableFunc(files, func(a, b string) int { return rank(a) - rank(b) })
	passed := make([]atomic.Int64, len(files))
	var all errgroup.Group
	all.SetLimit(atOnce)
	for range times {
		for i, file := range files {
			all.Go(func() error {
				if t.Run(filepath.Base(file), func(t *testing.T) { lessonOn(t, file, o) }) {
					passed[i].Add(1)
				}
				return nil
			})
		}
	}
	_ = all.Wait()
	for i, file := range files {
		t.Logf("%s/%s: %d of %d", filepath.Base(filepath.Dir(file)), filepath.Base(file), passed[i].Load(), times)
	}
}

// lessonOn runs a lesson, and what was recorded of it again.
func lessonOn(t *testing.T, file string, o bench.Options) {
	standstilltest.Try(t, func(t testing.TB) {
		o.Toxiproxy, o.TempDir = "127.0.0.1:0", t.TempDir()
		var out, errs bytes.Buffer
		rec := newRecorded(t)
		o.Listen = rec.hear
		lang := words.Lang(filepath.Base(filepath.Dir(file)))
		status := headless.Run(t.Context(), headless.Options{
			Script: file, Format: "json", Lang: lang, In: strings.NewReader(""), Out: &out, Err: &errs,
			Open: func(ctx context.Context) (*bench.Bench, error) { return bench.Open(ctx, o) },
		})
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		last := lines[len(lines)-1]
		if status != headless.ExitPassed || !strings.Contains(last, `"status":"passed"`) {
			_ = rec.recorder.Close()
			t.Fatalf("exit status %d\n%s\n%s", status, last, errs.String())
		}
		rec.check(t, last)
	})
}

// recorded is a recording of a script, beside what a console would remember.
type recorded struct {
	name     string
	recorder *tape.Recorder
	reel     *tape.Reel
	tooLarge int
}

func newRecorded(t testing.TB) *recorded {
	name := filepath.Join(t.TempDir(), "r.jsonl")
	recorder, err := tape.Create(name, func(w words.Text) { t.Error(w.En) })
	if err != nil {
		t.Fatal(err)
	}
	return &recorded{name: name, recorder: recorder, reel: tape.NewReel(tape.DefaultMemory)}
}

func (r *recorded) hear(e ledger.Event) {
	if _, begins := e.(ledger.RunBegan); begins {
		if _, err := r.reel.Last(); errors.Is(err, tape.ErrTooLarge) {
			r.tooLarge++
		}
	}
	r.reel.Hear(e)
	r.recorder.Hear(e)
}

// check sees that each run can be replayed from memory, and that the recording
// comes to what the script's last line says.
func (r *recorded) check(t testing.TB, last string) {
	if err := r.recorder.Close(); err != nil {
		t.Error(err)
	}
	if r.tooLarge > 0 {
		t.Errorf("%d runs are too large to be replayed from memory", r.tooLarge)
	}
	var out, errs bytes.Buffer
	status := headless.Replay(t.Context(), headless.ReplayOptions{Recording: r.name, Format: "json", Lang: words.English, Out: &out, Err: &errs})
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	_, want, _ := strings.Cut(last, `"labels"`)
	_, got, _ := strings.Cut(lines[len(lines)-1], `"labels"`)
	if status != headless.ExitPassed || got != want || len(lines) < 3 || errs.Len() > 0 {
		t.Errorf("replayed with exit status %d to\n%s, live\n%s\n%s", status, got, want, errs.String())
	}
}
