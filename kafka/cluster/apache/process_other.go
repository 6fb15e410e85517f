//go:build unix && !linux

package apache

import (
	"os/exec"
	"strconv"
	"syscall"
)

// attend keeps the terminal's Ctrl+C away from a child. Nothing ends it when
// we are killed, but the next start: see clean.
func attend(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// commandLine is what a process was started with; empty where there is none.
func commandLine(pid int) string {
	line, _ := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return string(line)
}
