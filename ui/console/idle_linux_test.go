package console

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"atelier/kafka/ledger/tape"
	"atelier/ui/program/programtest"
)

// BenchmarkIdle says what the built console costs while nothing happens, in
// percent of a core: as it opens, and on a replay that stands. The cluster
// inside the first is idle too, and part of it.
func BenchmarkIdle(b *testing.B) {
	binary := programtest.Build(b)
	const watched = 5 * time.Second
	measure := func(b *testing.B, args []string, keys string) {
		s := sit(b, binary, 120, 40, args...)
		s.await(b, screenTaken)
		s.types(b, keys)
		for b.Loop() {
			time.Sleep(2 * time.Second) // what starting left behind; the pause is the experiment
			written, spent := s.written(), cpu(b, s.cmd.Process.Pid)
			time.Sleep(watched)
			b.ReportMetric(100*float64(cpu(b, s.cmd.Process.Pid)-spent)/float64(watched), "%core")
			b.ReportMetric(float64(s.written()-written), "written-B")
		}
		b.ReportMetric(0, "ns/op")
		s.types(b, "\x03\x03")
		s.left(b)
	}
	b.Run("console", func(b *testing.B) { measure(b, []string{"--lesson", "3"}, "") })
	b.Run("replay", func(b *testing.B) { measure(b, []string{"--replay", recorded(b)}, " ") })
}

// recorded is a recording in a file.
func recorded(b testing.TB) string {
	b.Helper()
	name := b.TempDir() + "/run.jsonl"
	r, err := tape.Create(name, nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range tapes(b)[0].Events() {
		r.Hear(e)
	}
	if err := r.Close(); err != nil {
		b.Fatal(err)
	}
	return name
}

// written is how many bytes the console has sent to the terminal.
func (s *seat) written() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.Len()
}

// cpu is the time that a process has spent on a core, all its threads together.
func cpu(b *testing.B, pid int) time.Duration {
	b.Helper()
	threads, _ := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*/schedstat")
	if len(threads) == 0 {
		b.Skip("this kernel does not tell what a thread costs")
	}
	var spent time.Duration
	for _, name := range threads {
		stat, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it ended meanwhile
		}
		running, _, _ := strings.Cut(string(stat), " ")
		ns, err2 := strconv.ParseInt(running, 10, 64)
		if err = errors.Join(err, err2); err != nil {
			b.Fatal(err)
		}
		spent += time.Duration(ns)
	}
	return spent
}
