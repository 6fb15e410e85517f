//go:build unix

package apache

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"atelier/kafka/cluster"
)

// After a kill -9 of ours (where the system does not end our children) the next
// start ends what runs, and only what is ours: a pid may belong to somebody
// else by now.
func TestCleanEndsOnlyWhatIsOurs(t *testing.T) {
	dead := exec.Command("true")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	mine, err := cluster.MakeFolder(dir, folders)
	if err != nil {
		t.Fatal(err)
	}
	left := strings.Replace(mine, fmt.Sprintf("-%d-", os.Getpid()), fmt.Sprintf("-%d-", dead.Process.Pid), 1)
	// sh keeps the folder on its command line, as a broker does.
	ours := sleeper(t, "sleep 60; : "+left)
	stranger := sleeper(t, "sleep 60; : somebody else")
	for node, pid := range map[string]int{"node-1": ours.Process.Pid, "node-2": stranger.Process.Pid, "node-3": 1} {
		if err := os.MkdirAll(filepath.Join(left, node), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := writePid(filepath.Join(left, node), pid); err != nil {
			t.Fatal(err)
		}
	}
	clean(dir)
	_ = ours.Wait() // returns, since it was killed
	if line := commandLine(stranger.Process.Pid); !strings.Contains(line, "somebody else") {
		t.Errorf("a stranger was killed: %q", line)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("the folder is still there")
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error("a living process lost its folder")
	}
}

func sleeper(t *testing.T, script string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("sh", "-c", script)
	attend(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // with its sleep
		_ = cmd.Wait()
	})
	return cmd
}
