package course

import (
	"fmt"
	"regexp"
	"strings"
)

// Compare says whether two modules are the same lesson in two languages: the
// same steps with the same kinds of blocks, the same lab lines but for what
// `say` says, the same checks, the same right answers. The error is an Errors,
// placed in b.
func Compare(a, b *Module) error {
	c := &comparison{a: a, b: b}
	if a.Number != b.Number {
		c.errorf(1, "module %d is module %d in %s", "le module %d est le module %d dans %s", b.Number, a.Number, a.Name)
	}
	if a.Minutes != b.Minutes {
		c.errorf(1, "minutes: %d here, %d in %s", "minutes : %d ici, %d dans %s", b.Minutes, a.Minutes, a.Name)
	}
	if len(a.Objectives) != len(b.Objectives) || len(a.Needs) != len(b.Needs) {
		c.errorf(1, "not as many objectives or needs as in %s", "pas autant d’objectifs ou de prérequis que dans %s", a.Name)
	}
	if len(a.Steps) != len(b.Steps) {
		c.errorf(1, "%d steps here, %d in %s", "%d étapes ici, %d dans %s", len(b.Steps), len(a.Steps), a.Name)
	}
	for i := range min(len(a.Steps), len(b.Steps)) {
		c.step(&a.Steps[i], &b.Steps[i])
	}
	if len(c.errs) > 0 {
		return c.errs
	}
	return nil
}

type comparison struct {
	a, b *Module
	errs Errors
}

func (c *comparison) errorf(line int, en, fr string, args ...any) {
	c.errs.add(c.b.Name, line, 1, en, fr, args...)
}

func (c *comparison) step(a, b *Step) {
	if a.Optional != b.Optional || strings.Join(a.Panes, " ") != strings.Join(b.Panes, " ") {
		c.errorf(b.Line, "the marks of this step differ from those in %s:%d",
			"les marques de cette étape diffèrent de celles de %s:%d", c.a.Name, a.Line)
	}
	if len(a.Blocks) != len(b.Blocks) {
		c.errorf(b.Line, "%d blocks in this step, %d in %s:%d",
			"%d blocs dans cette étape, %d dans %s:%d", len(b.Blocks), len(a.Blocks), c.a.Name, a.Line)
		return
	}
	for i := range a.Blocks {
		if ka, kb := kind(a.Blocks[i]), kind(b.Blocks[i]); ka != kb {
			c.errorf(b.Line, "block %d of this step is a %s, in %s a %s",
				"le bloc %d de cette étape est un %s, dans %s un %s", i+1, kb, c.a.Name, ka)
			return
		}
		c.block(a.Blocks[i], b.Blocks[i])
	}
}

// kind names a block's type, as in prose, lab, check.
func kind(b Block) string {
	return strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", b), "course."))
}

func (c *comparison) block(a, b Block) {
	switch a := a.(type) {
	case Lab:
		c.lab(a, b.(Lab))
	case Check:
		if b := b.(Check); a.Expr != b.Expr {
			c.errorf(b.Line, "check %q, in %s:%d %q", "vérification %q, dans %s:%d %q", b.Expr, c.a.Name, a.Line, a.Expr)
		}
	case Predict:
		b := b.(Predict)
		if a.Value != b.Value {
			c.errorf(b.Line, "value %q, in %s:%d %q", "valeur %q, dans %s:%d %q", b.Value, c.a.Name, a.Line, a.Value)
		}
		c.choices(b.Line, a.Choices, b.Choices, a.Value != "")
	case Quiz:
		c.choices(b.(Quiz).Line, a.Choices, b.(Quiz).Choices, false)
	}
}

func (c *comparison) choices(line int, a, b []Choice, numbers bool) {
	same := len(a) == len(b)
	for i := range min(len(a), len(b)) {
		same = same && a[i].Right == b[i].Right && (!numbers || a[i].Text == b[i].Text)
	}
	if !same {
		c.errorf(line, "the choices are not those in %s, in the same order", "les choix ne sont pas ceux de %s, dans le même ordre", c.a.Name)
	}
}

var say = regexp.MustCompile(`^(\s*(?:after\s+\S+\s+)?say)\s.*$`)

func (c *comparison) lab(a, b Lab) {
	as, bs := strings.Split(a.Source, "\n"), strings.Split(b.Source, "\n")
	if len(as) != len(bs) || a.Continue != b.Continue || a.Needs != b.Needs || a.Recording != b.Recording {
		c.errorf(b.Line, "the lab has not the lines, or not the first line, of %s:%d", "le lab n’a pas les lignes, ou pas la première ligne, de %s:%d", c.a.Name, a.Line)
		return
	}
	for i := range as {
		if say.ReplaceAllString(as[i], "$1") != say.ReplaceAllString(bs[i], "$1") {
			c.errorf(b.Line+i, "%q, in %s:%d %q: only the text of say may differ",
				"%q, dans %s:%d %q : seul le texte de say peut différer", bs[i], c.a.Name, a.Line+i, as[i])
		}
	}
}
