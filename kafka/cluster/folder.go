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
)

// A log's folder is named atelier-<host>-<pid>-<random>, so that a later start
// on the same host can tell whose it was. (A container that shares its
// temporary folder with another has another host name.)
func folderPrefix() string { return fmt.Sprintf("%s%d-", hostPrefix(), os.Getpid()) }

func hostPrefix() string {
	name, _ := os.Hostname() // without one, all nameless hosts are one
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return fmt.Sprintf("atelier-%08x-", h.Sum32())
}

// sweep removes the folders that killed processes left behind. What it can't
// remove stays: it will be tried again.
func sweep(dir string) {
	if dir == "" {
		dir = os.TempDir()
	}
	prefix := hostPrefix()
	left, _ := filepath.Glob(filepath.Join(dir, prefix+"*"))
	for _, folder := range left {
		pid, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(folder), prefix), "-")
		if n, err := strconv.Atoi(pid); err == nil && !alive(n) {
			_ = os.RemoveAll(folder)
		}
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
