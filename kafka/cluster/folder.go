package cluster

import (
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"atelier/assets/words"
)

// A log's folder is named atelier-<kind><host>-<pid>-<random>, so that a later
// start on the same host can tell whose it was. (A container that shares its
// temporary folder with another has another host name.)
func folderPrefix(kind string) string { return fmt.Sprintf("%s%d-", hostPrefix(kind), os.Getpid()) }

func hostPrefix(kind string) string {
	name, _ := os.Hostname() // without one, all nameless hosts are one
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return fmt.Sprintf("atelier-%s%08x-", kind, h.Sum32())
}

// MakeFolder makes a folder for a log; dir is the system's own where empty.
func MakeFolder(dir, kind string) (string, error) {
	folder, err := os.MkdirTemp(dir, folderPrefix(kind)+"*")
	if err != nil {
		return "", words.Errorf("no folder for the log: %v", "pas de dossier pour le journal : %v", err)
	}
	return folder, nil
}

// Leftovers are the folders of a kind whose process is gone.
func Leftovers(dir, kind string) []string {
	if dir == "" {
		dir = os.TempDir()
	}
	prefix := hostPrefix(kind)
	left, _ := filepath.Glob(filepath.Join(dir, prefix+"*"))
	var gone []string
	for _, folder := range left {
		pid, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(folder), prefix), "-")
		if n, err := strconv.Atoi(pid); err == nil && !alive(n) {
			gone = append(gone, folder)
		}
	}
	return gone
}

// sweep removes the folders that killed processes left behind. What it can't
// remove stays: it will be tried again.
func sweep(dir string) {
	for _, folder := range Leftovers(dir, "") {
		_ = os.RemoveAll(folder)
	}
}

// alive says whether a process runs, or may.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false // Windows looks at once
	}
	defer func() { _ = p.Release() }()
	if runtime.GOOS == "windows" {
		return true
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, os.ErrPermission)
}
