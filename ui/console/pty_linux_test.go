package console

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"atelier/ui/program/programtest"

	"golang.org/x/sys/unix"
)

// seat is a terminal in which the built console runs, and the learner at it.
type seat struct {
	cmd    *exec.Cmd
	screen *os.File // the terminal's side

	mu   sync.Mutex
	said bytes.Buffer
	more chan struct{} // something was said
	read sync.WaitGroup
}

// sit starts a binary in a terminal of a size.
func sit(t testing.TB, binary string, w, h uint16, args ...string) *seat {
	t.Helper()
	screen, terminal := openTerminal(t, w, h)
	defer terminal.Close()
	s := &seat{cmd: exec.Command(binary, args...), screen: screen, more: make(chan struct{}, 1)}
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = terminal, terminal, terminal
	s.cmd.Env = []string{"TERM=xterm-256color", "LANG=en_US.UTF-8", "TMPDIR=" + t.TempDir(), "XDG_STATE_HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.read.Go(func() {
		buf := make([]byte, 32<<10)
		for {
			n, err := screen.Read(buf)
			s.mu.Lock()
			s.said.Write(buf[:n])
			s.mu.Unlock()
			select {
			case s.more <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	})
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = screen.Close()
		s.read.Wait()
	})
	return s
}

// openTerminal opens a pair: what a screen sees, and what a program writes to.
func openTerminal(t testing.TB, w, h uint16) (screen, terminal *os.File) {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	screen = os.NewFile(uintptr(fd), "screen") // a read ends when it is closed
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err = errors.Join(err, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0),
		unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: w, Row: h})); err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return screen, terminal
}

// await waits until one of some texts has been written since the last time.
func (s *seat) await(t testing.TB, texts ...string) {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		s.mu.Lock()
		said := s.said.String()
		for _, text := range texts {
			if strings.Contains(said, text) {
				s.said.Reset()
				s.mu.Unlock()
				return
			}
		}
		s.mu.Unlock()
		select {
		case <-s.more:
		case <-late:
			t.Fatalf("never saw %q in %q", texts, said[max(0, len(said)-2000):])
		}
	}
}

func (s *seat) types(t testing.TB, text string) {
	t.Helper()
	if _, err := s.screen.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

// left waits for the console's end and returns its exit status.
func (s *seat) left(t testing.TB) int {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- s.cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		_ = s.cmd.Process.Kill()
		<-ended
		t.Fatal("still there twenty seconds later")
	}
	return s.cmd.ProcessState.ExitCode()
}

const (
	screenTaken = "\x1b[?1049h"
	screenGiven = "\x1b[?1049l"
)

// turning are what a spinner shows: something runs.
var turning = []string{"⣽", "⣻", "⢿", "⡿"}

// The built console, at a terminal of its own.
func TestTerminal(t *testing.T) {
	binary := programtest.Build(t)
	t.Run("goes away in the middle of a lab", func(t *testing.T) {
		s := sit(t, binary, 120, 40, "--lesson", "3")
		s.await(t, screenTaken)
		s.types(t, ":wait 10m\r")
		s.await(t, turning...)
		if err := s.screen.Close(); err != nil { // the kernel sends SIGHUP
			t.Fatal(err)
		}
		if status := s.left(t); status != 130 {
			t.Errorf("exit status %d", status)
		}
		if err := unix.Kill(-s.cmd.Process.Pid, 0); !errors.Is(err, unix.ESRCH) {
			t.Errorf("a process of it is still there: %v", err)
		}
	})
	t.Run("a signal gives the screen back", func(t *testing.T) {
		s := sit(t, binary, 80, 24, "--lesson", "3")
		s.await(t, screenTaken)
		s.types(t, ":wait 10m\r")
		s.await(t, turning...)
		if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		if status := s.left(t); status != 130 {
			t.Errorf("exit status %d", status)
		}
		s.await(t, screenGiven)
	})
	t.Run("has no size", func(t *testing.T) {
		s := sit(t, binary, 0, 0, "--lesson", "3")
		s.await(t, screenTaken)
		s.types(t, "q")
		if status := s.left(t); status != 0 {
			t.Errorf("exit status %d", status)
		}
	})
	t.Run("gets 1 MB pasted", func(t *testing.T) {
		s := sit(t, binary, 120, 40, "--lesson", "3")
		s.await(t, screenTaken)
		s.types(t, "\x1b[200~"+strings.Repeat("send 1 plain ", 1<<20/13)+"\x1b[201~")
		s.await(t, "too long", "Too long")
		s.types(t, "\x03q")
		if status := s.left(t); status != 0 {
			t.Errorf("exit status %d", status)
		}
	})
	t.Run("plays a recording", func(t *testing.T) {
		s := sit(t, binary, 120, 40, "--replay", recorded(t), "--motion", "off")
		s.await(t, "REPLAY")
		s.types(t, " \x1b[F") // a moment, and the end
		s.await(t, "DUPLICATE")
		s.types(t, "q")
		if status := s.left(t); status != 0 {
			t.Errorf("exit status %d", status)
		}
	})
	t.Run("can't move its cursor", func(t *testing.T) {
		s := sit(t, "/usr/bin/env", 80, 24, "TERM=dumb", binary)
		s.await(t, "--linear")
		if status := s.left(t); status != 2 {
			t.Errorf("exit status %d", status)
		}
	})
}
