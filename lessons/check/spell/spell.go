// Package spell helps an error to name the right word: the closest of a list,
// a list in words, and a safe way to quote what somebody typed. It is a leaf.
package spell

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"atelier/assets/words"
)

// Closest returns the choice that a word was most likely meant to be, or ""
// where none is close: at most two slips, and at most a third of the word.
func Closest(word string, choices []string) string {
	if utf8.RuneCountInString(word) > maxWord {
		return ""
	}
	length := utf8.RuneCountInString(word)
	slips := min(2, max(1, length/3))
	if length < 2 {
		slips = 0 // every letter is one slip from every other
	}
	best, least := "", 1+slips
	for _, c := range choices {
		d := distance(strings.ToLower(word), strings.ToLower(c))
		if word != c && d == 0 {
			return c // only the case differs
		}
		if d < least {
			best, least = c, d
		}
	}
	return best
}

const maxWord = 64

// distance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, last, next := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		next[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			next[j] = min(last[j]+1, next[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(t)]
}

// Hint is what follows an error about an unknown word: the closest choice as a
// question, then all choices where they are few. It starts with ": " or is empty.
func Hint(word string, choices []string) words.Text {
	close := Closest(word, choices)
	few := len(choices) > 1 && len(choices) <= maxListed
	switch {
	case close != "" && few:
		all := List(choices)
		return words.Textf(": did you mean %[1]s? Choose %[2]s", " : vouliez-vous dire %[1]s ? Choisissez %[2]s", close, all)
	case close != "":
		return words.Textf(": did you mean %s?", " : vouliez-vous dire %s ?", close)
	case len(choices) > 0:
		return words.Textf(": choose %s", " : choisissez %s", List(choices))
	}
	return words.Text{}
}

// More choices than this are not listed after the closest one was named.
const maxListed = 8

// List writes "a, b or c" and "a, b ou c".
func List(choices []string) words.Text {
	if len(choices) == 0 {
		return words.Text{}
	}
	last := len(choices) - 1
	if last == 0 {
		return words.Text{En: choices[0], Fr: choices[0]}
	}
	head := strings.Join(choices[:last], ", ")
	return words.Textf("%s or %s", "%s ou %s", head, choices[last])
}

// Quote writes what somebody typed so that it can stand in a message: in
// quotes of either language, shortened, with nothing that a terminal would obey.
func Quote(s string) words.Text {
	plain := Plain(s)
	return words.Text{En: `"` + plain + `"`, Fr: "«\u00a0" + strings.ReplaceAll(plain, `\"`, `"`) + "\u00a0»"}
}

// Plain is Quote without the quotes.
func Plain(s string) string {
	const most = 40
	if n := utf8.RuneCountInString(s); n > most {
		s = string([]rune(s[:min(len(s), 4*most)])[:most-1]) + "…"
	}
	quoted := strconv.Quote(s)
	return quoted[1 : len(quoted)-1]
}
