package linear

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"atelier/ui/program/programtest"
)

// The built binary: --linear through a pipe, Ctrl+C once and twice, and the
// progress of one start at the next.
func TestBinary(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no Ctrl+C to send")
	}
	binary, state := programtest.Build(t), t.TempDir()
	start := func(args ...string) *exec.Cmd {
		cmd := exec.Command(binary, append([]string{"--linear"}, args...)...)
		cmd.Env = []string{"LANG=en_US.UTF-8", "TMPDIR=" + t.TempDir(), "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + state}
		return cmd
	}

	cmd := start("--lesson", "3.2")
	cmd.Stdin = strings.NewReader("send 1 plain sync as A\naudit\nexpect A.once == 1\nnext\nlang fr\n")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lineByLine(t, string(out))
	told(t, string(out), "Step 2 of", "A: acked", "A: 1 copy in the log", "holds: A.once == 1", "Step 3 of", "Français.")

	cmd = start()
	in, _ := cmd.StdinPipe()
	output, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	await := func(part string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), part) {
				return
			}
		}
		t.Fatalf("never said %q", part)
	}
	await("Étape 3 sur") // where the learner was, in the language that was chosen
	_, _ = io.WriteString(in, "wait 10m &\nwhere\n")
	await("1 en cours")
	for _, said := range []string{"Arrêt de ce qui tourne", ""} {
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		if said != "" {
			await(said)
		}
	}
	_, _ = io.Copy(io.Discard, output)
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != 130 {
		t.Errorf("left with %v, want exit status 130", err)
	}
}
