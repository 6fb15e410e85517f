package lab

import (
	"errors"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/lessons/check"
	"atelier/lessons/check/amount"
	"atelier/lessons/check/spell"
)

// The bounds of waiting.
const (
	DefaultTimeout = 30 * time.Second
	MaxWait        = 24 * time.Hour
)

// conditional is a line whose rest is an expression.
var conditional = regexp.MustCompile(`^(expect|wait[\s\p{Z}]+until)(?:[\s\p{Z}]+(.*))?$`)

// condition reads `expect EXPR` and `wait until EXPR [timeout=DUR]`; ok is
// false where the line is neither.
func (p *parser) condition(start int) (c Command, background, ok bool) {
	m := conditional.FindStringSubmatchIndex(p.line[start:])
	if m == nil {
		return nil, false, false
	}
	rest, from := "", len(p.line)
	if m[4] >= 0 {
		from = start + m[4]
		rest, _, _ = strings.Cut(p.line[from:], "#") // no expression has one
	}
	rest = strings.TrimRightFunc(rest, isSpace)
	if strings.HasSuffix(rest, "&") && !strings.HasSuffix(rest, "&&") {
		rest, background = strings.TrimRightFunc(rest[:len(rest)-1], isSpace), true
	}
	if strings.HasPrefix(p.line[start:], "expect") {
		if background {
			p.complain(p.column(from+len(rest)+strings.IndexByte(p.line[from+len(rest):], '&')), 1,
				"expect cannot run in the background: what follows must not run where it does not hold. Leave out the &",
				"expect ne peut pas tourner en arrière-plan : la suite ne doit pas s’exécuter s’il n’est pas vérifié. Retirez le &")
		}
		if e := p.compile(rest, from, start, false); e != nil {
			c = &Expect{Condition: e}
		}
		return c, background, true
	}
	w := &WaitUntil{Timeout: DefaultTimeout}
	rest = p.timeout(rest, from, w)
	if w.Condition = p.compile(rest, from, start, true); w.Condition == nil {
		return nil, background, true
	}
	return w, background, true
}

// column counts the characters before an offset of the line, from 1.
func (p *parser) column(offset int) int { return 1 + utf8.RuneCountInString(p.line[:offset]) }

// compile reads an expression that begins at an offset of the line.
func (p *parser) compile(src string, from, start int, live bool) *check.Expression {
	if src == "" {
		p.complain(p.column(start), len("expect"), "the condition is missing: write for instance expect A.duplicates > 0, or wait until A.done",
			"il manque la condition : écrivez par exemple expect A.duplicates > 0, ou wait until A.done")
		return nil
	}
	e, err := check.Compile(src)
	var wrong *check.Error
	if errors.As(err, &wrong) {
		column := p.column(from) + wrong.Column - 1
		if live && timeoutInside.MatchString(src) {
			p.complain(column, wrong.Len, "timeout= belongs at the end, without spaces, as in wait until A.done timeout=30s",
				"timeout= se place à la fin, sans espaces, comme wait until A.done timeout=30s")
			return nil
		}
		p.complain(column, wrong.Len, "%s", "%s", wrong.Text)
		return nil
	}
	p.reads(e, p.column(from), live)
	return e
}

var (
	trailing      = regexp.MustCompile(`(?:^|[\s\p{Z}])([\p{L}_]+)=([^=\s\p{Z}][^\s\p{Z}]*|)$`)
	timeoutInside = regexp.MustCompile(`\btimeout\b`)
)

// timeout takes the trailing timeout=DUR off a condition.
func (p *parser) timeout(rest string, from int, w *WaitUntil) string {
	m := trailing.FindStringSubmatchIndex(rest)
	if m == nil || check.IsValue(rest[m[2]:m[3]]) { // sent=5 is a comparison gone wrong
		return rest
	}
	name, value := rest[m[2]:m[3]], rest[m[4]:m[5]]
	if name != "timeout" {
		p.complain(p.column(from+m[2]), utf8.RuneCountInString(name), "unknown setting %s of wait until%s", "réglage %s inconnu de wait until%s",
			spell.Quote(name), settingHint(name, []string{"timeout"}))
		return strings.TrimRightFunc(rest[:m[2]], isSpace)
	}
	d, err := waiting(value, time.Nanosecond)
	if err != nil {
		p.complain(p.column(from+m[4]), utf8.RuneCountInString(value), "timeout: %s", "timeout : %s", err)
	}
	w.Timeout = d
	return strings.TrimRightFunc(rest[:m[2]], isSpace)
}

// waiting reads a duration within bounds.
func waiting(text string, least time.Duration) (time.Duration, error) {
	d, err := amount.Duration(text)
	switch {
	case err != nil:
		return 0, err
	case d < least:
		return 0, words.Errorf("%s is no time at all: write for instance 30s", "%s n’est pas une attente : écrivez par exemple 30s", spell.Quote(text))
	case d > MaxWait:
		return 0, words.Errorf("%s is too long: at most %s", "%s est trop long : %s au plus", spell.Quote(text), "24h")
	}
	return d, nil
}

// wait reads `wait DUR`.
func wait(a *args) Command {
	w := a.next()
	if w == nil {
		a.missing("wait for how long? Write wait 500ms, or wait until A.done", "attendre combien de temps ? Écrivez wait 500ms, ou wait until A.done")
		return nil
	}
	defer a.take()
	d, err := waiting(w.raw(), 0)
	switch {
	case w.bare() == "until":
		a.at(w, "the condition is missing: write for instance wait until A.done timeout=30s", "il manque la condition : écrivez par exemple wait until A.done timeout=30s")
	case err != nil && spell.Closest(w.bare(), []string{"until"}) != "":
		a.at(w, "unknown word %s: did you mean until?", "mot %s inconnu : vouliez-vous dire until ?", spell.Quote(w.bare()))
		a.alone = nil
	case err != nil:
		a.at(w, "wait: %s", "wait : %s", err)
	}
	return &Wait{For: d}
}

// expect without a condition: with one it never comes here.
func expect(a *args) Command {
	a.missing("the condition is missing: write for instance expect A.duplicates > 0", "il manque la condition : écrivez par exemple expect A.duplicates > 0")
	return nil
}
