// Package chaostest runs Toxiproxy's own server as a process of its own, for
// tests: the test binary starts itself once more, as that server.
package chaostest

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
)

// asked is the variable that makes the test binary a Toxiproxy, at its address.
const asked = "CHAOSTEST_TOXIPROXY"

func init() {
	if address := os.Getenv(asked); address != "" {
		serve(address)
	}
}

// serve is Toxiproxy's own main, but for its log and its signals. It ends when
// it is killed, or with who started it.
func serve(address string) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("listening " + listener.Addr().String())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	err = http.Serve(listener, server.Routes()) //nolint:gosec // as Toxiproxy does, for a test
	fmt.Println(err)
	os.Exit(1)
}

// Toxiproxy is a server in a process of its own.
type Toxiproxy struct {
	URL string

	t       testing.TB
	process *exec.Cmd
	stdin   io.Closer
}

// Start starts a server; the test's end kills it.
func Start(t testing.TB) *Toxiproxy {
	t.Helper()
	s := &Toxiproxy{t: t}
	l, err := Listen()
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	s.start(l.Addr().String())
	t.Cleanup(s.Kill)
	return s
}

func (s *Toxiproxy) start(address string) {
	s.t.Helper()
	s.process = exec.Command(os.Args[0])
	s.process.Env = append(os.Environ(), asked+"="+address)
	s.process.Stderr = os.Stderr
	stdin, err := s.process.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	out, err := s.process.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.stdin = stdin
	line, _ := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "listening ")
	if !ok {
		s.t.Fatalf("Toxiproxy did not start: %s", line)
	}
	s.URL = "http://" + address
}

// Listen listens on a port that stays free while nobody listens on it: below
// those that the system gives to who asks for any.
func Listen() (net.Listener, error) {
	for try := 1; ; try++ {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 10_000+rand.IntN(6_000)))
		if err == nil || try == 100 {
			return l, err
		}
	}
}

// Kill ends the server at once, and waits. Killed already, it does nothing.
func (s *Toxiproxy) Kill() {
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill()
	_ = s.process.Wait() // killed, it has no good end
	_ = s.stdin.Close()
	s.process = nil
}

// Restart starts a killed server anew at its old address, knowing nothing.
func (s *Toxiproxy) Restart() {
	s.t.Helper()
	s.start(strings.TrimPrefix(s.URL, "http://"))
}

// PID is the server's process.
func (s *Toxiproxy) PID() int { return s.process.Process.Pid }

// Do asks the API, as a stranger with curl would, and returns status and text.
func (s *Toxiproxy) Do(method, path, body string) (int, string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(text)
}
