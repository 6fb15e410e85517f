package transport

import (
	"slices"
	"time"

	"atelier/assets/words"
	"atelier/ui/console/pane"

	tea "charm.land/bubbletea/v2"
)

// control is one row of the table of keys.
type control struct {
	keys  []string
	shown words.Text
	short words.Text // on the line
	rank  int        // of short: the lowest stays longest where there is little room
	does  words.Text // in the help
	runs  bool       // only where there are several
	act   func(*Pane) pane.Wish
}

// controls is the table, in the order in which the line shows them. All are
// there on a French keyboard without AltGr; - is also a view's key there, and
// serves the replay while one is on.
func controls() []control {
	both := func(s string) words.Text { return words.Text{En: s, Fr: s} }
	return []control{
		{
			[]string{"space", "right"},
			words.Text{En: "Space", Fr: "Espace"},
			words.Text{En: "next", Fr: "suite"},
			2,
			words.Text{En: "pause, and go to the next moment", Fr: "pause, et moment suivant"},
			false, (*Pane).step,
		},
		{
			[]string{"left", "backspace"},
			both("←"),
			words.Text{En: "back", Fr: "retour"},
			4,
			words.Text{En: "pause, and go to the moment before", Fr: "pause, et moment précédent"},
			false, (*Pane).back,
		},
		{
			[]string{"enter", "p"},
			words.Text{En: "Enter", Fr: "Entrée"},
			words.Text{En: "play", Fr: "lecture"},
			3,
			words.Text{En: "play or pause (p too)", Fr: "lecture ou pause (p aussi)"},
			false, (*Pane).turn,
		},
		{
			[]string{"esc", "R"},
			words.Text{En: "Esc", Fr: "Échap"},
			words.Text{En: "leave", Fr: "quitter"},
			1,
			words.Text{En: "leave the replay (R too)", Fr: "quitter le ralenti (R aussi)"},
			false, func(*Pane) pane.Wish { return Left{} },
		},
		{
			[]string{"<", "-"},
			both("<"),
			words.Text{},
			0,
			words.Text{En: "half as fast (- too)", Fr: "deux fois plus lent (- aussi)"},
			false, (*Pane).slower,
		},
		{
			[]string{">", "+"},
			both(">"),
			words.Text{En: "speed", Fr: "vitesse"},
			5,
			words.Text{En: "twice as fast (+ too)", Fr: "deux fois plus vite (+ aussi)"},
			false, (*Pane).faster,
		},
		{
			[]string{"N"},
			both("N"),
			words.Text{},
			0,
			words.Text{En: "the run before", Fr: "l’essai précédent"},
			true,
			func(p *Pane) pane.Wish { return p.other(-1) },
		},
		{
			[]string{"n"},
			both("n"),
			words.Text{En: "run", Fr: "essai"},
			6,
			words.Text{En: "the next run", Fr: "l’essai suivant"},
			true,
			func(p *Pane) pane.Wish { return p.other(1) },
		},
		{
			[]string{"home"},
			words.Text{En: "Home", Fr: "Début"},
			words.Text{},
			0,
			words.Text{En: "to the beginning", Fr: "au début"},
			false, func(p *Pane) pane.Wish { return p.seek(p.begin()) },
		},
		{
			[]string{"end"},
			words.Text{En: "End", Fr: "Fin"},
			words.Text{},
			0,
			words.Text{En: "to the end", Fr: "à la fin"},
			false, func(p *Pane) pane.Wish { return p.seek(p.deck.Length()) },
		},
	}
}

// Key moves the tape.
func (p *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	if p.deck == nil {
		return nil, false
	}
	for _, c := range controls() {
		if slices.Contains(c.keys, k.String()) && (!c.runs || len(p.tapes) > 1) {
			return c.act(p), true
		}
	}
	return nil, false
}

// Help lists its keys.
func (p *Pane) Help() []pane.Hint {
	var hints []pane.Hint
	for _, c := range controls() {
		if !c.runs || len(p.tapes) > 1 {
			hints = append(hints, pane.Hint{Key: c.shown, Does: c.does})
		}
	}
	return hints
}

// Click goes to a place on the bar; elsewhere on the line it plays or pauses.
func (p *Pane) Click(x, _ int) pane.Wish {
	switch {
	case p.deck == nil:
		return nil
	case p.bar.has(x):
		part := float64(x-p.bar.from) / float64(max(p.bar.to-p.bar.from-1, 1))
		return p.seek(time.Duration(part * float64(p.deck.Length())))
	}
	return p.turn()
}

func (p *Pane) step() pane.Wish {
	p.deck.Step()
	return Moved{}
}

func (p *Pane) back() pane.Wish {
	p.deck.Back()
	return Moved{}
}

// turn plays what stands, and pauses what plays.
func (p *Pane) turn() pane.Wish {
	if p.deck.Playing() {
		p.deck.Pause()
		return Moved{}
	}
	if p.deck.Now() >= p.deck.Length() {
		p.deck.Seek(p.begin())
	}
	p.deck.Resume()
	return Moved{}
}

func (p *Pane) slower() pane.Wish {
	p.deck.Slower()
	return Moved{}
}

func (p *Pane) faster() pane.Wish {
	p.deck.Faster()
	return Moved{}
}

func (p *Pane) seek(to time.Duration) pane.Wish {
	p.deck.Seek(to)
	return Moved{}
}

// other plays another run, as far as there is one.
func (p *Pane) other(by int) pane.Wish {
	if to := p.run + by; to >= 0 && to < len(p.tapes) {
		p.put(to)
	}
	return Moved{}
}
