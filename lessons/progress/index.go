package progress

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"atelier/lessons/course"
)

// Index gives the steps and blocks of a module their names.
//
// A lesson numbers nothing, and numbers would shift when a step is put in
// between. So a step is named after its first lab, by what all languages share
// of it, and a step without one after the step before: "9f2c1a04", "9f2c1a04+1".
// The names stand when steps come, go or are reworded, and in the other
// language. They change with the lab itself: evidence from one experiment is
// none for another.
type Index struct {
	module int
	steps  []string
	blocks [][]string // by step and block; empty for prose
	labs   map[int]Spot
}

// Of names the steps and blocks of a module.
func Of(m *course.Module) *Index {
	x := &Index{module: m.Number, labs: map[int]Spot{}}
	anchor, after := "start", 0
	taken := map[string]int{}
	for i := range m.Steps {
		name := fmt.Sprintf("%s+%d", anchor, after)
		if first, found := firstLab(&m.Steps[i]); found {
			anchor, after = unique(taken, fingerprint(first)), 0
			name = anchor
		}
		after++
		x.steps = append(x.steps, name)
		x.blocks = append(x.blocks, blockNames(m, &m.Steps[i]))
		for j, b := range m.Steps[i].Blocks {
			if lab, is := b.(course.Lab); is {
				x.labs[lab.Index] = x.Block(i, j)
			}
		}
	}
	return x
}

// Step is the place of a step, by its index from 0.
func (x *Index) Step(step int) Place { return Place{x.module, x.steps[step]} }

// Position is where a learner stands at a step.
func (x *Index) Position(step int) Position { return Position{x.Step(step), step} }

// Find is the index of the step where a learner stood: by its name or, where
// that is gone, the nearest to where it was. ok is false for another module.
func (x *Index) Find(p Position) (step int, ok bool) {
	if p.Place.Module != x.module || len(x.steps) == 0 {
		return 0, false
	}
	for i, name := range x.steps {
		if name == p.Place.Step {
			return i, true
		}
	}
	return min(max(p.Index, 0), len(x.steps)-1), true
}

// Block is the spot of a block, by the index of its step and its own in
// Step.Blocks. Only labs, predictions and quizzes have one.
func (x *Index) Block(step, block int) Spot {
	return Spot{x.Step(step), x.blocks[step][block]}
}

// Lab is the spot of a lab, by its Lab.Index.
func (x *Index) Lab(index int) Spot { return x.labs[index] }

func firstLab(s *course.Step) (course.Lab, bool) {
	for _, b := range s.Blocks {
		if lab, is := b.(course.Lab); is {
			return lab, true
		}
	}
	return course.Lab{}, false
}

// blockNames names what a step asks and runs. A prediction is named after the
// lab that answers it, a quiz by its number in the step and its shape: one with
// other choices is another one.
func blockNames(m *course.Module, s *course.Step) []string {
	names := make([]string, len(s.Blocks))
	taken := map[string]int{}
	quizzes := 0
	for i, b := range s.Blocks {
		switch b := b.(type) {
		case course.Lab:
			names[i] = unique(taken, "lab-"+fingerprint(b))
		case course.Predict:
			answered := "none"
			for _, lab := range m.Labs() {
				if lab.Index == b.Lab {
					answered = fingerprint(lab)
				}
			}
			names[i] = unique(taken, "predict-"+answered)
		case course.Quiz:
			quizzes++
			right := 0
			for c := range b.Choices {
				if b.Choices[c].Right {
					right = c + 1
				}
			}
			names[i] = fmt.Sprintf("quiz-%d-%d-%d", quizzes, len(b.Choices), right)
		}
	}
	return names
}

func unique(taken map[string]int, name string) string {
	taken[name]++
	if n := taken[name]; n > 1 {
		return fmt.Sprintf("%s~%d", name, n)
	}
	return name
}

// said is the part of a lab line that differs between languages.
var said = regexp.MustCompile(`^((?:after\s+\S+\s+)?say)\s.*$`)

// fingerprint is what a lab does, in eight characters: its commands, without
// comments and without what it says.
func fingerprint(l course.Lab) string {
	h := sha256.New()
	_, _ = fmt.Fprintln(h, l.Continue)
	for line := range strings.Lines(l.Source) {
		line = strings.Join(strings.Fields(line), " ")
		if line != "" && line[0] != '#' {
			_, _ = fmt.Fprintln(h, said.ReplaceAllString(line, "$1"))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}
