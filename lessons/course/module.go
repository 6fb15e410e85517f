package course

import (
	"strconv"
	"strings"
)

// Module is one lesson file.
type Module struct {
	Number     int    // 3 for 03-fiabilite.md; -1 where the name has none
	Name       string // of the file, as it was given to Parse
	Title      string
	Minutes    int
	Objectives []string
	Needs      []string
	Steps      []Step

	lines int // of the file, for Script
}

// Step is what is read at one go: from one ## to the next.
type Step struct {
	Title    string
	Line     int      // of its ##
	Panes    []string // what the console shows beside it; empty: everything
	Optional bool
	Blocks   []Block
}

// Block is one part of a step: a Prose, Lab, Check, Predict, Quiz, Diagram,
// Hint or Note (values, never pointers).
type Block interface{ block() }

// Prose is Markdown to read, with code fences of other languages in it.
type Prose struct {
	Markdown string
	Line     int
}

// Lab is a block in the lab language.
type Lab struct {
	Source   string // line by line as in the file, without its fence
	Line     int    // of the first line of Source; the fence stands above it
	Continue bool   // it goes on with the run of the lab before it
	Needs    string // what a cluster must have to run it, or the lab that it continues: one of Needs(), or nothing
	Index    int    // among the module's labs, from 0
	// Recording is what may be watched where the cluster lacks what it needs, or
	// the lab that it continues: one of recordings.Names(), or nothing.
	Recording string
}

// Check is a line of a checklist. It ticks itself when Expr holds after its
// lab. Without an Expr nothing here can prove it: "not verified here".
type Check struct {
	Text   string
	Expr   string
	Line   int
	Column int // of Expr, in characters from 1
	Lab    int // the lab that it belongs to, as Lab.Index; -1 without an Expr
}

// Predict asks before a lab what the lab will show.
type Predict struct {
	Question string
	// Value is what the lab measures and the learner foretells as a number,
	// such as A.copies; each choice is then a number, and "*" any other one.
	// Empty where the choices are words.
	Value   string
	Column  int // of Value, on ValueLine
	Choices []Choice
	Line    int // of the fence
	Lab     int // the lab that answers it: the next one, as Lab.Index

	ValueLine int
}

// Quiz asks what was understood.
type Quiz struct {
	Question string
	Choices  []Choice
	Line     int // of the fence
}

// Choice is one answer of a Predict or a Quiz. Exactly one of a block is right.
type Choice struct {
	Text  string
	Right bool
	Reply string // what is said to who chose it; only a right prediction may lack it
	Line  int
}

// Diagram is a drawing in text, to be shown as it stands.
type Diagram struct {
	Text string
	Line int // of the first line of Text
}

// Hint is Markdown that opens on request.
type Hint struct {
	Markdown string
	Line     int
}

// Note is Markdown for the presenter alone.
type Note struct {
	Markdown string
	Line     int
}

func (Prose) block()   {}
func (Lab) block()     {}
func (Check) block()   {}
func (Predict) block() {}
func (Quiz) block()    {}
func (Diagram) block() {}
func (Hint) block()    {}
func (Note) block()    {}

// AnyNumber is the text of the choice that answers every number without a
// choice of its own.
const AnyNumber = "*"

// Number returns the choice for a predicted number: the one that names it,
// else the one for any other. ok is false where there is neither, or where the
// prediction is not a number.
func (p Predict) Number(n float64) (choice Choice, ok bool) {
	if p.Value == "" {
		return Choice{}, false
	}
	for _, c := range p.Choices {
		if v, err := strconv.ParseFloat(c.Text, 64); err == nil && v == n {
			return c, true
		}
		if c.Text == AnyNumber {
			choice, ok = c, true
		}
	}
	return choice, ok
}

// Labs returns the module's labs; each stands at its Index.
func (m *Module) Labs() []Lab {
	var labs []Lab
	for _, s := range m.Steps {
		for _, b := range s.Blocks {
			if l, is := b.(Lab); is {
				labs = append(labs, l)
			}
		}
	}
	return labs
}

// Checks returns the checks that belong to the lab with this index, in order.
func (m *Module) Checks(lab int) []Check {
	var checks []Check
	for _, s := range m.Steps {
		for _, b := range s.Blocks {
			if c, is := b.(Check); is && c.Expr != "" && c.Lab == lab {
				checks = append(checks, c)
			}
		}
	}
	return checks
}

// Script returns the whole module as one source in the lab language. Every
// lab line and check stands on its line of the file, and every check's
// expression at its column, so an error in the script is an error at that
// place of the lesson.
func (m *Module) Script() []byte {
	lines := make([]string, m.lines)
	for _, s := range m.Steps {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case Lab:
				put(lines, b)
			case Check:
				if b.Expr != "" {
					lines[b.Line-1] = expectation(b)
				}
			}
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

// LabScript returns one lab alone, with its lines where Script has them, and
// its checks beside it. Without such a lab it returns nothing.
func (m *Module) LabScript(index int) ([]byte, []Check) {
	for _, lab := range m.Labs() {
		if lab.Index != index {
			continue
		}
		lines := make([]string, lab.Line-1+strings.Count(lab.Source, "\n")+1)
		put(lines, lab)
		return []byte(strings.Join(lines, "\n")), m.Checks(index)
	}
	return nil, nil
}

// put writes a lab at its place: the reset stands where its fence was.
func put(lines []string, lab Lab) {
	if !lab.Continue {
		lines[lab.Line-2] = resetting(lab)
	}
	for i, line := range strings.Split(lab.Source, "\n") {
		lines[lab.Line-1+i] = line
	}
}

// asks is what stands behind lab, or behind reset.
func (l Lab) asks() string {
	asks := ""
	if l.Needs != "" {
		asks += " needs=" + l.Needs
	}
	if l.Recording != "" {
		asks += " recording=" + l.Recording
	}
	return asks
}

// Info is the fence's info string.
func (l Lab) Info() string {
	if l.Continue {
		return "lab continue"
	}
	return "lab" + l.asks()
}

func resetting(lab Lab) string {
	return "reset" + lab.asks()
}

// expectation is the line of a check: its expression keeps its column.
func expectation(c Check) string {
	const command = "expect "
	return strings.Repeat(" ", max(0, c.Column-1-len(command))) + command + c.Expr
}
