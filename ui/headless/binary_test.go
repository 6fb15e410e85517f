package headless_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestBinary runs the scripts of testdata with the built binary. They say what
// a learner or a CI server relies on: what is told, where, and the exit status.
func TestBinary(t *testing.T) {
	binary := build(t)
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", filepath.Dir(binary)+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("LANG", "en_US.UTF-8")
			e.Setenv("TMPDIR", e.WorkDir)
			e.Setenv("ROOT", root)
			return os.WriteFile(filepath.Join(e.WorkDir, "binary.lab"), []byte("send 1\x00plain"), 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"interrupt": interrupt,
			"exits":     exits,
			"killed":    killed,
		},
	})
}

// build builds the binary once for all scripts.
func build(t testing.TB) string {
	t.Helper()
	name := "atelier"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	binary := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("go", "build", "-o", binary, "atelier").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}

// exits runs a command and compares its exit status: exits 2 atelier foo
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	status := "0"
	if exit, ok := err.(*exec.ExitError); ok {
		status = exit.String()
		status = status[len("exit status "):]
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if status != args[0] {
		ts.Fatalf("exit status %s, want %s", status, args[0])
	}
}

// begin starts a command and waits for a line of its output.
func begin(ts *testscript.TestScript, name string, neg bool, args []string) (*exec.Cmd, *watched) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: %s WAIT-FOR COMMAND...", name)
	}
	out := &watched{until: args[0], seen: make(chan struct{})}
	cmd := exec.Command(args[1], args[2:]...)
	path, err := exec.LookPath(args[1])
	if err != nil {
		path = filepath.Join(filepath.SplitList(ts.Getenv("PATH"))[0], args[1])
	}
	cmd.Path, cmd.Err = path, nil
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"LANG=en_US.UTF-8", "TMPDIR=" + ts.Getenv("TMPDIR"), "PATH=" + ts.Getenv("PATH")}
	cmd.Stdout, cmd.Stderr = out, out
	ts.Check(cmd.Start())
	select {
	case <-out.seen:
	case <-time.After(20 * time.Second):
		_ = cmd.Process.Kill()
		ts.Fatalf("never saw %q in:\n%s", args[0], out.String())
	}
	return cmd, out
}

// killed runs a command, waits for a line of its output, and ends it as kill -9
// does: killed 'send 1' atelier --script x.lab
func killed(ts *testscript.TestScript, neg bool, args []string) {
	cmd, _ := begin(ts, "killed", neg, args)
	ts.Check(cmd.Process.Kill())
	_ = cmd.Wait()
}

// interrupt runs a command, waits for a line of its output, interrupts it as
// Ctrl+C does, and checks that it ends within a second with exit status 130:
// interrupt 'send 1' atelier --script x.lab
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	cmd, out := begin(ts, "interrupt", neg, args)
	ts.Check(cmd.Process.Signal(syscall.SIGINT))
	var err error
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err = <-ended:
	case <-time.After(10 * time.Second):
		_ = cmd.Process.Kill()
		ts.Fatalf("still running ten seconds after the interrupt:\n%s", out.String())
	}
	if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != 130 {
		ts.Fatalf("ended with %v, want exit status 130:\n%s", err, out.String())
	}
	ts.Check(os.WriteFile(ts.MkAbs("interrupted.txt"), []byte(out.String()), 0o600))
}
