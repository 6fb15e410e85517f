package course

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads one lesson. The error is an Errors: everything that is wrong,
// each with its place. The name is only looked at for the module's number.
func Parse(name string, src []byte) (*Module, error) {
	if errs := readable(name, src); len(errs) > 0 {
		return nil, errs
	}
	text := strings.TrimPrefix(string(src), "\uFEFF")
	text = strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	p := &parser{name: name, lines: strings.Split(text, "\n"), lab: -1}
	p.module = &Module{Number: number(name), Name: name, lines: len(p.lines)}
	p.frontMatter()
	p.body()
	p.finish()
	if len(p.errs) > 0 {
		return nil, p.errs
	}
	return p.module, nil
}

var numbered = regexp.MustCompile(`^(\d{1,3})[-_. ]`)

// number reads a module's number from the beginning of its file's name.
func number(name string) int {
	m := numbered.FindStringSubmatch(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if m == nil {
		return -1
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// parser goes down the lines of a lesson once.
type parser struct {
	name   string
	lines  []string
	at     int // the next line, from 0
	module *Module
	step   *Step
	lab    int    // the index of the latest lab; -1 before the first
	needs  string // of the latest lab, as is
	tape   string // its recording
	strays bool
	prose  []string
	first  int // line of prose[0]
	errs   Errors
}

func (p *parser) errorf(line, column int, en, fr string, args ...any) {
	p.errs.add(p.name, line, column, en, fr, args...)
}

// add puts a block into the current step. What stands above the first step
// would be seen by nobody, so it is an error, told once.
func (p *parser) add(line int, b Block) {
	if p.step == nil {
		if !p.strays {
			p.errorf(line, 1, "this stands above the first step: begin a step with ## and a title",
				"ceci se trouve avant la première étape : commencez une étape par ## et un titre")
		}
		p.strays = true
		return
	}
	p.step.Blocks = append(p.step.Blocks, b)
}

var (
	heading   = regexp.MustCompile(`^ {0,3}(#{1,2})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	unspaced  = regexp.MustCompile(`^ {0,3}##[^#\s]`)
	mark      = regexp.MustCompile(`^ {0,3}<!--[ \t]*((?:optional|panes)\b.*?)[ \t]*-->[ \t]*$`)
	fence     = regexp.MustCompile("^( {0,3})(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$")
	task      = regexp.MustCompile(`^ {0,3}[-*+] \[(.)\][ \t]+(.*)$`)
	aside     = regexp.MustCompile(`^ {0,3}> ?(hint|note):[ \t]*(.*)$`)
	quoteLine = regexp.MustCompile(`^ {0,3}> ?(.*)$`)
)

// body reads everything below the front matter.
func (p *parser) body() {
	for p.at < len(p.lines) {
		line := p.lines[p.at]
		if m := fence.FindStringSubmatch(line); m != nil && (m[2][0] == '~' || !strings.Contains(m[3], "`")) {
			p.fence(m[2], m[3])
			continue
		}
		p.at++
		switch {
		case heading.MatchString(line):
			p.heading(heading.FindStringSubmatch(line))
		case unspaced.MatchString(line):
			p.errorf(p.at, 1, "## wants a space before the step's title", "## demande une espace avant le titre de l’étape")
		case mark.MatchString(line):
			p.mark(line)
		case task.MatchString(line):
			p.check(line)
		case aside.MatchString(line):
			p.aside(line)
		default:
			p.text(line)
		}
	}
	p.flush()
}

// text collects one line of prose and looks for what must not be in it.
func (p *parser) text(line string) {
	p.collect(p.at, line)
	p.markdown(p.at, line)
}

func (p *parser) collect(number int, line string) {
	if len(p.prose) == 0 {
		if strings.TrimSpace(line) == "" {
			return
		}
		p.first = number
	}
	p.prose = append(p.prose, line)
}

// flush ends the prose that was collected.
func (p *parser) flush() {
	if len(p.prose) > 0 {
		p.add(p.first, Prose{strings.TrimRight(strings.Join(p.prose, "\n"), " \t\n"), p.first})
	}
	p.prose = nil
}

// heading begins a step at ##. A # is the page's title for who reads the file
// elsewhere; the front matter has it already.
func (p *parser) heading(m []string) {
	p.flush()
	level, title := len(m[1]), strings.TrimSpace(m[2])
	if level == 1 {
		if p.step != nil {
			p.errorf(p.at, 1, "a # inside the lesson: steps begin with ##, parts of a step with ###",
				"un # au milieu de la leçon : une étape commence par ##, une partie d’étape par ###")
		}
		return
	}
	if title == "" {
		p.errorf(p.at, 1, "the step has no title", "l’étape n’a pas de titre")
	}
	p.markdown(p.at, p.lines[p.at-1])
	p.module.Steps = append(p.module.Steps, Step{Title: title, Line: p.at})
	p.step = &p.module.Steps[len(p.module.Steps)-1]
}

// panes are the names that a step may ask for: those of the console.
var panes = []string{"network", "attempts", "latency", "log", "counts", "race", "reports", "wire", "metrics"}

// mark reads the comment below a step's title, which no page shows:
// <!-- optional; panes: attempts, log -->.
func (p *parser) mark(line string) {
	p.flush()
	if p.step == nil || len(p.step.Blocks) > 0 {
		p.errorf(p.at, 1, "this mark stands right below the title of its step",
			"cette marque se place juste sous le titre de son étape")
		return
	}
	for part := range strings.SplitSeq(mark.FindStringSubmatch(line)[1], ";") {
		key, list, hasList := strings.Cut(strings.TrimSpace(part), ":")
		switch strings.TrimSpace(key) {
		case "optional":
			if hasList {
				p.errorf(p.at, 1, "optional takes nothing after it", "optional ne prend rien après lui")
			}
			p.step.Optional = true
		case "panes":
			p.panes(line, list)
		default:
			p.errorf(p.at, 1, "unknown mark %s: there is optional, and panes: attempts, log",
				"marque %s inconnue : il y a optional, et panes: attempts, log", quoted(strings.TrimSpace(key)))
		}
	}
}

func (p *parser) panes(line, list string) {
	names := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
	if len(names) == 0 {
		p.errorf(p.at, 1, "panes: names at least one of %s", "panes: en nomme au moins un parmi %s", strings.Join(panes, ", "))
	}
	for _, name := range names {
		if !contains(panes, name) {
			p.errorf(p.at, column(line, strings.Index(line, name)), "unknown pane %s: choose among %s",
				"panneau %s inconnu : choisissez parmi %s", quoted(name), strings.Join(panes, ", "))
			continue
		}
		p.step.Panes = append(p.step.Panes, name)
	}
}

var checkPart = regexp.MustCompile(`\{([a-z]*):([^{}]*(?:\{[^{}]*\}[^{}]*)*)(\})?[ \t]*$`)

// check reads a checklist line: - [ ] text {check: EXPR}.
func (p *parser) check(line string) {
	p.flush()
	m := task.FindStringSubmatchIndex(line)
	if line[m[2]:m[3]] != " " {
		p.errorf(p.at, column(line, m[2]), "a line ticks itself when its check holds: leave [ ] empty",
			"une ligne se coche elle-même quand sa vérification tient : laissez [ ] vide")
		return
	}
	c := Check{Text: strings.TrimSpace(line[m[4]:]), Line: p.at, Lab: -1}
	if part := checkPart.FindStringSubmatchIndex(line); part != nil {
		c.Text = strings.TrimSpace(line[m[4]:max(m[4], part[0])])
		expr := line[part[4]:part[5]]
		trimmed := strings.TrimSpace(expr)
		c.Expr, c.Lab = trimmed, p.lab
		c.Column = column(line, part[4]+strings.Index(expr, trimmed))
		switch {
		case line[part[2]:part[3]] != "check":
			p.errorf(p.at, column(line, part[0]), "unknown part {%s: a checklist line ends with {check: …}",
				"partie {%s inconnue : une ligne de liste finit par {check: …}", line[part[2]:part[3]])
			return
		case part[6] < 0:
			p.errorf(p.at, column(line, part[0]), "{check: … is not closed: end it with }",
				"{check: … n’est pas fermé : terminez par }")
			return
		case trimmed == "":
			p.errorf(p.at, column(line, part[0]), "{check: } holds no expression: write {check: A.copies == 1}",
				"{check: } ne contient pas d’expression : écrivez {check: A.copies == 1}")
			return
		case p.lab < 0:
			p.errorf(p.at, column(line, part[0]), "this check has no lab above it, so nothing to look at. Put it below its lab",
				"cette vérification n’a pas de lab au-dessus d’elle, donc rien à examiner. Placez-la sous son lab")
			return
		}
	}
	if c.Text == "" {
		p.errorf(p.at, column(line, m[4]), "the line says nothing before its check", "la ligne ne dit rien avant sa vérification")
		return
	}
	p.markdown(p.at, strings.Replace(line[:m[4]], "[", " ", 1)+c.Text)
	p.add(p.at, c)
}

// aside reads a > hint: or > note: block to the end of its quote.
func (p *parser) aside(line string) {
	p.flush()
	first := p.at
	m := aside.FindStringSubmatch(line)
	p.markdown(first, line)
	body := []string{m[2]}
	for p.at < len(p.lines) {
		next := p.lines[p.at]
		q := quoteLine.FindStringSubmatch(next)
		if q == nil || aside.MatchString(next) {
			break
		}
		p.at++
		p.markdown(p.at, next)
		body = append(body, q[1])
	}
	text := strings.TrimSpace(strings.Join(body, "\n"))
	switch {
	case text == "":
		p.errorf(first, 1, "the %s is empty", "le bloc %s est vide", m[1])
	case m[1] == "hint":
		p.add(first, Hint{text, first})
	default:
		p.add(first, Note{text, first})
	}
}

// finish looks at the module as a whole.
func (p *parser) finish() {
	if len(p.module.Steps) == 0 && !p.strays {
		p.errorf(min(p.at+1, len(p.lines)), 1, "the lesson has no step: begin one with ## and a title",
			"la leçon n’a aucune étape : commencez-en une par ## et un titre")
	}
	for i := range p.module.Steps {
		s := &p.module.Steps[i]
		if len(s.Blocks) == 0 && len(p.errs) == 0 {
			p.errorf(s.Line, 1, "the step is empty", "l’étape est vide")
		}
		for _, b := range s.Blocks {
			if q, is := b.(Predict); is && q.Lab > p.lab {
				p.errorf(q.Line, 1, "no lab below answers this prediction",
					"aucun lab au-dessous ne répond à cette prédiction")
			}
		}
	}
}

// column turns a byte offset in a line into a column.
func column(line string, offset int) int {
	return utf8.RuneCountInString(line[:max(0, min(offset, len(line)))]) + 1
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}
