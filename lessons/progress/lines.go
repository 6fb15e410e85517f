package progress

import (
	"slices"
	"strings"
	"unicode"
)

// The bounds of the lines that are kept: how many, and their bytes together
// and each.
const (
	maxLines     = 200
	maxLinesSize = 64 << 10
	maxLine      = 8 << 10
)

// Typed notes a lab line that ran. It is not noted twice in a row; of too many,
// the oldest go.
func (s *State) Typed(line string) {
	if line = strings.ToValidUTF8(line, ""); !isLine(line) || len(s.Lines) > 0 && s.Lines[len(s.Lines)-1] == line {
		return
	}
	s.Lines = latestLines(append(slices.Clip(s.Lines), line))
}

// isLine says whether a text is worth to be recalled: a file may hold anything.
func isLine(line string) bool {
	return strings.TrimSpace(line) != "" && len(line) <= maxLine &&
		!strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) && r != '\n' })
}

// latestLines are as many of the last ones as may be kept.
func latestLines(lines []string) []string {
	size, first := 0, len(lines)
	for first > 0 && len(lines)-first < maxLines && size+len(lines[first-1]) <= maxLinesSize {
		first--
		size += len(lines[first])
	}
	return lines[first:]
}
