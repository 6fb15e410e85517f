//go:build unix

package apache_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"atelier/kafka/cluster/apache"
)

// runAsStarter is what this test binary does for TestKilled: it starts a
// cluster and waits to be killed.
func runAsStarter(dir string) {
	if _, err := apache.Start(context.Background(), apache.Options{TempDir: dir}); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("started")
	select {}
}

// After a kill -9 of ours nothing goes on running once the next start is
// through, and nothing lies about.
func TestKilled(t *testing.T) {
	needsKafka(t)
	dir := t.TempDir()
	self := exec.Command(os.Args[0])
	self.Env = append(os.Environ(), "ATELIER_TEST_START="+dir)
	out, err := self.StdoutPipe()
	must(t, err)
	must(t, self.Start())
	said := make([]byte, 64)
	n, _ := out.Read(said)
	if string(said[:n]) != "started\n" {
		t.Errorf("it said %q", said[:n])
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*", "*", "pid"))
	if len(files) != 4 {
		t.Errorf("got pid files %v", files)
	}
	var pids []int
	for _, file := range files {
		content, _ := os.ReadFile(file)
		pid, err := strconv.Atoi(string(content))
		must(t, err)
		pids = append(pids, pid)
	}
	must(t, self.Process.Kill())
	_ = self.Wait()

	c := start(t, apache.Options{TempDir: dir})
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("beside the new cluster's folder: %v", left)
	}
	for _, pid := range pids {
		deadline := time.Now().Add(5 * time.Second)
		for syscall.Kill(pid, 0) == nil && !zombie(pid) {
			if time.Now().After(deadline) {
				t.Fatalf("process %d goes on", pid)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	if len(c.Brokers()) != 3 {
		t.Errorf("got %v", c.Brokers())
	}
}

// zombie says whether a process has ended and nobody has asked how.
func zombie(pid int) bool {
	state, _ := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	return len(state) > 0 && state[0] == 'Z'
}
