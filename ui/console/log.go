package console

import (
	"strconv"
	"strings"

	"atelier/kafka/ledger"

	tea "charm.land/bubbletea/v2"
)

// journal shows the log as the last audit read it: a strip of records a
// partition, and the verdict of each label in words.
type journal struct {
	part
	cast cast
	rows []verdictRow
}

func newJournal() *journal { return &journal{} }

func (j *journal) update(msg tea.Msg) tea.Cmd {
	if now, is := msg.(seen); is && now.snap.Audit.Running {
		j.drawn = false // its spinner turns
	}
	return j.part.update(msg)
}

func (j *journal) view(a area) {
	j.begin(a)
	s := j.seen.snap
	if s == nil {
		return
	}
	j.cast.of(s)
	j.rows = verdicts(j.rows[:0], s, &j.cast, j.lang)
	switch {
	case s.Audit.Running:
		x := a.put(1, 0, spinner(j.seen.beat)+" ", pending)
		a.put(x, 0, j.pick("reading the log back…", "relecture du journal…"), pending)
		j.words(a.sub(0, 1, a.w, a.h-1))
	case s.Audit.Ended < 0:
		j.unread(a)
	case !s.Audit.Settled:
		j.wrapped(a, 0, j.pick("The log had not settled, so nothing is judged. ", "Le journal bougeait encore : rien n’est jugé. ")+plain(s.Audit.Reason), failed)
	default:
		// The verdict is what people look for: it keeps its room, and the
		// strips take the rest.
		words := min(len(j.rows), a.h-min(len(s.Tails), a.h/3))
		if a.h < 6 {
			words = min(len(j.rows), a.h)
		}
		strips := min(len(s.Tails), a.h-words)
		j.strips(a.sub(0, 0, a.w, strips), s)
		j.words(a.sub(0, strips, a.w, a.h-strips))
	}
}

func (j *journal) unread(a area) {
	if len(j.rows) == 0 {
		a.put(1, 0, unread+" "+j.pick("the log of this run is empty", "le journal de cet essai est vide"), faint)
		return
	}
	a.put(1, 0, unread+" "+j.pick("not read back yet · key a reads it", "pas encore relu · touche a\u00a0: relire"), faint)
	j.words(a.sub(0, 1, a.w, a.h-1))
}

func (j *journal) wrapped(a area, y int, s string, st style) {
	for _, l := range wrap([]span{{s, st}}, a.w-2) {
		l.put(a, 1, y)
		y++
	}
}

// strips draws the end of each partition, a cell a record; copies of one
// message carry one colour, and each says which of how many it is.
func (j *journal) strips(a area, s *ledger.Snapshot) {
	name := 0
	for i := range s.Tails {
		name = max(name, width(partition(s.Tails[i].Partition)))
	}
	name = min(name, a.w/3)
	tails := s.Tails
	for y := range a.h {
		t := &tails[y]
		if y == a.h-1 && len(tails) > a.h {
			a.put(1, y, "… +"+strconv.Itoa(len(tails)-y)+j.pick(" partitions", " partitions"), faint)
			return
		}
		a.put(1, y, cut(partition(t.Partition), name), faint)
		j.strip(a, y, name+3, t.Records)
	}
}

// strip draws as many of the latest records as fit, oldest left.
func (j *journal) strip(a area, y, x int, records []ledger.Record) {
	first, used := len(records), 0
	for first > 0 {
		w := j.recordWidth(&records[first-1])
		if x+used+w > a.w-2 {
			break
		}
		used += w
		first--
	}
	if first > 0 {
		a.put(x-2, y, "…", faint)
	}
	for i := first; i < len(records); i++ {
		r := &records[i]
		st := j.cast.style(r.Ref, r.Label)
		x = a.put(x, y, strconv.FormatInt(r.Offset, 10), faint)
		x = a.put(x+1, y, j.cast.name(r.Ref, r.Label), st|bold)
		if r.Copies > 1 {
			x = a.put(x, y, " "+fraction(r), dup|bold)
		}
		x = a.put(x+1, y, "│", quiet) + 1
	}
}

func (j *journal) recordWidth(r *ledger.Record) int {
	w := len(strconv.FormatInt(r.Offset, 10)) + 1 + width(j.cast.name(r.Ref, r.Label)) + 3
	if r.Copies > 1 {
		w += 1 + len(fraction(r))
	}
	return w
}

func fraction(r *ledger.Record) string {
	return strconv.FormatInt(r.Nth, 10) + "/" + strconv.FormatInt(r.Copies, 10)
}

func partition(p ledger.Partition) string {
	return plain(p.Topic) + "/" + strconv.Itoa(int(p.ID))
}

// words writes the verdicts, the latest that fit.
func (j *journal) words(a area) {
	if a.h <= 0 {
		return
	}
	rows, left := j.rows, int64(0)
	if len(rows) > a.h {
		rows, left = worst(rows, max(1, a.h-1))
	}
	name, report := 0, 0
	for i := range rows {
		name, report = max(name, width(rows[i].name)), max(report, width(rows[i].report.words))
	}
	name = min(name, a.w/3)
	for y := range rows {
		r := &rows[y]
		a.put(1, y, cut(r.name, name), r.style|bold)
		x := a.put(name+3, y, r.report.mark+" ", r.report.style)
		a.put(x, y, r.report.words, r.report.style)
		x += report + 2
		for _, v := range r.verdict {
			words := v.words
			if x+width(words) > a.w-1 {
				words, _, _ = strings.Cut(words, ",")
			}
			x = a.put(x, y, cut(words, a.w-x-1), v.style|bold) + 2
		}
	}
	if left > 0 && len(rows) < a.h {
		a.put(1, len(rows), "… +"+count(left, j.lang)+" "+plural(left, "message", "messages"), faint)
	}
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
