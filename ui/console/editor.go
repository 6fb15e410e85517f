package console

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// maxTyped bounds what a line may hold: a paste of a megabyte is no lab line.
const maxTyped = 2000

// editor is one line of text under edit.
type editor struct {
	value []rune
	pos   int
}

func (e *editor) String() string { return string(e.value) }

func (e *editor) set(s string) {
	e.value = []rune(s)
	e.pos = len(e.value)
}

// lineBreaks makes one of the breaks that terminals send.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// insert takes typed or pasted text in; several lines stay several. False says
// that not all of it found room.
func (e *editor) insert(s string) bool {
	s = strings.Trim(lineBreaks.Replace(s), "\n")
	room := maxTyped - len(e.value)
	var in []rune
	whole := true
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
	e.value = append(e.value[:e.pos], append(in, e.value[e.pos:]...)...)
	e.pos += len(in)
	return whole
}

// key edits; false says that the key is none of an editor's.
func (e *editor) key(k tea.KeyPressMsg) bool {
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
		e.insert(k.Text)
	}
	return true
}

func (e *editor) erase(from, to int) {
	from, to = max(from, 0), min(to, len(e.value))
	if from >= to {
		return
	}
	e.value = append(e.value[:from], e.value[to:]...)
	e.pos = from
}
