package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/cluster"
	room "atelier/lessons/bench"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// BenchmarkHour says what an hour of 10,000 messages a second would add to the
// process's memory, with the console at 120×40 that sends and shows them. It is
// no hour but 25 seconds (ATELIER_HOUR=10m makes it longer): the slope of the
// second half, extrapolated, of what stays after a collection, at the least of
// each tenth, as what is under way comes on top now and then. So short a time
// shows what grows with each message; of less than some 50 MB an hour it can't
// tell. What the kernel says that the process has goes up in steps; its slope is
// told of five minutes and more.
//
// It runs with brokers in a process of their own, and with those of the embedded
// cluster, which are part of the process: they index their log in memory, 72
// bytes a batch.
func BenchmarkHour(b *testing.B) {
	lasts := 25 * time.Second
	if asked := os.Getenv("ATELIER_HOUR"); asked != "" {
		var err error
		if lasts, err = time.ParseDuration(asked); err != nil {
			b.Fatal(err)
		}
	}
	for name, brokers := range map[string]func(*testing.B) []string{
		"brokers-apart": brokersApart,
		"embedded":      func(*testing.B) []string { return nil },
	} {
		b.Run(name, func(b *testing.B) {
			addresses := brokers(b)
			for b.Loop() {
				anHour(b, lasts, addresses)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

func anHour(b *testing.B, lasts time.Duration, brokers []string) {
	bb, err := room.Open(b.Context(), room.Options{
		Brokers: brokers, Toxiproxy: "127.0.0.1:0", TempDir: b.TempDir(),
		Memory: 4 << 20, // a load fills it, whatever its size: a reel of 32 MB in half a minute
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, end := context.WithCancel(b.Context())
	in, typing := io.Pipe()
	var running sync.WaitGroup
	defer func() {
		end()
		_ = typing.Close()
		running.Wait()
		if err := bb.Close(); err != nil {
			b.Error(err)
		}
	}()
	running.Go(func() {
		o := Options{Bench: bb, Modules: stage.Modules(), Lang: words.English, Theme: Dark}
		if err := show(ctx, New(o), in, io.Discard, tea.WithWindowSize(120, 40)); !errors.Is(err, context.Canceled) {
			b.Error(err)
		}
	})
	const perSecond = 10_000
	line := fmt.Sprintf(":send %d plain async size=100 rate=%d/s as L\r", perSecond*int(2*lasts.Seconds()), perSecond)
	if _, err := io.WriteString(typing, line); err != nil {
		b.Fatal(err)
	}
	var times, live, resident []float64
	began := time.Now()
	beat := time.NewTicker(lasts / 240)
	defer beat.Stop()
	for now := began; now.Sub(began) < lasts; now = <-beat.C {
		if now.Sub(began) < lasts/2 {
			continue
		}
		times = append(times, now.Sub(began).Hours())
		live = append(live, liveMB())
		resident = append(resident, residentMB(b))
	}
	all := bb.Ledger().Snapshot().All
	b.ReportMetric(float64(all.Acked)/time.Since(began).Seconds(), "msg/s")
	b.ReportMetric(mean(live), "live-MB")
	b.ReportMetric(slope(least(times, live)), "live-MB/h")
	b.ReportMetric(mean(resident), "RSS-MB")
	if lasts >= 5*time.Minute {
		b.ReportMetric(slope(least(times, resident)), "RSS-MB/h")
	}
}

// brokersApart starts brokers in a process of their own, which ends with the
// benchmark, and returns their addresses.
func brokersApart(b *testing.B) []string {
	b.Helper()
	brokers := exec.Command(os.Args[0], "-test.run", "^TestBrokersApart$")
	brokers.Env = append(os.Environ(), apart+"="+b.TempDir())
	in, err := brokers.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := brokers.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := brokers.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close()
		if err := brokers.Wait(); err != nil {
			b.Error(err)
		}
	})
	addresses, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(addresses), ",")
}

// apart says where the brokers of a process of their own keep their log.
const apart = "ATELIER_BROKERS_APART"

// TestBrokersApart is that process: it says where the brokers are, and ends with
// its input.
func TestBrokersApart(t *testing.T) {
	dir := os.Getenv(apart)
	if dir == "" {
		t.Skip("only as a process of BenchmarkHour's")
	}
	c, err := cluster.Open(cluster.Options{TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	var addresses []string
	for _, broker := range c.Brokers() {
		addresses = append(addresses, broker.Direct)
	}
	fmt.Println(strings.Join(addresses, ","))
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// liveMB is what stays after a collection, stacks included.
func liveMB() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc+m.StackInuse) / 1e6
}

// residentMB is what the kernel says that this process has in memory.
func residentMB(b *testing.B) float64 {
	b.Helper()
	stat, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Fatal(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(stat))[1])
	if err != nil {
		b.Fatal(err)
	}
	return float64(pages*os.Getpagesize()) / 1e6
}

// least is the smallest value of each tenth, and when that was.
func least(times, values []float64) (when, least []float64) {
	for i := range 10 {
		from, to := i*len(values)/10, (i+1)*len(values)/10
		at := from
		for k := from; k < to; k++ {
			if values[k] < values[at] {
				at = k
			}
		}
		if from < to {
			when, least = append(when, times[at]), append(least, values[at])
		}
	}
	return when, least
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// slope is that of the straight line that lies nearest to the values.
func slope(times, values []float64) float64 {
	t, v := mean(times), mean(values)
	var up, along float64
	for i := range times {
		up += (times[i] - t) * (values[i] - v)
		along += (times[i] - t) * (times[i] - t)
	}
	return up / along
}
