package check

import (
	"fmt"

	"atelier/lessons/check/amount"

	"github.com/expr-lang/expr/ast"
)

// sorter checks that an expression compares like with like, so that the
// learner hears of it in the lab's words and not in expr's.
type sorter struct{ source *source }

func (s sorter) of(n ast.Node) (sort, error) {
	switch n := n.(type) {
	case *ast.FloatNode:
		return sort{unit: s.source.at(n).unit}, nil
	case *ast.BoolNode:
		return sort{truth: true}, nil
	case *ast.CallNode:
		q, _ := quantityOf(s.source.at(n).value.Name)
		return q.sort, nil
	case *ast.UnaryNode:
		return s.unary(n)
	case *ast.BinaryNode:
		return s.binary(n)
	}
	return sort{}, fmt.Errorf("unexpected %T", n) // arrange let something through: a bug
}

func (s sorter) unary(n *ast.UnaryNode) (sort, error) {
	in, err := s.of(n.Node)
	if err != nil {
		return sort{}, err
	}
	t := s.source.at(n)
	wantTruth := n.Operator == "not" || n.Operator == "!"
	switch {
	case wantTruth && !in.truth:
		return sort{}, wrong(t.column, t.len(), "%[1]s needs true or false after it, not a number: write %[1]s (A.lost == 0), with parentheses",
			"%[1]s demande vrai ou faux, pas un nombre : écrivez %[1]s (A.lost == 0), avec des parenthèses", t.text)
	case !wantTruth && in.truth:
		return sort{}, wrong(t.column, t.len(), "%s needs a number after it, not true or false", "%s demande un nombre, pas vrai ou faux", t.text)
	}
	return in, nil
}

func (s sorter) binary(n *ast.BinaryNode) (sort, error) {
	left, err := s.of(n.Left)
	if err != nil {
		return sort{}, err
	}
	right, err := s.of(n.Right)
	if err != nil {
		return sort{}, err
	}
	t := s.source.at(n)
	switch n.Operator {
	case "and", "or", "&&", "||":
		if !left.truth || !right.truth {
			return sort{}, wrong(t.column, t.len(), "%[1]s joins two conditions, and one side is a number: compare it, as in `A.sent > 0 %[1]s A.lost == 0`",
				"%[1]s joint deux conditions, or un côté est un nombre : comparez-le, comme `A.sent > 0 %[1]s A.lost == 0`", t.text)
		}
		return sort{truth: true}, nil
	case "==", "!=":
		if left.truth != right.truth {
			return sort{}, wrong(t.column, t.len(), "%s compares a number with true or false: compare like with like",
				"%s compare un nombre avec vrai ou faux : comparez des choses semblables", t.text)
		}
		return sort{truth: true}, s.sameUnit(t, left, right)
	}
	if left.truth || right.truth {
		return sort{}, wrong(t.column, t.len(), "%s takes numbers on both sides, and one is true or false", "%s prend un nombre de chaque côté, or l’un est vrai ou faux", t.text)
	}
	switch n.Operator {
	case "<", "<=", ">", ">=":
		return sort{truth: true}, s.sameUnit(t, left, right)
	case "+", "-":
		return sort{unit: max(left.unit, right.unit)}, s.sameUnit(t, left, right)
	}
	return sort{}, nil // a product or a quotient: the unit is the learner's affair
}

// sameUnit refuses to compare a duration with a size. A plain number goes with
// everything.
func (s sorter) sameUnit(t token, left, right sort) error {
	if left.unit == right.unit || left.unit == amount.Plain || right.unit == amount.Plain {
		return nil
	}
	return wrong(t.column, t.len(), "the two sides of %s have different units: compare ms with ms, bytes with bytes, a rate with a rate",
		"les deux côtés de %s n’ont pas la même unité : comparez des ms avec des ms, des octets avec des octets, un débit avec un débit", t.text)
}
