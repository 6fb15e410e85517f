package lab

import (
	"regexp"
	"slices"

	"atelier/assets/words"
	"atelier/lessons/check"
	"atelier/lessons/check/spell"
)

// scope is what earlier lines make known to later ones: labels, toxics, and
// whether the log was read since.
type scope struct {
	continues bool           // an earlier source may have done more
	labels    []string       // of this run, in the order of their first send
	gone      []string       // labels of runs before a reset
	unread    map[string]int // label ("" the run) → the line of the last send that no audit followed; 0: none yet
	first     map[string]int // label → the first line of the script that sends it
	toxics    []string
	hidden    bool      // a fault
	unknown   []mention // labels that no earlier line sent
}

// mention is a value in an expression, where it is written.
type mention struct {
	check.Value
	pos    Pos
	len    int
	labels []string // known there
	gone   bool
}

func newScope() scope {
	return scope{unread: map[string]int{"": 0}, first: map[string]int{}}
}

// sent notes a send: what was read of the log before is out of date.
func (s *scope) sent(label string, line int) {
	s.unread[""] = line
	if label == "" {
		return
	}
	s.unread[label] = line
	if !slices.Contains(s.labels, label) {
		s.labels = append(s.labels, label)
	}
	if _, known := s.first[label]; !known {
		s.first[label] = line
	}
}

func (s *scope) audited() { clear(s.unread) }

// reset forgets the run: nothing of it is known in the next.
func (s *scope) reset() {
	s.gone = append(s.gone, s.labels...)
	s.labels, s.toxics, s.hidden, s.continues = nil, nil, false, false
	s.unread = map[string]int{"": 0}
}

var (
	labelled  = regexp.MustCompile(`\bas[\s\p{Z}]+([\p{L}_][\p{L}\p{N}_]*)`)
	firstWord = regexp.MustCompile(`^[^\s\p{Z}&]+`)
)

// salvage keeps what a line that is wrong was meant to do for later lines, so
// that one slip is not told again at each of them.
func (s *scope) salvage(text string, line int) {
	if spell.Closest(firstWord.FindString(text), []string{"audit"}) != "" {
		s.audited()
	}
	if m := labelled.FindStringSubmatch(text); m != nil && !check.IsKeyword(m[1]) && !check.IsValue(m[1]) {
		s.sent(m[1], line)
	}
}

// reads checks an expression against what is known on its line. Live
// conditions are looked at while messages are in flight: no verdict is known.
func (p *parser) reads(e *check.Expression, column int, live bool) {
	for _, m := range e.Mentions() {
		at := column + m.Column - 1
		if m.Label != "" && !slices.Contains(p.scope.labels, m.Label) {
			p.scope.unknown = append(p.scope.unknown, mention{
				Value: m.Value, pos: Pos{File: p.file, Line: p.number, Column: at}, len: len([]rune(m.Label)),
				labels: slices.Clone(p.scope.labels), gone: slices.Contains(p.scope.gone, m.Label),
			})
			continue
		}
		if !check.IsVerdict(m.Name) {
			continue
		}
		line, unread := p.scope.unread[m.Label]
		switch {
		case live:
			p.complain(at, m.Len, "wait until takes live values only, and %s is known only after an audit: write `audit`, then `expect`",
				"wait until ne prend que des valeurs en direct, et %s n’est connu qu’après un audit : écrivez `audit`, puis `expect`", m.Value)
		case unread && line == 0:
			p.complain(at, m.Len, "%s is not known here: nothing was sent and read back in this run. Put `audit` before this line",
				"%s n’est pas connu ici : rien n’a été envoyé puis relu dans cet essai. Placez `audit` avant cette ligne", m.Value)
		case unread:
			p.complain(at, m.Len, "%s is not known here: the log was not read after the send of line %d. Put `audit` before this line",
				"%s n’est pas connu ici : le journal n’a pas été relu après l’envoi de la ligne %d. Placez `audit` avant cette ligne", m.Value, line)
		}
	}
}

// settleLabels complains about unknown labels once the whole script is read,
// so that one that is sent later can be told from a slip.
func (p *parser) settleLabels() {
	for _, m := range p.scope.unknown {
		p.errors = append(p.errors, &Error{Pos: m.pos, Len: m.len, Text: p.unknownLabel(m)})
	}
}

func (p *parser) unknownLabel(m mention) words.Text {
	line, later := p.scope.first[m.Label]
	switch {
	case m.gone:
		return words.Textf("label %s belongs to the run before the reset: its values are gone. Send it again, or check it before the reset",
			"l’étiquette %s appartient à l’essai d’avant le reset : ses valeurs ont disparu. Envoyez-la de nouveau, ou vérifiez-la avant le reset", m.Label)
	case later && line > m.pos.Line:
		return words.Textf("label %s is only sent on line %d, after this one: move this line below it",
			"l’étiquette %s n’est envoyée qu’à la ligne %d, après celle-ci : déplacez cette ligne dessous", m.Label, line)
	case len(m.labels) == 0:
		return words.Textf("unknown label %[1]s: no line before sends anything `as %[1]s`", "étiquette %[1]s inconnue : aucune ligne avant celle-ci n’envoie `as %[1]s`", m.Label)
	}
	return words.Textf("unknown label %s%s", "étiquette %s inconnue%s", spell.Quote(m.Label), spell.Hint(m.Label, m.labels))
}
