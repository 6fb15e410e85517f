package course

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"atelier/assets/recordings"
)

// fence reads a fenced block: one of the lesson's own kinds, or code of any
// other language, which stays in the prose.
func (p *parser) fence(marker, info string) {
	open := p.at + 1 // its line
	end, closed := p.closing(marker)
	body := p.lines[open:end]
	p.at = min(end+1, len(p.lines))
	if !closed {
		p.flush()
		p.errorf(open, column(p.lines[open-1], strings.Index(p.lines[open-1], marker)),
			"this fence is not closed: end the block with %s", "ce bloc n’est pas fermé : terminez-le par %s", marker)
		return
	}
	kind, rest, _ := strings.Cut(info, " ")
	rest = strings.TrimSpace(rest)
	if kind != "lab" && rest != "" && contains(kinds, kind) {
		p.errorf(open, 1, "nothing goes behind %s: %s", "rien ne suit %s : %s", kind, quoted(rest))
	}
	switch kind {
	case "lab":
		p.labBlock(open, body, rest)
	case "quiz":
		p.flush()
		if question, choices, _ := p.question(open, body, false); choices != nil {
			p.add(open, Quiz{Question: question, Choices: choices, Line: open})
		}
	case "predict":
		p.flush()
		if question, choices, value := p.question(open, body, true); choices != nil {
			p.add(open, Predict{
				Question: question, Value: value.expr, Column: value.column, ValueLine: value.line,
				Choices: choices, Line: open, Lab: p.lab + 1,
			})
		}
	case "diagram":
		p.flush()
		p.diagram(open, body)
	default:
		if right := nearKind(kind); right != "" {
			p.errorf(open, 1, "unknown kind of block %s: did you mean %s?",
				"genre de bloc %s inconnu : vouliez-vous dire %s ?", quoted(kind), right)
		}
		for i, line := range p.lines[open-1 : p.at] {
			p.collect(open+i, line)
		}
	}
}

var kinds = []string{"lab", "quiz", "predict", "diagram"}

// closing finds the line that closes the fence on the current line: the same
// character, at least as often, and nothing behind it.
func (p *parser) closing(marker string) (index int, found bool) {
	for i := p.at + 1; i < len(p.lines); i++ {
		m := fence.FindStringSubmatch(p.lines[i])
		if m != nil && m[3] == "" && m[2][0] == marker[0] && len(m[2]) >= len(marker) {
			return i, true
		}
	}
	return len(p.lines), false
}

// Needs lists what a lab may need of a cluster.
func Needs() []string { return []string{"leaders", "replication", "brokers"} }

func (p *parser) labBlock(open int, body []string, rest string) {
	p.flush()
	goesOn := rest == "continue"
	needs, needy := strings.CutPrefix(rest, "needs=")
	needs, recording, recorded := strings.Cut(needs, " recording=")
	switch {
	case goesOn && p.lab < 0:
		p.errorf(open, 1, "lab continue: there is no lab above to go on with",
			"lab continue : il n’y a pas de lab à poursuivre au-dessus")
	case needy && !contains(Needs(), needs):
		p.errorf(open, 1, "lab needs=%s: a lab needs %s", "lab needs=%s : un lab demande %s",
			quoted(needs), strings.Join(Needs(), ", "))
	case recorded && recordings.Named(recording) == nil:
		p.errorf(open, 1, "lab recording=%s: there is no such recording, but %s", "lab recording=%s : il n’y a pas d’enregistrement de ce nom, mais %s",
			quoted(recording), strings.Join(recordings.Names(), ", "))
	case rest != "" && !goesOn && !needy:
		p.errorf(open, 1, "lab %s: a lab begins with lab, lab continue or lab needs=%s",
			"lab %s : un lab commence par lab, lab continue ou lab needs=%s", quoted(rest), strings.Join(Needs(), "|"))
	}
	if !goesOn {
		p.needs, p.tape = "", ""
		if needy {
			p.needs, p.tape = needs, recording
		}
	}
	empty := true
	for _, line := range body {
		line = strings.TrimSpace(line)
		empty = empty && (line == "" || line[0] == '#')
	}
	if empty {
		p.errorf(open, 1, "the lab is empty: write at least one command", "le lab est vide : écrivez au moins une commande")
		body = []string{""}
	}
	p.lab++
	p.add(open, Lab{Source: strings.Join(body, "\n"), Line: open + 1, Continue: goesOn, Needs: p.needs, Recording: p.tape, Index: p.lab})
}

func (p *parser) diagram(open int, body []string) {
	text := strings.Join(body, "\n")
	if strings.TrimSpace(text) == "" {
		p.errorf(open, 1, "the diagram is empty", "le dessin est vide")
		return
	}
	for i, line := range body {
		if at := tooWide(strings.TrimRight(line, " \t")); at > 0 {
			p.errorf(open+1+i, at, "the drawing is wider than %d columns: the console would cut it",
				"le dessin dépasse %d colonnes : la console le couperait", DiagramWidth)
		}
	}
	p.add(open, Diagram{text, open + 1})
}

// DiagramWidth is how many columns of a drawing are seen in the narrowest
// console that has the bench beside the lesson.
const DiagramWidth = 42

// tooWide is the column of the first character of a line of a drawing that does
// not fit; 0 where all do. An accent of its own takes no column.
func tooWide(line string) (at int) {
	columns := 0
	for _, r := range line {
		at++
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			columns++
		}
		if columns > DiagramWidth {
			return at
		}
	}
	return 0
}

// value is what a prediction foretells as a number, and where that is written.
type value struct {
	expr         string
	line, column int
}

var (
	choiceLine = regexp.MustCompile(`^(?:- )?\[([ xX])\][ \t]+(.*?)[ \t]*$`)
	valuePart  = regexp.MustCompile(`\{value:[ \t]*([^{}]*?)[ \t]*\}[ \t]*$`)
)

// question reads the inside of a quiz or a prediction: the question, and the
// choices with an indented reply each. Without choices it has said why.
func (p *parser) question(open int, body []string, predict bool) (string, []Choice, value) {
	var (
		question paragraphs
		replies  []paragraphs
		choices  []Choice
		v        value
		before   = len(p.errs)
	)
	for i, line := range body {
		number := open + 1 + i
		if m := valuePart.FindStringSubmatchIndex(line); m != nil && predict && len(choices) == 0 {
			v = value{line[m[2]:m[3]], number, column(line, m[2])}
			if v.expr == "" {
				p.errorf(number, v.column, "{value: } names no value: write {value: A.copies}",
					"{value: } ne nomme aucune valeur : écrivez {value: A.copies}")
			}
			line = line[:m[0]]
		}
		p.markdown(number, strings.TrimLeft(line, " \t"))
		switch m := choiceLine.FindStringSubmatch(line); {
		case m != nil:
			choices = append(choices, Choice{Text: m[2], Right: m[1] != " ", Line: number})
			replies = append(replies, paragraphs{})
			if m[2] == "" {
				p.errorf(number, 1, "the choice says nothing", "le choix ne dit rien")
			}
		case len(choices) == 0:
			question.add(line)
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "  ") || line[0] == '\t':
			replies[len(replies)-1].add(line)
		default:
			p.errorf(number, 1, "neither a choice nor its reply: a choice begins with [ ] or [x], a reply is indented",
				"ni un choix ni sa réponse : un choix commence par [ ] ou [x], une réponse est en retrait")
		}
	}
	for i := range choices {
		choices[i].Reply = replies[i].text()
	}
	p.judge(open, question.text(), choices, predict, v.expr != "")
	if len(p.errs) > before {
		return "", nil, v
	}
	return question.text(), choices, v
}

// judge says what a question lacks.
func (p *parser) judge(open int, question string, choices []Choice, predict, numbers bool) {
	if question == "" {
		p.errorf(open, 1, "the question is missing: write it above the choices",
			"la question manque : écrivez-la au-dessus des choix")
	}
	if len(choices) < 2 {
		p.errorf(open, 1, "a question has at least two choices: [ ] a wrong one, [x] the right one",
			"une question a au moins deux choix : [ ] un faux, [x] le bon")
		return
	}
	right, seen := 0, map[string]bool{}
	for _, c := range choices {
		if c.Right {
			right++
		}
		if c.Reply == "" && (!predict || !c.Right) {
			p.errorf(c.Line, 1, "this choice has no reply: write it below, indented",
				"ce choix n’a pas de réponse : écrivez-la dessous, en retrait")
		}
		if seen[c.Text] {
			p.errorf(c.Line, 1, "this choice stands here twice", "ce choix figure deux fois")
		}
		seen[c.Text] = true
		if _, err := strconv.ParseFloat(c.Text, 64); numbers && err != nil && (c.Text != AnyNumber || c.Right) {
			p.errorf(c.Line, 1, "%s is not a number: this prediction is one. * stands for any other number",
				"%s n’est pas un nombre : cette prédiction en est un. * vaut pour tout autre nombre", quoted(c.Text))
		}
	}
	if right != 1 {
		p.errorf(open, 1, "%d right answers: mark exactly one with [x]",
			"%d bonnes réponses : marquez-en exactement une par [x]", right)
	}
}

// paragraphs joins the lines of a text; an empty line parts paragraphs.
type paragraphs struct{ lines []string }

func (ps *paragraphs) add(line string) { ps.lines = append(ps.lines, strings.TrimSpace(line)) }

func (ps *paragraphs) text() string {
	var b strings.Builder
	gap := ""
	for _, line := range ps.lines {
		if line == "" {
			gap = "\n\n"
			continue
		}
		if b.Len() > 0 {
			b.WriteString(gap)
		}
		b.WriteString(line)
		gap = " "
	}
	return b.String()
}

// nearKind returns the kind of block that a word is one slip away from.
func nearKind(word string) string {
	lower := strings.ToLower(word)
	for _, k := range kinds {
		if lower == k || lower == k+"s" || len(k) > 3 && oneSlip(lower, k) {
			return k
		}
	}
	return ""
}

// oneSlip says whether two words differ by one letter: changed, left out, or
// put in.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	for i := range len(a) {
		if a[i] != b[i] {
			return a[i+len(a)-len(b)+1:] == b[i+1:]
		}
	}
	return true
}
