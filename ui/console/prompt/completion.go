package prompt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"atelier/lessons/lab"
	"atelier/ui/console/editor"
	"atelier/ui/console/pane"
)

// completion is the words that the one before the cursor may become.
type completion struct {
	names      func() lab.Names
	candidates []string
	at         int    // the one that stands in the line; -1: none yet
	typed      string // the word as it was typed
}

func (c *completion) end() { c.candidates = nil }

func (c *completion) open() bool { return len(c.candidates) > 0 }

// complete writes what all candidates have in common, lists them, and then puts
// one after the other into the line.
func (p *Pane) complete(onwards bool) {
	p.ghost = ""
	c := &p.completion
	if c.open() {
		step := 1
		if !onwards {
			step = len(c.candidates) - 1
			if c.at < 0 {
				c.at = 0
			}
		}
		p.choose((c.at + step) % len(c.candidates))
		return
	}
	found := lab.Complete(p.editor.Head(), c.names())
	switch typed := lastWord(p.editor.Head()); len(found) {
	case 0:
	case 1:
		p.take(found[0])
	default:
		if common := commonStart(found); len(common) > len(typed) {
			p.editor.ReplaceWord(common)
			p.edited()
		}
		p.ghost = ""
		c.candidates, c.at, c.typed = found, -1, lastWord(p.editor.Head())
	}
}

// choose puts a candidate into the line; the list stays.
func (p *Pane) choose(i int) {
	c := &p.completion
	p.wrong, p.why = editor.Wrong{}, nil
	p.editor.ReplaceWord(c.candidates[i])
	c.at = i
	p.Redraw()
}

// take puts the only candidate into the line, and goes on to the next word.
func (p *Pane) take(word string) {
	p.editor.ReplaceWord(word)
	if !strings.HasSuffix(word, "=") && !strings.HasSuffix(word, `"`) && p.editor.AtEnd() {
		p.editor.Insert(" ")
	}
	p.edited()
}

// dropCandidates closes the list, with the word as it was typed. False says that
// none was open.
func (p *Pane) dropCandidates() bool {
	c := &p.completion
	if !c.open() {
		return false
	}
	if c.at >= 0 {
		p.editor.ReplaceWord(c.typed)
	}
	p.edited()
	return true
}

// guess is what may follow behind the cursor: as in the latest line that began
// so, or else as the language goes on.
func (p *Pane) guess() string {
	text := p.editor.String()
	if text == "" || !p.editor.AtEnd() || strings.Contains(text, "\n") {
		return ""
	}
	if line, there := p.history.latest(text); there {
		return line[len(text):]
	}
	word := lastWord(text)
	if word == "" {
		return ""
	}
	if found := lab.Complete(text, p.completion.names()); len(found) > 0 {
		return strings.TrimPrefix(found[0], word)
	}
	return ""
}

// ClickBelow takes a click on what Below shows: on a candidate it takes it.
func (p *Pane) ClickBelow(x, y int) pane.Wish {
	for i, s := range p.candidateSpots(p.W) {
		if s.y == y && x >= s.from && x < s.to {
			p.take(p.completion.candidates[i])
			break
		}
	}
	return nil
}

func lastWord(text string) string {
	i := strings.LastIndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Z, r) })
	if i < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return text[i+size:]
}

func commonStart(all []string) string {
	common := all[0]
	for _, s := range all[1:] {
		for !strings.HasPrefix(s, common) {
			_, size := utf8.DecodeLastRuneInString(common)
			common = common[:len(common)-size]
		}
	}
	return common
}
