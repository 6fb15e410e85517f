//go:build unix

package apache_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
	conns := callAll(t, dir)
	must(t, self.Process.Kill())
	_ = self.Wait()

	c := start(t, apache.Options{TempDir: dir})
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("beside the new cluster's folder: %v", left)
	}
	for _, conn := range conns {
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		if _, err := conn.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("the process at %s goes on", conn.RemoteAddr())
		}
	}
	if len(c.Brokers()) != 3 {
		t.Errorf("got %v", c.Brokers())
	}
}

var listens = regexp.MustCompile(`(?m)^listeners=\w+://(\S+)$`)

// callAll connects to every process of the cluster in a folder: the
// connections end when the processes do.
func callAll(t *testing.T, dir string) (conns []net.Conn) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "*", "*", "server.properties"))
	for _, file := range files {
		settings, err := os.ReadFile(file)
		must(t, err)
		conn, err := net.Dial("tcp", string(listens.FindSubmatch(settings)[1]))
		must(t, err)
		t.Cleanup(func() { _ = conn.Close() })
		conns = append(conns, conn)
	}
	if len(conns) != 4 {
		t.Fatalf("got %d processes", len(conns))
	}
	return conns
}
