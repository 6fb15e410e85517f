package transport

import (
	"strconv"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/ui/console/screen"
)

// Name is what a replay is called, wherever the screen says that it is none of
// the present.
func Name() words.Text { return words.Text{En: "REPLAY", Fr: "RALENTI"} }

// span is a stretch of columns.
type span struct{ from, to int }

func (s span) has(x int) bool { return x >= s.from && x < s.to }

// The columns that the bar takes, where there is room for it.
const (
	leastBar = 10
	mostBar  = 50
)

// View draws the pane.
func (p *Pane) View(a screen.Area) {
	p.Begin(a)
	if p.deck == nil {
		return
	}
	p.drawn = p.state()
	s := &p.drawn
	const (
		named  = 100 // columns from which the line has the name that the header has too
		worded = 72  // from which it says in words what a mark says
	)
	x := 1
	if a.W >= named {
		x = a.Put(0, 0, " "+p.name.In(p.Lang)+" ", screen.Fault|screen.Bold|screen.Reverse) + 1
	}
	mark, word := s.motion()
	x = a.Put(x, 0, mark+" ", screen.Pending|screen.Bold)
	if a.W >= worded {
		x = a.Put(x, 0, word.In(p.Lang)+" ", screen.Ink)
	}
	x = a.Put(x, 0, speed(s.speed), screen.Accent|screen.Bold) + 2
	x = a.Put(x, 0, seconds(s.at, p.Lang)+" / "+seconds(s.length, p.Lang)+"\u00a0s", screen.Ink) + 2
	if a.W >= worded {
		x = a.Put(x, 0, "moment ", screen.Ink)
	}
	x = a.Put(x, 0, strconv.Itoa(s.moment)+"/"+strconv.Itoa(s.moments), screen.Ink) + 2
	if run := p.Pick("run ", "essai ") + strconv.Itoa(s.run) + "/" + strconv.Itoa(s.runs); s.runs > 1 && a.W >= named {
		x = a.Put(x, 0, run, screen.Ink) + 2
	}
	reserve := 0
	if a.W >= named {
		reserve = leastBar + 2
	}
	p.drawBar(a, x, p.hints(a, x+reserve)-2)
}

// drawBar draws how far the tape has come between two columns, where that is
// worth it.
func (p *Pane) drawBar(a screen.Area, from, to int) {
	n := min(to-from, mostBar)
	p.bar = span{}
	if n < leastBar {
		return
	}
	done := n
	if p.drawn.length > 0 && !p.drawn.ended() {
		done = int(int64(n) * int64(p.drawn.at) / int64(p.drawn.length))
	}
	a.Put(from, 0, strings.Repeat("▰", done), screen.Accent)
	a.Put(from+done, 0, strings.Repeat("▱", n-done), screen.Quiet)
	p.bar = span{from, from + n}
}

// hint is keys that do one thing, and the word for it.
type hint struct {
	keys, does string
	rank       int // the lowest stays longest where there is little room
}

func (h hint) line() screen.Line {
	return screen.Text(h.keys+" ", screen.Accent).Add(h.does+"  ", screen.Faint)
}

// hints writes the keys that fit at the right end, and returns where they begin.
// How to leave goes last.
func (p *Pane) hints(a screen.Area, from int) int {
	all := p.words()
	for rank := len(controls()); rank > 0; rank-- {
		var line screen.Line
		for _, h := range all {
			if h.rank <= rank {
				line = append(line, h.line()...)
			}
		}
		if at := a.W + 1 - line.Width(); at >= from || rank == 1 {
			line.Put(a, at, 0)
			return at
		}
	}
	return a.W
}

// words are the hints in the order of the table.
func (p *Pane) words() []hint {
	var all []hint
	keys := ""
	for _, c := range controls() {
		if c.runs && len(p.tapes) < 2 {
			continue
		}
		if keys != "" {
			keys += " "
		}
		keys += c.shown.In(p.Lang)
		does := c.short.In(p.Lang)
		if does == "" {
			continue // one word for it and the next
		}
		if c.keys[0] == "enter" && p.drawn.playing {
			does = "pause"
		}
		all = append(all, hint{keys, does, c.rank})
		keys = ""
	}
	return all
}

// motion is what the tape does, as a mark of two columns and a word.
func (s *state) motion() (string, words.Text) {
	switch {
	case s.playing:
		return "▶ ", words.Text{En: "playing", Fr: "lecture"}
	case s.ended():
		return "■ ", words.Text{En: "at its end", Fr: "à la fin"}
	}
	return "┃┃", words.Text{En: "paused", Fr: "en pause"}
}

// speed writes a speed as people say it: ×1/4, ×1, ×2.
func speed(f float64) string {
	if f < 1 {
		return "×1/" + strconv.Itoa(int(1/f+0.5))
	}
	return "×" + strconv.Itoa(int(f+0.5))
}

// seconds writes a time to the millisecond, as a moment is worth no more.
func seconds(d time.Duration, lang words.Lang) string {
	s := strconv.FormatFloat(d.Truncate(time.Millisecond).Seconds(), 'f', 3, 64)
	if lang == words.French {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}
