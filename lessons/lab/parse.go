package lab

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/lessons/check/spell"
)

// Option changes how Parse reads.
type Option func(*parser)

// Known is for a source that continues an earlier one, as each line of the
// console's prompt does: these labels were sent before it. What was audited,
// and which toxics there are, is then not known before the run.
func Known(labels ...string) Option {
	return func(p *parser) {
		p.scope.continues = true
		for _, l := range labels {
			p.scope.sent(l, 0)
			delete(p.scope.unread, l)
		}
		delete(p.scope.unread, "")
	}
}

// Parse reads and validates a whole script, before anything of it runs. The
// error is an Errors: everything that is wrong, each with its place.
func Parse(name string, src []byte, opts ...Option) (*Script, error) {
	text, wrong := lines(name, src)
	if wrong != nil {
		return nil, Errors{wrong}
	}
	p := &parser{file: name, scope: newScope()}
	for _, o := range opts {
		o(p)
	}
	script := &Script{Name: name}
	for i, line := range text {
		p.number, p.line = i+1, line
		if l, ok := p.read(); ok {
			script.Lines = append(script.Lines, l)
		}
		if len(p.errors)+len(p.scope.unknown) > enough {
			break
		}
	}
	p.settleLabels()
	if len(p.errors) == 0 && len(script.Lines) == 0 {
		p.errors = append(p.errors, whole(name, "there is nothing to run: write at least one command, as in send 1 plain",
			"il n’y a rien à exécuter : écrivez au moins une commande, comme send 1 plain"))
	}
	if len(p.errors) > 0 {
		return nil, p.errors.told()
	}
	return script, nil
}

// After so many errors nothing more is read: this is no script.
const enough = 500

// parser reads one line after the other.
type parser struct {
	file   string
	number int    // of the line
	line   string // as written
	errors Errors
	scope  scope
}

func (p *parser) complain(column, length int, en, fr string, args ...any) {
	p.errors = append(p.errors, &Error{
		Pos:  Pos{File: p.file, Line: p.number, Column: column},
		Len:  max(1, length),
		Text: words.Textf(en, fr, args...),
	})
}

// read reads the current line; false says that it holds no command, or an error.
func (p *parser) read() (Line, bool) {
	text := strings.TrimFunc(p.line, isSpace)
	if text == "" || text[0] == '#' {
		return Line{}, false
	}
	start := strings.Index(p.line, text)
	l := Line{Pos: Pos{File: p.file, Line: p.number, Column: 1 + utf8.RuneCountInString(p.line[:start])}, Text: text}
	before := len(p.errors)
	if len(p.line) > MaxLineBytes {
		p.complain(1, 1, "the line is longer than 64 KB: for a large value write size=, as in size=10KB",
			"la ligne dépasse 64 Ko : pour une grande valeur, écrivez size=, comme size=10KB")
		return l, false
	}
	if column, r, found := control(p.line); found {
		p.complain(column, 1, "control character %U: delete it; within quotes a new line is \\n", "caractère de contrôle %U : supprimez-le ; entre guillemets, un saut de ligne est \\n", r)
		return l, false
	}
	l.Command, l.Background = p.command(start)
	if len(p.errors) > before || l.Command == nil {
		p.scope.salvage(text, p.number)
		return l, false
	}
	return l, true
}

// command reads what stands on the line from an offset on.
func (p *parser) command(start int) (Command, bool) {
	if c, background, ok := p.condition(start); ok {
		return c, background
	}
	s, at, err := cut(p.line)
	if errors.Is(err, errTooManyWords) {
		p.complain(at.Column, 1, "the line has more than %d words: split it into several lines", "la ligne a plus de %d mots : coupez-la en plusieurs lignes", MaxWords)
		return nil, false
	}
	if err != nil { // the lexer takes every text: a bug, told as well as can be
		p.complain(1, utf8.RuneCountInString(p.line), "the line cannot be read: %v", "la ligne est illisible : %v", err)
		return nil, false
	}
	if !p.wellFormed(s.Words) {
		return nil, false
	}
	list := s.Words
	last := list[len(list)-1]
	background := isAmpersand(last)
	if background {
		list = list[:len(list)-1]
	}
	c := p.interpret(list)
	if background {
		p.background(list[0], last.Pos.Column)
	}
	return c, background
}

// wellFormed complains about quotes and ampersands that are out of place.
func (p *parser) wellFormed(list []*word) bool {
	before := len(p.errors)
	for i, w := range list {
		for _, l := range []*literal{w.Alone, w.Value} {
			if l != nil {
				p.literal(l)
			}
		}
		isAmp := isAmpersand(w)
		switch {
		case isAmp && len(w.Alone.Amp) > 1:
			p.complain(w.Pos.Column, w.len(), "unexpected %s: one & at the end of the line runs it in the background", "%s inattendu : un seul & en fin de ligne l’exécute en arrière-plan", w.Alone.Amp)
		case isAmp && (i == 0 || i < len(list)-1):
			p.complain(w.Pos.Column, 1, "& belongs at the end of the line, after a command: within a value, put the value in double quotes",
				"& se place en fin de ligne, après une commande : dans une valeur, mettez la valeur entre guillemets droits")
		case !isAmp && i > 0 && list[i-1].end() == w.Pos.Offset && !isAmpersand(list[i-1]):
			p.complain(w.Pos.Column, w.len(), "a space is missing before %s, or the quotes do not enclose the whole text", "il manque une espace avant %s, ou les guillemets n’entourent pas tout le texte", spell.Quote(w.raw()))
		}
	}
	return len(p.errors) == before
}

func isAmpersand(w *word) bool { return w.Alone != nil && w.Alone.Amp != "" }

func (p *parser) literal(l *literal) {
	switch {
	case l.Unclosed != "":
		p.complain(l.Pos.Column, l.len(), "the quotes are never closed: end the text with \"", "les guillemets ne sont jamais fermés : terminez le texte par \"")
	case l.Foreign != "":
		r, _ := utf8.DecodeRuneInString(l.Foreign)
		p.complain(l.Pos.Column, 1, "%c is not a quote of this language: put texts between straight double quotes, \"like this\"",
			"%c n’est pas un guillemet de ce langage : mettez les textes entre guillemets droits, \"comme ceci\"", r)
	}
}

// interpret reads a command whose words are in order.
func (p *parser) interpret(list []*word) Command {
	verb := list[0]
	i := slices.IndexFunc(commands(), func(c form) bool { return c.name == verb.bare() })
	if i < 0 {
		p.unknownCommand(verb)
		return nil
	}
	return commands()[i].read(newArgs(p, list))
}

func (p *parser) unknownCommand(verb *word) {
	text := verb.bare()
	if text == "" {
		p.complain(verb.Pos.Column, verb.len(), "a line begins with a command, not with %s: %s", "une ligne commence par une commande, pas par %s : %s",
			spell.Quote(verb.raw()), spell.List(commandNames()))
		return
	}
	hint := spell.Hint(text, commandNames())
	p.complain(verb.Pos.Column, verb.len(), "unknown command %s%s", "commande %s inconnue%s", spell.Quote(text), hint)
}

// background complains about an & where it makes no sense.
func (p *parser) background(verb *word, column int) {
	for _, c := range commands() {
		if c.name == verb.bare() && c.foreground.En != "" {
			p.complain(column, 1, "%s cannot run in the background: %s. Leave out the &", "%s ne peut pas tourner en arrière-plan : %s. Retirez le &", c.name, c.foreground)
		}
	}
}
