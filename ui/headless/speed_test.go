//go:build unix

package headless_test

import (
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"atelier/ui/program/programtest"
)

// BenchmarkFirstAck measures from the start of the built binary to the first
// ack of a script. The bound is 150 ms.
func BenchmarkFirstAck(b *testing.B) {
	binary := programtest.Build(b)
	var total, slowest time.Duration
	for range b.N {
		out := &watched{until: "acked", seen: make(chan struct{})}
		cmd := exec.CommandContext(b.Context(), binary, "--script", "-")
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader("send 1 plain sync\n"), out, out
		start := time.Now()
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		ended := make(chan struct{})
		var failure error
		go func() {
			failure = cmd.Wait()
			close(ended)
		}()
		select {
		case <-out.seen:
		case <-ended:
		}
		took := time.Since(start)
		total, slowest = total+took, max(slowest, took)
		if <-ended; failure != nil || !strings.Contains(out.String(), out.until) {
			b.Fatalf("%v, without an ack:\n%s", failure, out)
		}
	}
	b.ReportMetric(float64(total.Milliseconds())/float64(b.N), "first-ack-ms")
	b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkMillion sends a million messages and audits them. The bound is 300
// MB of resident memory, at its peak. Each is to be there once, so the producer
// waits longer than a machine stands still.
func BenchmarkMillion(b *testing.B) {
	binary := programtest.Build(b)
	for range b.N {
		cmd := exec.CommandContext(b.Context(), binary, "--script", "-")
		cmd.Stdin = strings.NewReader("send 1000000 plain async request=1m total=2m as A\naudit\nexpect A.once == 1000000\n")
		start := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		peak := usage.Maxrss * 1024
		if runtime.GOOS == "darwin" {
			peak = usage.Maxrss // there in bytes
		}
		b.ReportMetric(float64(peak)/1e6, "peak-MB")
		b.ReportMetric(time.Since(start).Seconds(), "s")
	}
	b.ReportMetric(0, "ns/op")
}
