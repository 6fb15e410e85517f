package check

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"atelier/lessons/check/amount"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// Expression is a compiled condition over the ledger. It is immutable: any
// goroutine may evaluate it.
type Expression struct {
	text     string
	mentions []Mention
	program  *vm.Program
}

// Mention is a value where an expression names it.
type Mention struct {
	Value
	Column, Len int // in characters, from 1
}

// Compile reads an expression. Its error is an *Error: the first thing that is
// wrong, with its column in src.
func Compile(src string) (*Expression, error) {
	if n := utf8.RuneCountInString(src); n > MaxLength {
		return nil, wrong(MaxLength+1, n-MaxLength, "the expression is too long: at most %d characters. Split it into several lines",
			"l’expression est trop longue : %d caractères au plus. Coupez-la en plusieurs lignes", MaxLength)
	}
	tokens, err := scan(src)
	if err != nil {
		return nil, err
	}
	if len(tokens) == 0 {
		return nil, wrong(1, 1, "the expression is missing: write for instance A.duplicates > 0", "il manque l’expression : écrivez par exemple A.duplicates > 0")
	}
	if err := arrange(tokens); err != nil {
		return nil, err
	}
	e := &Expression{text: strings.TrimFunc(src, unicode.IsSpace)}
	s := newSource(tokens, e)
	tree, err := parser.Parse(s.text)
	if err != nil {
		return nil, unreadable(err)
	}
	if err := s.check(tree.Node); err != nil {
		return nil, err
	}
	if e.program, err = expr.Compile(s.text, options...); err != nil {
		return nil, unreadable(err)
	}
	return e, nil
}

// unreadable is the net under arrange and sorter: expr refused what they let pass.
func unreadable(err error) error {
	return wrong(1, 1, "the expression cannot be read: %v", "l’expression est illisible : %v", err)
}

// String returns the expression as written.
func (e *Expression) String() string { return e.text }

// Mentions lists every value where it is named, in order.
func (e *Expression) Mentions() []Mention { return slices.Clone(e.mentions) }

// Names lists the values that the expression reads, each once, in order.
func (e *Expression) Names() []Value {
	var names []Value
	for _, m := range e.mentions {
		if !slices.Contains(names, m.Value) {
			names = append(names, m.Value)
		}
	}
	return names
}

// Labels lists the labels that the expression reads, each once, in order.
func (e *Expression) Labels() []string {
	var labels []string
	for _, m := range e.mentions {
		if m.Label != "" && !slices.Contains(labels, m.Label) {
			labels = append(labels, m.Label)
		}
	}
	return labels
}

// NeedsAudit says whether the expression reads a verdict, which only the log
// can give.
func (e *Expression) NeedsAudit() bool {
	return slices.ContainsFunc(e.mentions, func(m Mention) bool { return IsVerdict(m.Name) })
}

// source is an expression as expr reads it: the values are calls, the amounts
// plain floats, and each place leads back to the token that was written there.
type source struct {
	text   string
	tokens []token
	from   []int // where in text each token begins; the text is ASCII
}

func newSource(tokens []token, e *Expression) *source {
	s := &source{tokens: tokens}
	var b strings.Builder
	for _, t := range tokens {
		s.from = append(s.from, b.Len())
		switch t.kind {
		case number:
			text := amount.FormatNumber(t.amount)
			if !strings.Contains(text, ".") {
				text += ".0" // all floats: counts never wrap around
			}
			b.WriteString(text)
		case value:
			call := "number"
			if q, _ := quantityOf(t.value.Name); q.sort.truth {
				call = "truth"
			}
			b.WriteString(call + "(" + strconv.Itoa(len(e.mentions)) + ")")
			e.mentions = append(e.mentions, Mention{Value: t.value, Column: t.column, Len: t.len()})
		default:
			b.WriteString(t.text)
		}
		b.WriteByte(' ')
	}
	s.text = b.String()
	return s
}

// at finds the token that a node was read from.
func (s *source) at(n ast.Node) token {
	i, found := slices.BinarySearch(s.from, n.Location().From)
	if !found {
		i--
	}
	return s.tokens[max(0, i)]
}

func (s *source) check(root ast.Node) error {
	result, err := sorter{s}.of(root)
	if err == nil && !result.truth {
		first, last := s.tokens[0], s.tokens[len(s.tokens)-1]
		return wrong(first.column, last.column+last.len()-first.column,
			"this is a number, not true or false: compare it, as in %s > 0",
			"c’est un nombre, pas vrai ou faux : comparez-le, comme %s > 0", first.text)
	}
	return err
}
