package prompt

import "strings"

// history is the lines that were run, oldest first, and where one is in them.
type history struct {
	lines   []string
	at      int // len(lines) is the line being written
	draft   string
	walking bool
}

// maxHistory is how many lines the prompt remembers.
const maxHistory = 200

func (h *history) remember(line string) {
	if n := len(h.lines); n == 0 || h.lines[n-1] != line {
		h.lines = append(h.lines, line)
		if len(h.lines) > maxHistory {
			h.lines = h.lines[1:]
		}
	}
	h.leave()
}

// leave goes back to the line being written.
func (h *history) leave() { h.at, h.walking = len(h.lines), false }

// walk goes to the next line, before or after, that begins with what was
// written when the walk began; after the last one comes what was written.
func (h *history) walk(by int, written string) (line string, there bool) {
	if !h.walking {
		h.draft, h.at = written, len(h.lines)
	}
	for to := h.at + by; to >= 0 && to <= len(h.lines); to += by {
		if to == len(h.lines) {
			h.leave()
			return h.draft, by > 0
		}
		if l := h.lines[to]; strings.HasPrefix(l, h.draft) && l != written {
			h.at, h.walking = to, true
			return l, true
		}
	}
	return "", false
}

// latest is the last line that goes on where a text ends.
func (h *history) latest(begin string) (line string, there bool) {
	for i := len(h.lines) - 1; i >= 0; i-- {
		if l := h.lines[i]; len(l) > len(begin) && strings.HasPrefix(l, begin) && !strings.Contains(l, "\n") {
			return l, true
		}
	}
	return "", false
}
