package journal

import (
	"slices"
	"strconv"
	"strings"

	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane shows the log as the last audit read it: a strip of records a
// partition, and the verdict of each label in words.
type Pane struct {
	pane.Part
	cast telling.Cast
	rows []verdictRow
}

// New makes the pane.
func New() *Pane { return &Pane{} }

// Update takes a message in.
func (j *Pane) Update(msg tea.Msg) tea.Cmd {
	if now, is := msg.(pane.Seen); is && now.Snap.Audit.Running {
		j.Redraw() // its spinner turns
	}
	return j.Part.Update(msg)
}

// Rows is how many rows the log of a run can fill.
func Rows(s *ledger.Snapshot) int {
	judged := min(len(s.Messages), many)
	if n := len(s.Labels); n > 0 {
		judged = n
	}
	if s.Audit.Pending > 0 {
		judged++
	}
	return max(len(s.Tails), 1) + judged
}

// View draws the pane.
func (j *Pane) View(a screen.Area) {
	j.Begin(a)
	s := j.Seen.Snap
	if s == nil {
		return
	}
	j.cast.Of(s)
	j.rows = verdicts(j.rows[:0], s, &j.cast, j.Lang)
	switch {
	case s.Audit.Running:
		x := a.Put(1, 0, pane.Spinner(j.Seen.Beat)+" ", screen.Pending)
		a.Put(x, 0, j.Pick("reading the log back…", "relecture du journal…"), screen.Pending)
		j.words(a.Sub(0, 1, a.W, a.H-1))
	case s.Audit.Ended < 0 && j.Seen.Veiled:
		a.Put(1, 0, screen.Cut(telling.Unread+" "+telling.Veiled().In(j.Lang), a.W-2), screen.Accent)
		j.words(a.Sub(0, 1, a.W, a.H-1))
	case s.Audit.Ended < 0:
		j.unread(a)
	case !s.Audit.Settled:
		j.wrapped(a, 0, j.Pick("The log had not settled, so nothing is judged. ", "Le journal bougeait encore : rien n’est jugé. ")+screen.Plain(s.Audit.Reason), screen.Failed)
	default:
		if s.Audit.Pending > 0 && a.H > 1 {
			a.Put(1, a.H-1, screen.Cut("… "+j.pending(s), a.W-2), screen.Pending)
			a = a.Sub(0, 0, a.W, a.H-1)
		}
		// The verdict is what people look for: it keeps its room, and the
		// strips take the rest.
		words := min(len(j.rows), a.H-min(len(s.Tails), a.H/3))
		if a.H < 6 {
			words = min(len(j.rows), a.H)
		}
		strips := min(len(s.Tails), a.H-words)
		j.strips(a.Sub(0, 0, a.W, strips), s)
		j.words(a.Sub(0, strips, a.W, a.H-strips))
	}
}

func (j *Pane) unread(a screen.Area) {
	if len(j.rows) == 0 {
		a.Put(1, 0, telling.Unread+" "+j.Pick("the log of this run is empty", "le journal de cet essai est vide"), screen.Faint)
		return
	}
	said := telling.Unread + " " + j.Pick("not read back yet", "pas encore relu")
	if !j.Seen.Past {
		said += j.Pick(" · key a reads it", " · touche a\u00a0: relire")
	}
	a.Put(1, 0, said, screen.Faint)
	j.words(a.Sub(0, 1, a.W, a.H-1))
}

func (j *Pane) wrapped(a screen.Area, y int, s string, st screen.Style) {
	for _, l := range screen.Wrap(screen.Text(s, st), a.W-2) {
		l.Put(a, 1, y)
		y++
	}
}

// strips draws the end of each partition, a cell a record; copies of one
// message carry one colour, and each says which of how many it is. Where there
// is no room for all, those that hold copies of one message stay.
func (j *Pane) strips(a screen.Area, s *ledger.Snapshot) {
	name := 0
	for i := range s.Tails {
		name = max(name, screen.Width(partition(s.Tails[i].Partition)))
	}
	name = min(name, a.W/3)
	tails := s.Tails
	if len(tails) > a.H {
		tails = slices.Clone(tails)
		slices.SortStableFunc(tails, func(a, b ledger.Tail) int { return copied(&b) - copied(&a) })
	}
	for y := range a.H {
		t := &tails[y]
		if left := len(tails) - y; y == a.H-1 && left > 1 {
			if y > 0 {
				a.Put(1, y, "… +"+strconv.Itoa(left)+" partitions", screen.Faint)
				return
			}
			more := " … +" + strconv.Itoa(left-1) + " " + telling.Plural(int64(left-1), "partition", "partitions")
			a.PutRight(a.W-1, y, more, screen.Faint)
			a = a.Sub(0, 0, a.W-screen.Width(more), 1)
		}
		a.Put(1, y, screen.Cut(partition(t.Partition), name), screen.Faint)
		j.strip(a, y, name+3, t.Records)
	}
}

// copied is 1 for a partition that holds several copies of a message.
func copied(t *ledger.Tail) int {
	if slices.ContainsFunc(t.Records, func(r ledger.Record) bool { return r.Copies > 1 }) {
		return 1
	}
	return 0
}

// strip draws as many of the latest records as fit, oldest left.
func (j *Pane) strip(a screen.Area, y, x int, records []ledger.Record) {
	first, used := len(records), 0
	for first > 0 {
		w := j.recordWidth(&records[first-1])
		if x+used+w > a.W-2 {
			break
		}
		used += w
		first--
	}
	if first > 0 {
		a.Put(x-2, y, "…", screen.Faint)
	}
	for i := first; i < len(records); i++ {
		r := &records[i]
		st := j.cast.Style(r.Ref, r.Label)
		x = a.Put(x, y, telling.Offset(r.Offset), screen.Faint)
		x = a.Put(x+1, y, j.cast.Name(r.Ref, r.Label), st|screen.Bold)
		if r.Copies > 1 {
			x = a.Put(x, y, " "+fraction(r), screen.Dup|screen.Bold)
		}
		x = a.Put(x+1, y, "│", screen.Quiet) + 1
	}
}

func (j *Pane) recordWidth(r *ledger.Record) int {
	w := len(telling.Offset(r.Offset)) + 1 + screen.Width(j.cast.Name(r.Ref, r.Label)) + 3
	if r.Copies > 1 {
		w += 1 + len(fraction(r))
	}
	return w
}

func fraction(r *ledger.Record) string {
	return strconv.FormatInt(r.Nth, 10) + "/" + strconv.FormatInt(r.Copies, 10)
}

func partition(p ledger.Partition) string {
	return screen.Plain(p.Topic) + "/" + strconv.Itoa(int(p.ID))
}

// words writes the verdicts, the latest that fit.
func (j *Pane) words(a screen.Area) {
	if a.H <= 0 {
		return
	}
	rows, left := j.rows, int64(0)
	if len(rows) > a.H {
		rows, left = worst(rows, max(1, a.H-1))
	}
	name, report := 0, 0
	for i := range rows {
		name, report = max(name, screen.Width(rows[i].name)), max(report, screen.Width(rows[i].report.Words))
	}
	name = min(name, a.W/3)
	for y := range rows {
		r := &rows[y]
		a.Put(1, y, screen.Cut(r.name, name), r.style|screen.Bold)
		x := a.Put(name+3, y, j.Sign(r.report.Mark)+" ", r.report.Style)
		a.Put(x, y, r.report.Words, r.report.Style)
		x += report + 2
		for _, v := range fitting(r.verdict, a.W-1-x) {
			x = a.Put(x, y, screen.Cut(v.Words, a.W-x-1), j.Seen.Fresh(v.Style)|screen.Bold) + 2
		}
	}
	if left > 0 && len(rows) < a.H {
		a.Put(1, len(rows), "… +"+telling.Count(left, j.Lang)+" "+telling.Plural(left, "message", "messages"), screen.Faint)
	}
}

// fitting is what is said of a row in so many columns: where not all fits, flags
// lose what explains them, and at last a verdict the count of its copies.
func fitting(said []telling.Said, w int) []telling.Said {
	wide := func() bool {
		n := -2
		for _, v := range said {
			n += 2 + screen.Width(v.Words)
		}
		return n > w
	}
	said = slices.Clone(said)
	for i := range said {
		if wide() {
			said[i].Words, _, _ = strings.Cut(said[i].Words, ",")
		}
	}
	if n := len(said) - 1; n > 0 && wide() && strings.HasPrefix(said[n].Words, "(") {
		said = said[:n]
	}
	if wide() && len(said) > 1 {
		said[0].Words = said[0].Words[strings.LastIndexByte(said[0].Words, ' ')+1:]
	}
	return said
}

// worst keeps the rows that people look for where not all fit: what is in
// trouble first, then the latest. It also says how many messages are left out.
func worst(rows []verdictRow, n int) (kept []verdictRow, left int64) {
	for _, grave := range []bool{true, false} {
		for i := len(rows) - 1; i >= 0 && n > 0; i-- {
			if rows[i].grave == grave {
				rows[i].kept = true
				n--
			}
		}
	}
	for i := range rows {
		if rows[i].kept {
			kept = append(kept, rows[i])
		} else {
			left += rows[i].messages
		}
	}
	return kept, left
}
