package progress

import (
	"fmt"
	"strconv"
	"strings"
)

// Place names a step of the course so that it is found again after a change of
// language and after most edits: see Index.
type Place struct {
	Module int
	Step   string
}

// Spot names a block of a step: a lab, a prediction, a quiz.
type Spot struct {
	Place
	Block string
}

// Position is where a learner stands: a step, and its index in the module (from
// 0) for the day when its name is gone. The zero Position is nowhere.
type Position struct {
	Place Place `json:"place"`
	Index int   `json:"index"`
}

// String writes a place as the file holds it: 3/9f2c1a04.
func (p Place) String() string { return strconv.Itoa(p.Module) + "/" + p.Step }

// String writes a spot as the file holds it: 3/9f2c1a04/lab-9f2c1a04.
func (s Spot) String() string { return s.Place.String() + "/" + s.Block }

// MarshalText and UnmarshalText let places be keys of a JSON object.
func (p Place) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (p *Place) UnmarshalText(text []byte) error {
	parts, err := split(text, 2)
	if err == nil {
		p.Module, p.Step = parts.module, parts.names[0]
	}
	return err
}

// MarshalText and UnmarshalText let spots be keys of a JSON object.
func (s Spot) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Spot) UnmarshalText(text []byte) error {
	parts, err := split(text, 3)
	if err == nil {
		s.Module, s.Step, s.Block = parts.module, parts.names[0], parts.names[1]
	}
	return err
}

type path struct {
	module int
	names  []string
}

// split takes a written place apart. What would be written otherwise than it
// was read (007/x) is refused, so that no two keys are one.
func split(text []byte, n int) (path, error) {
	parts := strings.Split(string(text), "/")
	module, err := strconv.Atoi(parts[0])
	if err != nil || len(parts) != n || strconv.Itoa(module) != parts[0] {
		return path{}, fmt.Errorf("%.80q is no place of a course", text)
	}
	for _, name := range parts[1:] {
		if name == "" || len(name) > maxName {
			return path{}, fmt.Errorf("%.80q is no place of a course", text)
		}
	}
	return path{module, parts[1:]}, nil
}

// maxName bounds the name of a step or a block, in bytes.
const maxName = 64
