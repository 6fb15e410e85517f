package progress

import (
	"encoding/json"
	"errors"
	"fmt"

	"atelier/assets/words"
)

// version is the format that this program writes. It rises with any change
// that a program of the version before would lose.
const version = 2

// maxSize bounds the file, in bytes: beyond any course, and quick to read.
const maxSize = 16 << 20

// errNewer is a file that a newer program wrote.
var errNewer = errors.New("written by a newer version")

// file is the file as it stands on the disk.
type file struct {
	Version int `json:"version"`
	*State
}

func encode(s *State) ([]byte, error) {
	data, err := json.MarshalIndent(file{version, s}, "", " ")
	if err != nil {
		return nil, fmt.Errorf("encode the progress: %w", err)
	}
	if len(data) >= maxSize {
		return nil, fmt.Errorf("encode the progress: %d bytes are too many", len(data))
	}
	return append(data, '\n'), nil
}

// decode reads a file. The error is errNewer, or says what is broken.
func decode(data []byte) (*State, error) {
	if len(data) > maxSize {
		return nil, fmt.Errorf("%d bytes are too many", len(data))
	}
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, err
	}
	switch {
	case head.Version > version:
		return nil, errNewer
	case head.Version < 1:
		return nil, errors.New("no version")
	}
	f := file{State: &State{}}
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	f.complete()
	if _, err := words.ParseLang(string(f.Language)); err != nil {
		f.Language = ""
	}
	return f.State, nil
}
