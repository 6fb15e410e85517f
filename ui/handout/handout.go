package handout

import (
	"fmt"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/lessons/check"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/rehearsal"
	"atelier/ui/plain"
)

// Handout is what is written down.
type Handout struct {
	Lang    words.Lang
	Modules []*course.Module
	Notes   bool     // the presenter's, too
	Own     bool     // a trainer's lessons, not the atelier's course
	Results *Results // nil: none
}

// Results are what the labs of one run came to.
type Results struct {
	At      time.Time
	Cluster words.Text              // that they ran on
	Labs    map[int][]rehearsal.Lab // by module number, then by Lab.Index
}

// lab is what came of a lab; nil where nothing is known.
func (h *Handout) lab(m *course.Module, index int) *rehearsal.Lab {
	if h.Results == nil {
		return nil
	}
	if all := h.Results.Labs[m.Number]; index >= 0 && index < len(all) {
		return &all[index]
	}
	return nil
}

func (h *Handout) sayf(en, fr string, args ...any) string {
	return words.Textf(en, fr, args...).In(h.Lang)
}

// title is the document's.
func (h *Handout) title() string {
	if len(h.Modules) == 1 {
		return plain.Text(h.Modules[0].Title)
	}
	return h.course()
}

// course is what all the modules are called.
func (h *Handout) course() string {
	if h.Own {
		return h.sayf("The course", "Le cours")
	}
	return h.sayf("Kafka Atelier: the course", "Kafka Atelier : le cours")
}

// about says of what run the results are.
func (h *Handout) about() string {
	if h.Results == nil {
		return ""
	}
	return h.sayf("With the results of a run of %s, %s.", "Avec les résultats d’un essai du %s, %s.", h.Lang.Moment(h.Results.At), h.Results.Cluster)
}

func (h *Handout) optional(s *course.Step) string {
	if s.Optional {
		return h.sayf(" (optional)", " (facultative)")
	}
	return ""
}

// cameOf is what is said below a line of a lab, in plain lines; failed says that
// it is a failure.
func (h *Handout) cameOf(l rehearsal.Line) (said []string, failed bool) {
	if !l.Done {
		return nil, false
	}
	text := l.Result.In(h.Lang)
	if l.Err != nil {
		text = words.Tell(h.Lang, l.Err)
	}
	for line := range strings.Lines(text) {
		said = append(said, plain.Text(strings.TrimRight(line, "\r\n")))
	}
	return said, l.Failed
}

// moment is a time of a run.
func (h *Handout) moment(l rehearsal.Line) string {
	s := fmt.Sprintf("%.3f", l.At.Seconds())
	if h.Lang == words.French {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + "\u00a0s"
}

// ended says how a lab ended, where there is more to say than its lines do.
func (h *Handout) ended(l *rehearsal.Lab) string {
	switch {
	case l == nil:
		return ""
	case l.Lacks != nil:
		return h.sayf("not run here: %v", "non joué ici : %v", l.Lacks)
	case l.Status == lab.Passed:
		return h.sayf("run %s, %s", "essai %s, %s", l.Run, h.seconds(l.Took))
	case l.Err != nil:
		return h.sayf("run %s did not come to its end: %v", "l’essai %s n’est pas allé à son terme : %v", l.Run, l.Err)
	}
	return h.sayf("run %s did not come to its end", "l’essai %s n’est pas allé à son terme", l.Run)
}

func (h *Handout) seconds(d time.Duration) string {
	s := fmt.Sprintf("%.1f s", d.Seconds())
	if h.Lang == words.French {
		s = strings.Replace(strings.Replace(s, ".", ",", 1), " ", "\u00a0", 1)
	}
	return s
}

// finding is what is known of a line of a checklist.
type finding struct {
	Mark string // of the line: held, open, broken, unverified
	Said string // behind it; may be empty
}

func (h *Handout) finding(m *course.Module, c course.Check) finding {
	if c.Expr == "" {
		return finding{"unverified", h.sayf("not verified here", "non vérifié ici")}
	}
	l := h.lab(m, c.Lab)
	if l == nil || l.Lacks != nil {
		return finding{Mark: "open"}
	}
	for i, of := range m.Checks(c.Lab) {
		if of.Line != c.Line || i >= len(l.Checks) {
			continue
		}
		switch found := l.Checks[i]; {
		case found.Err != nil:
			return finding{"open", h.sayf("not checked: %v", "pas vérifié : %v", found.Err)}
		case found.Held:
			return finding{"held", h.values(found.Values)}
		default:
			return finding{"broken", h.sayf("it did not hold: %s", "elle n’a pas tenu : %s", h.values(found.Values))}
		}
	}
	return finding{Mark: "open"}
}

// values are what a check read. Their names are the lesson's, which may be anybody's.
func (h *Handout) values(values map[string]any) string {
	return plain.Text(check.InWords(values).In(h.Lang))
}

// measured answers a prediction of a number; empty where nothing was measured.
func (h *Handout) measured(m *course.Module, p course.Predict) string {
	l := h.lab(m, p.Lab)
	if l == nil {
		return ""
	}
	for _, found := range l.Predictions {
		if found.Line == p.ValueLine && found.Err == nil {
			return h.sayf("measured: %s", "mesuré : %s", h.values(map[string]any{found.Value: found.Measured}))
		}
	}
	return ""
}

// choice is a choice's text as it is read: * is any other number.
func (h *Handout) choice(c course.Choice, numbers bool) string {
	if numbers && c.Text == course.AnyNumber {
		return h.sayf("another number", "un autre nombre")
	}
	return c.Text
}
