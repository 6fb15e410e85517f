package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"atelier/lessons/check/amount"
	"atelier/lessons/check/spell"
)

// The bounds of an expression, which keep every evaluation quick.
const (
	MaxLength = 1000 // characters
	maxTokens = 200
	maxDepth  = 30 // of parentheses, and of signs in a row
)

type tokenKind uint8

const (
	number tokenKind = iota
	truth            // true, false
	value            // A.duplicates, sent
	infix            // == != < <= > >= + - * / % and or && ||
	prefix           // not !
	open
	shut
)

// token is one word of an expression.
type token struct {
	kind   tokenKind
	text   string // as written
	column int
	amount float64 // of a number
	unit   amount.Kind
	value  Value
}

func (t token) len() int { return utf8.RuneCountInString(t.text) }

var (
	space    = regexp.MustCompile(`^[\s\p{Z}\x{85}]+`)
	digits   = regexp.MustCompile(`^(?:[0-9][0-9.]*)(?:/s\b|[\pL\pN_]+)?`)
	comma    = regexp.MustCompile(`^[0-9]+,[0-9]+[\pL]*`)
	name     = regexp.MustCompile(`^[\pL_][\pL\pN_]*`)
	operator = regexp.MustCompile(`^(?:==|!=|<=|>=|&&|\|\||[-+*/%<>!()])`)
)

// scan cuts an expression into tokens, and refuses whatever is not part of the
// language with a word on what to write instead.
func scan(src string) ([]token, error) {
	var tokens []token
	column := 1
	for rest := src; rest != ""; {
		if s := space.FindString(rest); s != "" {
			rest, column = rest[len(s):], column+utf8.RuneCountInString(s)
			continue
		}
		t, err := next(rest, column)
		if err != nil {
			return nil, err
		}
		if tokens = append(tokens, t); len(tokens) > maxTokens {
			return nil, wrong(column, t.len(), "the expression is too long: split it into several lines of at most %d words and signs",
				"l’expression est trop longue : coupez-la en plusieurs lignes d’au plus %d mots et signes", maxTokens)
		}
		rest, column = rest[len(t.text):], column+t.len()
	}
	return tokens, nil
}

func next(rest string, column int) (token, error) {
	t := token{column: column}
	if text := comma.FindString(rest); text != "" {
		return t, wrong(column, len(text), "%s has a comma: write the decimals after a point, as in 1.5s",
			"%s a une virgule : écrivez les décimales après un point, comme 1.5s", spell.Quote(text))
	}
	if t.text = digits.FindString(rest); t.text != "" {
		if strings.HasSuffix(t.text, "/s") && strings.HasPrefix(rest[len(t.text):], ".") {
			t.text = strings.TrimSuffix(t.text, "/s") // 100/s.sent divides by a value of the label s
		}
		return literal(t)
	}
	if t.text = name.FindString(rest); t.text != "" {
		return word(t, rest)
	}
	if t.text = operator.FindString(rest); t.text != "" {
		switch t.text {
		case "(":
			t.kind = open
		case ")":
			t.kind = shut
		case "!":
			t.kind = prefix
		default:
			t.kind = infix
		}
		return t, nil
	}
	return t, foreignSign(rest, column)
}

func literal(t token) (token, error) {
	var err error
	t.kind = number
	if t.amount, t.unit, err = amount.Parse(t.text); err != nil {
		return t, wrong(t.column, t.len(), "%s", "%s", err)
	}
	return t, nil
}

// word reads a keyword, a value of the run, or a label with its value.
func word(t token, rest string) (token, error) {
	switch t.text {
	case "and", "or":
		t.kind = infix
		return t, nil
	case "not":
		t.kind = prefix
		return t, nil
	case "true", "false":
		t.kind = truth
		return t, nil
	}
	after := rest[len(t.text):]
	if !strings.HasPrefix(after, ".") {
		t.kind, t.value = value, Value{Name: t.text}
		if !IsValue(t.text) {
			return t, unknownWord(t, after)
		}
		return t, nil
	}
	label := t
	at := t.column + t.len() + 1
	field := name.FindString(after[1:])
	switch {
	case IsKeyword(label.text) || IsValue(label.text):
		return t, wrong(t.column, t.len(), "%s cannot be a label: expressions use that word. Name the batch otherwise, as in `as A`",
			"%s ne peut pas être une étiquette : les expressions emploient ce mot. Nommez l’envoi autrement, comme `as A`", t.text)
	case field == "":
		return t, wrong(at, 1, "a value is missing after %s.: write for instance %[1]s.duplicates or %[1]s.acked",
			"il manque une valeur après %s. : écrivez par exemple %[1]s.duplicates ou %[1]s.acked", label.text)
	case !IsValue(field):
		return t, wrong(at, utf8.RuneCountInString(field), "unknown value %s%s", "valeur %s inconnue%s", spell.Quote(field), spell.Hint(field, ValueNames()))
	case IsAlone(field):
		return t, wrong(t.column, t.len()+1+utf8.RuneCountInString(field), "%[1]s is a value of the whole run, and of no label: write %[1]s alone",
			"%[1]s est une valeur de tout l’essai, et d’aucune étiquette : écrivez %[1]s seul", field)
	}
	t.kind, t.text, t.value = value, label.text+"."+field, Value{Label: label.text, Name: field}
	if strings.HasPrefix(after[1+len(field):], ".") {
		return t, wrong(t.column+t.len(), 1, "%s has no parts: nothing can follow it but a sign or a word such as `and`",
			"%s n’a pas de parties : seul un signe ou un mot comme `and` peut suivre", t.text)
	}
	return t, nil
}

func unknownWord(t token, after string) error {
	q := spell.Quote(t.text)
	switch {
	case strings.HasPrefix(strings.TrimLeftFunc(after, unicode.IsSpace), "("):
		return wrong(t.column, t.len(), "%s is not a function: expressions have none. Compare values, as in `A.duplicates > 0`",
			"%s n’est pas une fonction : les expressions n’en ont pas. Comparez des valeurs, comme `A.duplicates > 0`", q)
	case IsKeyword(t.text):
		return wrong(t.column, t.len(), "%s is not part of expressions: use == != < <= > >= + - * / %% and or not",
			"%s ne fait pas partie des expressions : employez == != < <= > >= + - * / %% and or not", q)
	}
	if close := spell.Closest(t.text, append(ValueNames(), keywords...)); close != "" {
		return wrong(t.column, t.len(), "unknown value %s: did you mean %s?", "valeur %s inconnue : vouliez-vous dire %s ?", q, close)
	}
	return wrong(t.column, t.len(),
		"unknown value %[1]s: a label is followed by a value, as in %[2]s.acked; alone stand values of the whole run: %[3]s",
		"valeur %[1]s inconnue : une étiquette est suivie d’une valeur, comme %[2]s.acked ; seules, les valeurs de tout l’essai : %[3]s",
		q, short(t.text), spell.List(ValueNames()))
}

func short(label string) string {
	if utf8.RuneCountInString(label) > 12 {
		return "A"
	}
	return label
}
