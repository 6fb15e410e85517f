package cluster

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A folder that a killed process left is removed; one of a living process, of
// another host or of somebody else stays.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	dead := exec.Command("go", "version")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(dir, fmt.Sprintf("%s%d-x", hostPrefix(""), dead.Process.Pid))
	stays := []string{
		filepath.Join(dir, folderPrefix("")+"x"),
		filepath.Join(dir, fmt.Sprintf("atelier-00000000-%d-x", dead.Process.Pid)),
		filepath.Join(dir, hostPrefix("")+"mine"),
		filepath.Join(dir, "something"),
	}
	for _, folder := range append(stays, gone) {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	sweep(dir)
	if _, err := os.Stat(gone); err == nil {
		t.Error("the folder of a dead process is still there")
	}
	for _, folder := range stays {
		if _, err := os.Stat(folder); err != nil {
			t.Errorf("%s is gone", filepath.Base(folder))
		}
	}
}
