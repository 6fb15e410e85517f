package apache

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"atelier/kafka/cluster"
)

const pidFile = "pid"

func writePid(dir string, pid int) error {
	return os.WriteFile(filepath.Join(dir, pidFile), []byte(strconv.Itoa(pid)), 0o600)
}

// clean ends what a killed process of ours left running, and removes its
// folders. A pid may have been given to somebody else since: only a process
// whose command line names the folder, which is unique, is ours.
func clean(tempDir string) {
	for _, folder := range cluster.Leftovers(tempDir, folders) {
		files, _ := filepath.Glob(filepath.Join(folder, "*", pidFile))
		for _, file := range files {
			content, _ := os.ReadFile(file)
			pid, err := strconv.Atoi(string(content))
			if err != nil || pid <= 1 || !strings.Contains(commandLine(pid), filepath.Base(folder)) {
				continue
			}
			if p, err := os.FindProcess(pid); err == nil {
				_ = p.Kill()
				_ = p.Release()
			}
		}
		_ = os.RemoveAll(folder) // what can't be removed will be tried again
	}
}
