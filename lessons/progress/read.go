package progress

import (
	"errors"
	"io/fs"
	"path/filepath"
)

// Read returns what a folder keeps of a learner, as a Store there would, and
// touches nothing: no folder is made, no broken file set aside. Where nothing
// is kept yet, or dir is empty, it is the state of somebody who has done
// nothing.
func Read(dir string) (*State, error) {
	if dir == "" {
		return NewState(), nil
	}
	path := filepath.Join(dir, fileName)
	data, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return NewState(), nil
	}
	if err != nil {
		return nil, unreadable(path, err)
	}
	state, err := decode(data)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return state, nil
}
