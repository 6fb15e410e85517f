package transcript

import (
	"strings"

	"atelier/ui/plain"
)

// Kind is what a row tells of.
type Kind uint8

// The kinds. The texts of Asked and Ticked are a lesson's own Markdown.
const (
	Head     Kind = iota // whose transcript it is, and when it was made
	Nothing              // nothing was done so far
	Heading              // a module
	Sum                  // what a module comes to
	Stage                // a step
	Asked                // a question
	Answered             // what was answered, and whether that was right
	Tried                // an experiment, and how it ended
	Ticked               // a line of a checklist
	Evidence             // what the line above was read from
)

// Tone says how what a row tells of stands.
type Tone uint8

// The tones. What nothing here can verify is Neutral.
const (
	Neutral Tone = iota
	Done         // shown, right, complete
	Halfway      // begun: neither done nor open
	Undone       //
	Against      // not right, or not held in the latest run
)

// Row is one line of what Text writes: a front end that draws shows the same
// words. Its text is one line, safe for a terminal.
type Row struct {
	Kind  Kind
	Tone  Tone
	In    int  // the columns that it is set in by
	Apart bool // an empty line goes before it
	Text  string
	// Done of All steps were gone through, of a Heading.
	Done, All int
}

// Rows are what Text writes, line by line. Of modules that were not begun they
// say no more than that.
func (t *Transcript) Rows() []Row {
	r := rows{phrases: phrases{t.Language}}
	r.add(Row{Text: r.sayf("Kafka Atelier: your progress, %s", "Kafka Atelier : votre progression, %s", r.moment(t.Made))})
	if !t.FirstContact.IsZero() {
		r.add(Row{Kind: Sum, Text: r.sayf("first contact: %s", "premier contact : %s", r.moment(t.FirstContact))})
	}
	if !t.Started() {
		r.add(Row{Kind: Nothing, Text: r.sayf("Nothing is done yet.", "Rien n’est fait encore.")})
	}
	for i := range t.Modules {
		r.module(&t.Modules[i])
	}
	return r.list
}

// rows are a telling under way.
type rows struct {
	phrases
	list []Row
}

func (r *rows) add(row Row) { r.list = append(r.list, row) }

func (r *rows) module(m *Module) {
	tone := map[Standing]Tone{Complete: Done, Begun: Halfway, NotBegun: Undone}[m.Standing]
	r.add(Row{
		Kind: Heading, Tone: tone, Apart: true, Done: m.Counts.Seen, All: m.Counts.Steps,
		Text: r.sayf("Module %d, %s: %s%s", "Module %d, %s : %s%s", m.Number, plain.Text(m.Title), r.standing(m.Standing), r.spent(m.Spent)),
	})
	if m.Standing == NotBegun {
		return
	}
	r.add(Row{Kind: Sum, In: 2, Text: r.counts(m.Counts)})
	if m.Counts.Unverified > 0 {
		r.add(Row{Kind: Sum, In: 2, Text: r.sayf("not verified here: %d", "non vérifié ici : %d", m.Counts.Unverified)})
	}
	for i := range m.Steps {
		r.step(&m.Steps[i])
	}
}

func (r *rows) step(s *Step) {
	stands, tone := r.sayf("not gone through", "non parcourue"), Undone
	switch {
	case s.Done:
		stands, tone = r.moment(s.Seen), Done
	case !s.Seen.IsZero():
		stands, tone = r.sayf("gone through %s, not all done", "parcourue le %s, tout n’y est pas fait", r.moment(s.Seen)), Halfway
	}
	r.add(Row{
		Kind: Stage, Tone: tone, In: 2, Apart: true,
		Text: r.sayf("%d. %s%s: %s", "%d. %s%s : %s", s.Number, plain.Text(s.Title), r.optional(s), stands),
	})
	for _, q := range s.Predictions {
		r.add(Row{Kind: Asked, In: 5, Text: r.sayf("prediction: %s", "prédiction : %s", one(q.Text))})
		r.add(Row{Kind: Answered, Tone: given(q, q.First), In: 7, Text: r.predicted(q, one(q.First.Text))})
	}
	for _, l := range s.Labs {
		tone := Neutral
		if l.Runs == 0 {
			tone = Undone
		}
		r.add(Row{Kind: Tried, Tone: tone, In: 5, Text: r.sayf("experiment: %s", "expérience : %s", r.lab(l))})
	}
	for i := 0; i < len(s.Checks); i++ {
		if n := veiled(s.Checks[i:]); n > 1 {
			r.add(Row{Kind: Ticked, Tone: Undone, In: 5, Text: r.sayf("%d lines (shown after the experiment)", "%d points (dévoilés après l’expérience)", n)})
			i += n - 1
			continue
		}
		r.check(s.Checks[i])
	}
	for _, q := range s.Quizzes {
		r.add(Row{Kind: Asked, In: 5, Text: r.sayf("quiz: %s", "quiz : %s", r.quiz(q))})
		r.add(Row{Kind: Answered, Tone: given(q, q.Last), In: 7, Text: r.answered(q)})
	}
}

// veiled is how many of some lines, from the first on, would spoil a prediction:
// one row says so of all.
func veiled(checks []Check) (n int) {
	for n < len(checks) && checks[n].Veiled {
		n++
	}
	return n
}

// given is how the answer that counts stands.
func given(q Question, counts Answer) Tone {
	switch {
	case q.Count == 0, q.Veiled:
		return Undone
	case counts.right():
		return Done
	}
	return Against
}

func (r *rows) check(c Check) {
	switch c.Proof {
	case Held:
		r.add(Row{Kind: Ticked, Tone: Done, In: 5, Text: r.ticked(c)})
		r.add(Row{Kind: Evidence, In: 9, Text: r.sayf("%s; %s", "%s ; %s", r.values(c.Evidence.Values), r.evidence(c.Evidence))})
		if c.Refuted != nil {
			r.add(Row{
				Kind: Evidence, Tone: Against, In: 9,
				Text: r.sayf("but not in the last: %s; %s", "mais pas au dernier : %s ; %s", r.values(c.Refuted.Values), r.evidence(c.Refuted)),
			})
		}
	case Unverified:
		r.add(Row{Kind: Ticked, In: 5, Text: r.sayf("%s (not verified here)", "%s (non vérifié ici)", r.ticked(c))})
	default:
		r.add(Row{Kind: Ticked, Tone: Undone, In: 5, Text: r.ticked(c)})
	}
}

// one is a text of a lesson as one line.
func one(s string) string { return plain.Line(s) }

// Mark stands before a line of a checklist in plain text, and says how it
// stands; before others nothing does.
func (r *Row) Mark() string {
	if r.Kind != Ticked {
		return ""
	}
	return map[Tone]string{Done: "[x] ", Neutral: "[-] ", Undone: "[ ] "}[r.Tone]
}

// line is a row as Text writes it.
func (r *Row) line(p phrases) string {
	text := strings.Repeat(" ", r.In) + r.Mark() + r.Text
	if r.Kind == Nothing {
		text += p.sayf(" To begin: atelier", " Pour commencer : atelier")
	}
	if r.Apart {
		return "\n" + text + "\n"
	}
	return text + "\n"
}
