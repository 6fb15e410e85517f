package palette

import (
	"strings"
	"unicode"
)

// fold makes characters that a learner takes for the same the same: no case, no
// accents. Every character stays one.
func fold(s string) []rune {
	out := []rune(s)
	for i, r := range out {
		r = unicode.ToLower(r)
		for _, set := range alike {
			if strings.ContainsRune(set[1:], r) {
				r = rune(set[0])
			}
		}
		if unicode.Is(unicode.Z, r) {
			r = ' '
		}
		out[i] = r
	}
	return out
}

var alike = [...]string{"aàâäáã", "cç", "eéèêë", "iîïí", "oôöóœ", "uùûüú", "yÿ", "nñ", "'’"}

// How well a word of the query stands in a name.
const (
	nowhere   = 0
	scattered = 1 // its letters, in order
	within    = 20
	beginning = 40 // of a word
)

// match says how well every word of a query stands in a name, 0 where one does
// not, and which of the name's characters it stands on.
func match(name, query []rune) (score int, on []bool) {
	on = make([]bool, len(name))
	for _, word := range strings.Fields(string(query)) {
		s := place(name, []rune(word), on)
		if s == nowhere {
			return nowhere, nil
		}
		score += s
	}
	return score, on
}

// place marks where a word stands best.
func place(name, word []rune, on []bool) int {
	best, at := nowhere, -1
	for i := 0; i+len(word) <= len(name); i++ {
		if string(name[i:i+len(word)]) != string(word) {
			continue
		}
		if i == 0 || !unicode.IsLetter(name[i-1]) && !unicode.IsDigit(name[i-1]) {
			best, at = beginning, i
			break
		}
		if best < within {
			best, at = within, i
		}
	}
	if at >= 0 {
		for i := range word {
			on[at+i] = true
		}
		return best
	}
	if len(word) < 2 {
		return nowhere
	}
	return scatter(name, word, on)
}

// scatter finds the letters of a word in their order; the nearer they stand to
// each other the better. From the first one on they stand within three times
// the word's length, or they are somebody else's.
func scatter(name, word []rune, on []bool) int {
	for first := range name {
		if name[first] != word[0] {
			continue
		}
		marks := make([]int, 0, len(word))
		for i := first; i < len(name) && i < first+3*len(word) && len(marks) < len(word); i++ {
			if name[i] == word[len(marks)] {
				marks = append(marks, i)
			}
		}
		if len(marks) == len(word) {
			for _, i := range marks {
				on[i] = true
			}
			return scattered
		}
	}
	return nowhere
}
