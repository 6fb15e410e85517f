package editor

import (
	"slices"
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// MaxTyped bounds, in characters, what a line may hold: a paste of a megabyte is no lab line.
const MaxTyped = 2000

// Line is one line of text under edit, which may be several in one row. Its
// zero value is empty.
type Line struct {
	input textinput.Model
	made  bool
	cut   bool // something found no room, and nothing was taken away since
}

// Cut says that something that was typed or pasted found no room: the line is
// not what was meant.
func (e *Line) Cut() bool { return e.cut }

// lineBreak stands for one in the text input, which knows no lines. It is of
// the characters that Unicode leaves to private use.
const lineBreak = '\ue000'

var (
	toBreak   = strings.NewReplacer("\n", string(lineBreak))
	fromBreak = strings.NewReplacer(string(lineBreak), "\n")
)

// editing is the text input, ready to be used.
func (e *Line) editing() *textinput.Model {
	if e.made {
		return &e.input
	}
	e.made = true
	e.input = textinput.New()
	e.input.CharLimit = MaxTyped
	e.input.SetVirtualCursor(false)
	e.input.KeyMap.Paste.SetEnabled(false) // it would ask the system, and who sits there may be elsewhere
	e.input.Focus()
	return &e.input
}

// String is what stands in the line.
func (e *Line) String() string { return fromBreak.Replace(e.editing().Value()) }

// Empty says that nothing does.
func (e *Line) Empty() bool { return e.editing().Value() == "" }

// Set writes the line anew, with the cursor at its end.
func (e *Line) Set(s string) {
	e.editing().SetValue(toBreak.Replace(s))
	e.cut = false
	e.input.CursorEnd()
}

// Head is what stands before the cursor.
func (e *Line) Head() string {
	value, pos := e.runes()
	return fromBreak.Replace(string(value[:pos]))
}

// AtEnd says that nothing stands behind the cursor.
func (e *Line) AtEnd() bool {
	value, pos := e.runes()
	return pos == len(value)
}

// MoveTo sets the cursor before a character, from 0.
func (e *Line) MoveTo(i int) { e.editing().SetCursor(i) }

func (e *Line) runes() (value []rune, pos int) {
	input := e.editing()
	return []rune(input.Value()), input.Position()
}

// ReplaceWord writes a word in place of the one before the cursor. Where there
// is not enough room for it, nothing changes.
func (e *Line) ReplaceWord(word string) {
	value, pos := e.runes()
	from := pos
	for from > 0 && value[from-1] != lineBreak && !unicode.IsSpace(value[from-1]) && !unicode.Is(unicode.Z, value[from-1]) {
		from--
	}
	in := []rune(word)
	if len(value)-(pos-from)+len(in) > MaxTyped {
		return
	}
	e.input.SetValue(string(slices.Concat(value[:from], in, value[pos:])))
	e.input.SetCursor(from + len(in))
}

// lineBreaks makes one of the breaks that terminals send.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Insert takes typed or pasted text in; several lines stay several. False says
// that not all of it found room; of several lines only whole ones are taken then.
func (e *Line) Insert(s string) bool {
	value, _ := e.runes()
	room := MaxTyped - len(value)
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
			in = append(in, lineBreak)
		case unicode.IsControl(r), r == lineBreak:
		default:
			in = append(in, r)
		}
	}
	if last := lastBreak(in); !whole && last >= 0 {
		in = in[:last]
	}
	e.input, _ = e.input.Update(tea.PasteMsg{Content: string(in)})
	e.cut = e.cut || !whole
	return whole
}

// pasteAtMost is how many bytes of a paste are looked at: more than ever fit.
const pasteAtMost = 8 * MaxTyped

func lastBreak(text []rune) int {
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == lineBreak {
			return i
		}
	}
	return -1
}

// Key edits; false says that the key is none of an editor's.
func (e *Line) Key(k tea.KeyPressMsg) bool {
	input := e.editing()
	m := &input.KeyMap
	switch {
	case key.Matches(k, m.CharacterForward, m.CharacterBackward, m.WordForward, m.WordBackward, m.LineStart, m.LineEnd,
		m.DeleteWordBackward, m.DeleteWordForward, m.DeleteBeforeCursor, m.DeleteAfterCursor,
		m.DeleteCharacterBackward, m.DeleteCharacterForward):
		before := input.Value()
		e.input, _ = input.Update(k)
		e.cut = e.cut && e.input.Value() == before
	case k.Text == "" || k.Mod&(tea.ModCtrl|tea.ModAlt) != 0:
		return false
	default:
		e.Insert(k.Text)
	}
	return true
}
