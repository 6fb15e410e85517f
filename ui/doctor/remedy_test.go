package doctor

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"atelier/assets/words"
)

// On a full disk a right to write is of no use.
func TestARemedyForAFullDisk(t *testing.T) {
	usual := words.Text{En: "give yourself the right", Fr: "donnez-vous le droit"}
	full := errors.Join(&os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, nil)
	if got := remedy(usual, full, "TMPDIR"); got.En != "make room on its disk; TMPDIR names another folder" {
		t.Error(got)
	}
	for _, err := range []error{nil, os.ErrPermission} {
		if got := remedy(usual, err, "TMPDIR"); got != usual {
			t.Error(err, got)
		}
	}
}
