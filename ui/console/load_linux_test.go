package console

import (
	"context"
	"errors"
	"io"
	"sync"
	"syscall"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// BenchmarkScreen says what the screen costs at 120×40 while 10,000 messages a
// second run, in percent of a core. It plays their events to a ledger in real
// time, once with a console that looks on and once without, in turn, and takes
// the difference of what the process spent, on all threads and with its
// collections: snapshots, frames, and their bytes as Bubble Tea writes them. The
// messages themselves cost the same both times: no broker and no producer
// blurs the difference. The bound is 10 %.
func BenchmarkScreen(b *testing.B) {
	const watched = 4 * time.Second
	var with, without time.Duration
	rounds := 0
	out := &meter{}
	for b.Loop() {
		for range 2 {
			without += spentUnderLoad(b, watched, nil)
			with += spentUnderLoad(b, watched, out)
			rounds++
		}
	}
	percent := func(d time.Duration) float64 { return 100 * float64(d) / float64(rounds) / float64(watched) }
	b.ReportMetric(percent(with-without), "%core")
	b.ReportMetric(percent(without), "%core-of-the-load")
	b.ReportMetric(float64(out.writes)/float64(rounds)/watched.Seconds(), "frames/s")
	b.ReportMetric(0, "ns/op")
}

// spentUnderLoad is what the process spends while a load runs, with a console
// that writes to out, or with none.
func spentUnderLoad(b *testing.B, watched time.Duration, out *meter) time.Duration {
	b.Helper()
	s := stage.New()
	ctx, end := context.WithCancel(b.Context())
	in, typing := io.Pipe()
	var running sync.WaitGroup
	defer func() {
		end()
		_ = typing.Close()
		running.Wait()
	}()
	running.Go(func() { playInRealTime(ctx, s) })
	counting := &switched{}
	if out != nil {
		o := options(b, s, words.French)
		o.Bench, o.Now = onTheClock{s, time.Now()}, time.Now
		running.Go(func() {
			if err := show(ctx, newModel(o, s.Book, passes, parseTest), in, counting, tea.WithWindowSize(120, 40)); !errors.Is(err, context.Canceled) {
				b.Error(err)
			}
		})
	}
	time.Sleep(time.Second) // what beginning costs; the pause is the experiment
	counting.to(out)
	before := spent(b)
	time.Sleep(watched)
	after := spent(b)
	counting.to(nil)
	return after - before
}

// playInRealTime plays a load until the context ends.
func playInRealTime(ctx context.Context, s *stage.Stage) {
	load := &load{book: s.Book}
	beat := time.NewTicker(time.Second / framesPerSecond)
	defer beat.Stop()
	for {
		select {
		case <-beat.C:
			load.frame(s)
		case <-ctx.Done():
			return
		}
	}
}

// onTheClock is a stage whose time passes by itself.
type onTheClock struct {
	*stage.Stage
	began time.Time
}

func (o onTheClock) Now() time.Duration { return time.Since(o.began) }

// switched writes to a meter while there is one.
type switched struct {
	mu sync.Mutex
	on *meter
}

func (s *switched) to(m *meter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.on = m
}

func (s *switched) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.on == nil {
		return len(p), nil
	}
	return s.on.Write(p)
}

// spent is the time that this process has spent on all cores.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
