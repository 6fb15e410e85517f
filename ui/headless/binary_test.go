package headless_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"atelier/chaos/chaostest"
	"atelier/ui/program/programtest"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestBinary runs the scripts of testdata with the built binary. They say what
// a learner or a CI server relies on: what is told, where, and the exit status.
func TestBinary(t *testing.T) {
	binary := programtest.Build(t)
	toxiproxy, doomed := chaostest.Start(t), chaostest.Start(t)
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
			e.Setenv("TOXIPROXY", toxiproxy.URL)
			e.Setenv("DOOMED", strings.TrimPrefix(doomed.URL, "http://"))
			return os.WriteFile(filepath.Join(e.WorkDir, "binary.lab"), []byte("send 1\x00plain"), 0o600)
		},
		Cmds: commandsWith(doomed),
	})
}

// commands are what scripts know beyond testscript's own.
var commands = map[string]func(*testscript.TestScript, bool, []string){
	"interrupt": interrupt,
	"exits":     programtest.Exits,
	"killed":    killed,
}

func commandsWith(doomed *chaostest.Toxiproxy) map[string]func(*testscript.TestScript, bool, []string) {
	all := maps.Clone(commands)
	all["forsake"] = func(ts *testscript.TestScript, neg bool, args []string) { forsake(ts, neg, args, doomed) }
	return all
}

// interrupt runs a command, waits for a line of its output, interrupts it as
// Ctrl+C does, and checks that it ends with exit status 130:
// interrupt 'send 1' atelier --script x.lab
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: interrupt WAIT-FOR COMMAND...")
	}
	said := meanwhile(ts, args, 130, func(cmd *exec.Cmd) error { return cmd.Process.Signal(syscall.SIGINT) })
	ts.Check(os.WriteFile(ts.MkAbs("interrupted.txt"), []byte(said), 0o600))
}

// killed runs a command, waits for a line of its output, and ends it as kill -9
// does: killed 'send 1' atelier --script x.lab
func killed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: killed WAIT-FOR COMMAND...")
	}
	const bySignal = -1
	meanwhile(ts, args, bySignal, func(cmd *exec.Cmd) error { return cmd.Process.Kill() })
}

// forsake runs a command, waits for a line of its output, kills the Toxiproxy
// that it uses, and checks that it ends with exit status 3; then there is
// another at its address:
// forsake 'send 1' atelier --script x.lab --toxiproxy $DOOMED
func forsake(ts *testscript.TestScript, neg bool, args []string, doomed *chaostest.Toxiproxy) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: forsake WAIT-FOR COMMAND...")
	}
	said := meanwhile(ts, args, 3, func(*exec.Cmd) error { doomed.Kill(); return nil })
	doomed.Restart()
	ts.Check(os.WriteFile(ts.MkAbs("forsaken.txt"), []byte(said), 0o600))
}

// meanwhile runs a command (args[1:]), does something once it has said args[0],
// checks its exit status and returns what it said.
func meanwhile(ts *testscript.TestScript, args []string, status int, do func(*exec.Cmd) error) string {
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
	ts.Check(do(cmd))
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err = <-ended:
	case <-time.After(10 * time.Second):
		_ = cmd.Process.Kill()
		ts.Fatalf("still running ten seconds later:\n%s", out.String())
	}
	if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != status {
		ts.Fatalf("ended with %v, want exit status %d:\n%s", err, status, out.String())
	}
	return out.String()
}
