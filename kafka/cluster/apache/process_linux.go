package apache

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// attend makes a child end with us, whatever ends us, and keeps the
// terminal's Ctrl+C away from it.
func attend(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// commandLine is what a process was started with; empty where there is none.
func commandLine(pid int) string {
	line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return string(bytes.ReplaceAll(line, []byte{0}, []byte{' '}))
}
