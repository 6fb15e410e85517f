package lab

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// sentence is a line cut into words; what they mean is each command's own.
type sentence struct {
	Words []*word `parser:"@@*"`
}

// word is name=value, or something that stands alone.
type word struct {
	Pos, EndPos lexer.Position

	Name  string   `parser:"  @Name"` // with its =
	Value *literal `parser:"  ( @@ | Gap )?"`
	Alone *literal `parser:"| @@"`
}

// literal is a text as it was written.
type literal struct {
	Pos lexer.Position

	Quoted   string `parser:"  @Quoted"`
	Unclosed string `parser:"| @Unclosed"`
	Foreign  string `parser:"| @Foreign"`
	Amp      string `parser:"| @Amp"`
	Bare     string `parser:"| @Bare"`
}

const (
	gap     = `[\s\p{Z}]+`
	quoted  = `"(?:\\.|[^"\\])*"`
	foreign = "[“”„‟«»‹›‘’‚‛'`´].*" // quotes of typography and of shells
	bare    = `[^\s\p{Z}"&]+`
)

var definition = lexer.MustStateful(lexer.Rules{
	"Root": {
		{Name: "space", Pattern: gap}, // lower case: left out
		{Name: "comment", Pattern: `#.*`},
		{Name: "Quoted", Pattern: quoted},
		{Name: "Unclosed", Pattern: `".*`},
		{Name: "Foreign", Pattern: foreign},
		{Name: "Name", Pattern: `[\p{L}_][\p{L}\p{N}_.-]*=`, Action: lexer.Push("Value")},
		{Name: "Amp", Pattern: `&+`},
		{Name: "Bare", Pattern: bare},
	},
	"Value": { // right after name=
		{Name: "Gap", Pattern: gap, Action: lexer.Pop()},
		{Name: "Quoted", Pattern: quoted, Action: lexer.Pop()},
		{Name: "Unclosed", Pattern: `".*`, Action: lexer.Pop()},
		{Name: "Foreign", Pattern: foreign, Action: lexer.Pop()},
		{Name: "Bare", Pattern: bare, Action: lexer.Pop()},
		lexer.Return(),
	},
})

var grammar = participle.MustBuild[sentence](participle.Lexer(definition))

// MaxWords is how many words and signs a line may have.
const MaxWords = 300

var errTooManyWords = errors.New("too many words")

// few stops a lexer that finds more tokens than a line may have.
type few struct {
	lexer.Lexer
	left int
	last lexer.Position
}

func (f *few) Next() (lexer.Token, error) {
	t, err := f.Lexer.Next()
	if f.last = t.Pos; f.left == 0 && err == nil && !t.EOF() {
		return t, errTooManyWords
	}
	f.left--
	return t, err
}

// cut cuts a line into words. On errTooManyWords the position is where they
// became too many.
func cut(line string) (*sentence, lexer.Position, error) {
	l, err := definition.LexString("", line)
	if err != nil {
		return nil, lexer.Position{}, err
	}
	f := &few{Lexer: l, left: MaxWords}
	tokens, err := lexer.Upgrade(f)
	if err != nil {
		return nil, f.last, err
	}
	s, err := grammar.ParseFromLexer(tokens)
	return s, f.last, err
}

// name of a setting, without its =.
func (w *word) name() string { return strings.TrimSuffix(w.Name, "=") }

// bare is the text of a word that stands alone and is not quoted.
func (w *word) bare() string {
	if w.Alone == nil {
		return ""
	}
	return w.Alone.Bare
}

// raw is a word as it was written.
func (w *word) raw() string {
	if w.Alone != nil {
		return w.Alone.raw()
	}
	if w.Value != nil {
		return w.Name + w.Value.raw()
	}
	return w.Name
}

// end is the offset behind the word.
func (w *word) end() int { return w.Pos.Offset + len(w.raw()) }

func (w *word) len() int { return utf8.RuneCountInString(w.raw()) }

func (l *literal) raw() string { return l.Quoted + l.Unclosed + l.Foreign + l.Amp + l.Bare }

func (l *literal) len() int { return utf8.RuneCountInString(l.raw()) }

// text is what a literal means. A wrong escape is told by its place in the raw
// text, in characters from 0; -1 says that there is none.
func (l *literal) text() (text string, wrongEscape int) {
	if l.Quoted == "" {
		return l.Bare, -1
	}
	var b strings.Builder
	at, escaped := 0, false
	for _, r := range l.Quoted[1 : len(l.Quoted)-1] {
		at++
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped || r == '"' || r == '\\':
			b.WriteRune(r)
		case r == 'n':
			b.WriteByte('\n')
		case r == 't':
			b.WriteByte('\t')
		default:
			return "", at - 1
		}
		escaped = false
	}
	return b.String(), -1
}

// quote writes a text so that it reads back as one quoted word.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}
