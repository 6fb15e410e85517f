package progress

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// files is what replacing a file takes. Tests put one in that dies half-way.
type files interface {
	create(name string) (output, error)
	rename(from, to string) error
	syncDir(dir string) error
}

// output is a file under construction.
type output interface {
	io.WriteCloser
	Sync() error
}

// replace puts data in a file's place, so that whoever reads it, at any time
// and after any death of this process or this machine, finds the old content
// or the new. The caller holds the lock: the file beside it has a fixed name,
// so that a death leaves no litter.
func replace(fs files, path string, data []byte) error {
	temp := path + ".tmp"
	f, err := fs.create(temp)
	if err != nil {
		return fmt.Errorf("create %s: %w", temp, err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", temp, err)
	}
	if err := fs.rename(temp, path); err != nil {
		return fmt.Errorf("put %s in place: %w", path, err)
	}
	// From here on it is done: a folder that can't be synced is no reason to
	// do it twice.
	_ = fs.syncDir(filepath.Dir(path))
	return nil
}

// disk is the real one.
type disk struct{}

func (disk) create(name string) (output, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
}

func (disk) rename(from, to string) error { return os.Rename(from, to) }

func (disk) syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // a folder cannot be synced there, nor need it be
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	return d.Sync()
}

// readFile reads a file, or as much of it as shows that it is too large.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, maxSize+1))
}

// setAside gives a file another name, beside it, that no file has.
func setAside(path string) (name string, err error) {
	ext := filepath.Ext(path)
	for n := 1; n < 1000; n++ {
		name = fmt.Sprintf("%s.damaged-%d%s", path[:len(path)-len(ext)], n, ext)
		if _, err := os.Lstat(name); os.IsNotExist(err) {
			return name, os.Rename(path, name)
		}
	}
	return "", fmt.Errorf("too many damaged files beside %s", path)
}
