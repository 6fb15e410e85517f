package reports

import (
	"strconv"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane is the running list of delivery reports. Of a burst, the last row counts
// what has none of its own.
type Pane struct {
	pane.Part
	cast telling.Cast
	list pane.List[ledger.Ref]
	rows []row // those in sight, from the first
	top  int   // rows of the head
	from int   // the first report in sight
	reuse
}

// New makes the pane.
func New() *Pane { return &Pane{} }

// Update takes a message in.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	if s, is := msg.(pane.Scrolled); is {
		p.move(s.Rows)
	}
	return p.Part.Update(msg)
}

// Key chooses a row and opens its story.
func (p *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	if by, is := pane.Steps(k.String(), p.H-p.top); is {
		p.move(by)
		return nil, true
	}
	told := p.told()
	if len(told) == 0 {
		return nil, false
	}
	switch key := k.String(); key {
	case "enter":
		return p.story(), true
	case "y", "Y":
		return pane.CopyStory{Ref: told[p.chosen()].Ref, Key: key}, true
	}
	return nil, false
}

// Click chooses a row; on the one that is chosen it opens the story.
func (p *Pane) Click(_, y int) pane.Wish {
	told := p.told()
	at := p.from + y - p.top
	if y < p.top || at >= len(told) {
		return nil
	}
	if at == p.chosen() && p.Focus {
		return p.story()
	}
	p.list.Choose(at, len(told), refAt(told))
	p.Redraw()
	return nil
}

// Help lists its keys.
func (p *Pane) Help() []pane.Hint {
	return append([]pane.Hint{
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "choose a report", Fr: "choisir un rapport"}},
		{Key: words.Text{En: "Enter", Fr: "Entrée"}, Does: words.Text{En: "the message's story", Fr: "l’histoire du message"}},
	}, pane.CopyHints()...)
}

func (p *Pane) told() []ledger.Delivery {
	if p.Seen.Snap == nil {
		return nil
	}
	return p.Seen.Snap.Reports
}

func refAt(told []ledger.Delivery) func(int) ledger.Ref {
	return func(i int) ledger.Ref { return told[i].Ref }
}

func (p *Pane) chosen() int {
	told := p.told()
	return p.list.Chosen(len(told), refAt(told))
}

func (p *Pane) move(by int) {
	told := p.told()
	p.list.Choose(p.chosen()+by, len(told), refAt(told))
	p.Redraw()
}

// story wishes for what happened to the message that is chosen; of many, to the
// first.
func (p *Pane) story() pane.Wish {
	at := p.chosen()
	if at < 0 {
		return nil
	}
	return pane.Story{Ref: p.told()[at].Ref}
}

// Rows is how many rows the reports of a run fill, with their head.
func Rows(s *ledger.Snapshot) int {
	if len(s.Reports) == 0 {
		return 0
	}
	return 1 + len(s.Reports)
}

// View draws the pane.
func (p *Pane) View(a screen.Area) {
	p.Begin(a)
	s := p.Seen.Snap
	if s == nil || len(s.Reports) == 0 {
		if s != nil {
			p.empty(a, s)
		}
		return
	}
	p.cast.Of(s)
	p.forget(s.Run, p.Lang)
	if p.top = 0; a.H >= 3 {
		p.top = 1
	}
	chosen := p.chosen()
	n := min(a.H-p.top, len(s.Reports))
	p.from = p.list.First(chosen, len(s.Reports), n)
	p.rows = p.rows[:0]
	for i := p.from; i < p.from+n; i++ {
		p.rows = append(p.rows, p.row(s, &s.Reports[i], a.W >= wide))
	}
	c := p.columns(a.W)
	if p.top > 0 {
		p.head(a, &c)
	}
	for i := range p.rows {
		y := p.top + i
		p.draw(a, y, &c, &p.rows[i])
		if p.Focus && p.from+i == chosen {
			a.Put(0, y, "▸", screen.Accent|screen.Bold)
			a.Shade(0, y, a.W, screen.OnFocus)
		}
	}
	p.unseen(a, s, n)
}

func (p *Pane) empty(a screen.Area, s *ledger.Snapshot) {
	lines := [...]string{
		p.Pick("No report yet.", "Pas encore de rapport."),
		p.Pick("p sends one message: what the producer is told of it stands here.", "p envoie un message : ce que le producteur en apprend se lit ici."),
	}
	if s.InFlight > 0 {
		lines[1] = telling.Count(s.InFlight, p.Lang) + " " + p.Pick(telling.Plural(s.InFlight, "message", "messages")+" in flight.", telling.Plural(s.InFlight, "message", "messages")+" en vol.")
	}
	screen.Centred(a, screen.Faint, lines[:]...)
}

// unseen says how many reports stand above the first row and below the last.
func (p *Pane) unseen(a screen.Area, s *ledger.Snapshot, n int) {
	var above, below int64
	for i := range s.Reports {
		switch {
		case i < p.from:
			above += s.Reports[i].Count
		case i >= p.from+n:
			below += s.Reports[i].Count
		}
	}
	if p.top == 0 {
		return
	}
	text := ""
	if above > 0 {
		text = " ↑ " + telling.Count(above, p.Lang)
	}
	if below > 0 {
		text += " ↓ " + telling.Count(below, p.Lang)
	}
	a.PutRight(a.W-1, 0, text, screen.Faint)
}

// name is a message's name, or its batch's where it stands for many; before it
// the door that it came through, where that is not this console.
func (p *Pane) name(d *ledger.Delivery) string {
	if d.Origin != "" {
		return screen.Plain(d.Origin) + " " + p.called(d)
	}
	return p.called(d)
}

func (p *Pane) called(d *ledger.Delivery) string {
	if d.Count == 1 {
		return p.cast.Name(d.Ref, d.Label)
	}
	if d.Label != "" {
		return screen.Plain(d.Label)
	}
	return "#" + strconv.FormatUint(uint64(d.Ref.Batch), 10)
}

// report says what the producer was told, for one message or for many.
func report(d *ledger.Delivery, lang words.Lang) telling.Said {
	said := telling.Report(d.Kind, lang)
	if d.Count == 1 {
		return said
	}
	n := telling.Count(d.Count, lang)
	said.Words = n + lang.Pick(" more "+said.Words, map[ledger.Kind]string{
		ledger.AckedReport:   " autres acquittés",
		ledger.FailedReport:  " autres refusés",
		ledger.UnknownReport: " autres, sort inconnu",
		ledger.FiredReport:   " autres sans acquittement",
	}[d.Kind])
	return said
}

// where says where a message stands in the log, or why it is not known.
func where(d *ledger.Delivery, lang words.Lang) string {
	if d.Reason != "" {
		return telling.Reason(&ledger.Message{Reason: d.Reason, Err: d.Err, Topic: d.Topic}, lang)
	}
	if d.Count > 1 || d.Kind == ledger.FiredReport && d.Partition < 0 {
		return ""
	}
	s := screen.Plain(d.Topic)
	if d.Partition >= 0 {
		s += "/" + strconv.Itoa(int(d.Partition))
	}
	if d.Offset >= 0 {
		s += " " + telling.Offset(d.Offset)
	}
	return s
}

// short is where without the topic, and a refusal without its explanation.
func short(d *ledger.Delivery, lang words.Lang) string {
	if d.Reason == ledger.RefusedBy {
		name, _, _ := strings.Cut(where(d, lang), ":")
		return name
	}
	if d.Reason != "" || d.Count > 1 || d.Partition < 0 {
		return where(d, lang)
	}
	if d.Offset < 0 {
		return "/" + strconv.Itoa(int(d.Partition))
	}
	return strconv.Itoa(int(d.Partition)) + telling.Offset(d.Offset)
}

// took is the time from hand-over to report; of many, that of the slowest.
func took(d *ledger.Delivery, lang words.Lang) string {
	if d.Kind == ledger.FiredReport {
		return telling.Unread
	}
	s := telling.Duration(d.Latency.Round(time.Microsecond), lang)
	if d.Count > 1 {
		return "≤ " + s
	}
	return s
}
