//go:build unix

package apache

import (
	"os"
	"syscall"
)

const supported = true

// The signals that a broker gets.
var (
	endSignal    os.Signal = syscall.SIGTERM
	killSignal   os.Signal = syscall.SIGKILL
	freezeSignal os.Signal = syscall.SIGSTOP
	thawSignal   os.Signal = syscall.SIGCONT
)
