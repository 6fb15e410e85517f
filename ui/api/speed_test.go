package api_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"atelier/kafka"
	"atelier/lessons/bench"
)

// connections is how many clients ask at once.
const connections = 32

// BenchmarkSync sends the same load over HTTP and by asking the same producer
// directly, in turn, each by 32 who wait for their reports, and says how much
// of the direct rate is left. The bound is 0.6. Beside the load over HTTP
// somebody asks for /health, a hundred times a second: its p99 is to stay under
// 5 ms.
func BenchmarkSync(b *testing.B) {
	const load = 20_000
	w := open(b)
	request := postOf(w, "/api/v1/test/plain", `{"topic":"performance-test","message":"Sync message"}`)
	over := func() time.Duration { return w.load(load, request, "200") }
	direct := func() time.Duration { return w.direct(load) }
	over()
	direct() // both are warm
	var overTime, directTime time.Duration
	health := w.watchHealth()
	b.ResetTimer()
	for range b.N {
		directTime += direct()
		health.on.Store(true)
		overTime += over()
		health.on.Store(false)
	}
	b.StopTimer()
	b.ReportMetric(float64(directTime)/float64(overTime), "ratio")
	b.ReportMetric(float64(load*b.N)/directTime.Seconds(), "direct-msg/s")
	b.ReportMetric(float64(load*b.N)/overTime.Seconds(), "http-msg/s")
	b.ReportMetric(float64(health.p99().Microseconds())/1000, "health-p99-ms")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkAsync sends without waiting for reports. The bound is 20,000 requests
// a second, with client and server on two cores.
func BenchmarkAsync(b *testing.B) {
	const load = 40_000
	w := open(b)
	request := postOf(w, "/api/v1/test/plain-async", `{"topic":"performance-test","message":"Async message"}`)
	w.load(load, request, "202")
	var took time.Duration
	b.ResetTimer()
	for range b.N {
		took += w.load(load, request, "202")
		wait(b, w)
	}
	b.ReportMetric(float64(load*b.N)/took.Seconds(), "requests/s")
	b.ReportMetric(0, "ns/op")
}

// wait waits until everything that was asked for has its report.
func wait(b testing.TB, w *world) {
	l := w.bench.Ledger()
	for w.bench.UnderWay() > 0 {
		version := l.Version()
		if w.bench.UnderWay() == 0 {
			return
		}
		select {
		case <-l.Changed(version):
		case <-time.After(10 * time.Millisecond): // its report came between the two
		case <-b.Context().Done():
			b.Fatal("never done")
		}
	}
}

// postOf is a request as it goes over the wire.
func postOf(w *world, path, body string) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", path, w.server.Addr(), len(body), body)
}

// load sends a request many times over 32 connections that stay open, and
// returns how long that took. Each answer is read whole, and looked at.
func (w *world) load(count int, request []byte, status string) time.Duration {
	var left atomic.Int64
	left.Store(int64(count))
	var all sync.WaitGroup
	start := time.Now()
	for range connections {
		all.Go(func() {
			if err := w.ask(&left, request, status); err != nil {
				w.Error(err)
			}
		})
	}
	all.Wait()
	return time.Since(start)
}

func (w *world) ask(left *atomic.Int64, request []byte, status string) error {
	conn, err := net.Dial("tcp", w.server.Addr())
	if err != nil {
		return err
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	want := []byte("HTTP/1.1 " + status + " ")
	for left.Add(-1) >= 0 {
		if _, err := conn.Write(request); err != nil {
			return err
		}
		length := -1
		for first := true; ; first = false {
			line, err := in.ReadSlice('\n')
			if err != nil {
				return err
			}
			if first && !bytes.HasPrefix(line, want) {
				return fmt.Errorf("answered %q", line)
			}
			if value, is := bytes.CutPrefix(line, []byte("Content-Length: ")); is {
				if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
					return err
				}
			}
			if len(line) <= 2 {
				break
			}
		}
		if _, err := in.Discard(length); err != nil {
			return err
		}
	}
	return nil
}

// direct asks the bench itself, by as many who wait.
func (w *world) direct(count int) time.Duration {
	var left atomic.Int64
	left.Store(int64(count))
	message := "Sync message"
	var all sync.WaitGroup
	start := time.Now()
	for range connections {
		all.Go(func() {
			told := make(chan struct{}, 1)
			for left.Add(-1) >= 0 {
				_, err := w.bench.Submit(w.Context(), bench.Ask{
					Mode: kafka.Plain, Sending: kafka.Sync, Topic: "performance-test", Partition: -1, Value: &message,
					Told: func(bench.Told) { told <- struct{}{} },
				})
				if err != nil {
					w.Error(err)
					return
				}
				<-told
			}
		})
	}
	all.Wait()
	return time.Since(start)
}

// healthWatch asks for /health while it is on.
type healthWatch struct {
	on    atomic.Bool
	mu    sync.Mutex
	times []time.Duration
}

func (w *world) watchHealth() *healthWatch {
	h := &healthWatch{}
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-stop:
				return
			}
			if !h.on.Load() {
				continue
			}
			start := time.Now()
			response, err := w.client.Get(w.url + "/health")
			if err != nil || response.StatusCode != http.StatusOK {
				w.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, response.Body)
			_ = response.Body.Close()
			h.mu.Lock()
			h.times = append(h.times, time.Since(start))
			h.mu.Unlock()
		}
	}()
	w.Cleanup(func() { close(stop); <-ended })
	return h
}

func (h *healthWatch) p99() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.times) == 0 {
		return 0
	}
	slices.Sort(h.times)
	return h.times[len(h.times)*99/100]
}
