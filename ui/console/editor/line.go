package editor

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// MaxTyped bounds, in characters, what a line may hold: a paste of a megabyte is no lab line.
const MaxTyped = 2000

// Line is one line of text under edit. Its zero value is empty.
type Line struct {
	value []rune
	pos   int
}

// String is what stands in the line.
func (e *Line) String() string { return string(e.value) }

// Empty says that nothing does.
func (e *Line) Empty() bool { return len(e.value) == 0 }

// Set writes the line anew, with the cursor at its end.
func (e *Line) Set(s string) {
	e.value = []rune(s)
	e.pos = len(e.value)
}

// Head is what stands before the cursor.
func (e *Line) Head() string { return string(e.value[:e.pos]) }

// AtEnd says that nothing stands behind the cursor.
func (e *Line) AtEnd() bool { return e.pos == len(e.value) }

// MoveTo sets the cursor before a character, from 0.
func (e *Line) MoveTo(i int) { e.pos = min(max(i, 0), len(e.value)) }

// ReplaceWord writes a word in place of the one before the cursor. Where there
// is not enough room for it, nothing changes.
func (e *Line) ReplaceWord(word string) {
	from := e.pos
	for from > 0 && !unicode.IsSpace(e.value[from-1]) && !unicode.Is(unicode.Z, e.value[from-1]) {
		from--
	}
	in := []rune(word)
	if len(e.value)-(e.pos-from)+len(in) > MaxTyped {
		return
	}
	e.value = append(e.value[:from:from], append(in, e.value[e.pos:]...)...)
	e.pos = from + len(in)
}

// lineBreaks makes one of the breaks that terminals send.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Insert takes typed or pasted text in; several lines stay several. False says
// that not all of it found room; of several lines only whole ones are taken then.
func (e *Line) Insert(s string) bool {
	room := MaxTyped - len(e.value)
	var in []rune
	whole := len(s) <= pasteAtMost
	if !whole { // looking at a megabyte takes its time, too
		s = s[:pasteAtMost]
	}
	s = strings.Trim(lineBreaks.Replace(s), "\n")
	for _, r := range s {
		if len(in) >= room {
			whole = false
			break
		}
		switch {
		case r == '\t':
			in = append(in, ' ')
		case r == '\n':
			in = append(in, r)
		case unicode.IsControl(r):
		default:
			in = append(in, r)
		}
	}
	if last := lastBreak(in); !whole && last >= 0 {
		in = in[:last]
	}
	e.value = append(e.value[:e.pos], append(in, e.value[e.pos:]...)...)
	e.pos += len(in)
	return whole
}

// pasteAtMost is how many bytes of a paste are looked at: more than ever fit.
const pasteAtMost = 8 * MaxTyped

func lastBreak(text []rune) int {
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == '\n' {
			return i
		}
	}
	return -1
}

// Key edits; false says that the key is none of an editor's.
func (e *Line) Key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "left", "ctrl+b":
		e.pos = max(e.pos-1, 0)
	case "right", "ctrl+f":
		e.pos = min(e.pos+1, len(e.value))
	case "home", "ctrl+a":
		e.pos = 0
	case "end", "ctrl+e":
		e.pos = len(e.value)
	case "backspace", "ctrl+h":
		e.erase(e.pos-1, e.pos)
	case "delete", "ctrl+d":
		e.erase(e.pos, e.pos+1)
	case "ctrl+u":
		e.erase(0, e.pos)
	case "ctrl+k":
		e.erase(e.pos, len(e.value))
	case "ctrl+w", "alt+backspace":
		from := strings.LastIndexFunc(strings.TrimRight(string(e.value[:e.pos]), " "), unicode.IsSpace)
		e.erase(len([]rune(string(e.value[:e.pos])[:from+1])), e.pos)
	default:
		if k.Text == "" || k.Mod&(tea.ModCtrl|tea.ModAlt) != 0 {
			return false
		}
		e.Insert(k.Text)
	}
	return true
}

func (e *Line) erase(from, to int) {
	from, to = max(from, 0), min(to, len(e.value))
	if from >= to {
		return
	}
	e.value = append(e.value[:from], e.value[to:]...)
	e.pos = from
}
