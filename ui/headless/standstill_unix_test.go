//go:build unix

package headless_test

import (
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func init() { commands["freeze"] = freeze }

// freeze runs a command, waits for a line of its output, has it stand still for a
// moment, and checks that it ends with exit status 1:
// freeze 'wait 600ms' atelier --script x.lab
func freeze(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: freeze WAIT-FOR COMMAND...")
	}
	said := meanwhile(ts, args, 1, func(cmd *exec.Cmd) error {
		if err := cmd.Process.Signal(syscall.SIGSTOP); err != nil {
			return err
		}
		time.Sleep(400 * time.Millisecond) // the pause is the experiment
		return cmd.Process.Signal(syscall.SIGCONT)
	})
	ts.Check(os.WriteFile(ts.MkAbs("frozen.txt"), []byte(said), 0o600))
}
