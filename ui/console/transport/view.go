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
	x := a.Put(0, 0, " "+Name().In(p.Lang)+" ", screen.Fault|screen.Bold|screen.Reverse) + 1
	mark, word := s.motion()
	x = a.Put(x, 0, mark+" ", screen.Pending|screen.Bold)
	x = a.Put(x, 0, word.In(p.Lang), screen.Ink)
	x = a.Put(x, 0, " "+speed(s.speed), screen.Accent|screen.Bold) + 2
	x = a.Put(x, 0, seconds(s.at, p.Lang)+" / "+seconds(s.length, p.Lang)+"\u00a0s", screen.Ink)
	x = a.Put(x+2, 0, "moment "+strconv.Itoa(s.moment)+"/"+strconv.Itoa(s.moments), screen.Ink)
	if s.runs > 1 && x+14 < a.W {
		x = a.Put(x+2, 0, p.Pick("run ", "essai ")+strconv.Itoa(s.run)+"/"+strconv.Itoa(s.runs), screen.Ink)
	}
	x += 2
	reserve := 0
	if a.W >= 100 {
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
	if p.drawn.length > 0 {
		done = int(int64(n) * int64(p.drawn.at) / int64(p.drawn.length))
	}
	a.Put(from, 0, strings.Repeat("▰", done), screen.Accent)
	a.Put(from+done, 0, strings.Repeat("▱", n-done), screen.Quiet)
	p.bar = span{from, from + n}
}

// hints writes the keys that fit at the right end, and returns where they begin.
func (p *Pane) hints(a screen.Area, from int) int {
	var line screen.Line
	keys := ""
	for _, c := range controls() {
		if c.runs && len(p.tapes) < 2 {
			continue
		}
		keys += c.shown.In(p.Lang) + " "
		does := c.short.In(p.Lang)
		if does == "" {
			continue // one word for it and the next
		}
		if c.keys[0] == "enter" && p.drawn.playing {
			does = "pause"
		}
		more := line.Add(keys, screen.Accent).Add(does+"  ", screen.Faint)
		if from+more.Width() > a.W+1 {
			break
		}
		line, keys = more, ""
	}
	at := a.W + 1 - line.Width()
	line.Put(a, at, 0)
	return at
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
