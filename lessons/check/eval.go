package check

import (
	"errors"
	"fmt"
	"math"

	"atelier/assets/words"
	"atelier/kafka/ledger"

	"github.com/expr-lang/expr"
)

// Values gives an expression its values: the totals of a label, or of the
// whole run under the label "".
type Values interface {
	Totals(label string) (ledger.Totals, bool)
}

// options are the same for every expression: two ways to read a value, and
// divisions that notice a zero.
var options = []expr.Option{
	expr.Env(map[string]any{
		"number": func(int) (float64, error) { return 0, nil },
		"truth":  func(int) (bool, error) { return false, nil },
	}),
	expr.DisableAllBuiltins(),
	expr.MaxNodes(4 * maxTokens),
	expr.AsBool(),
	expr.Function("divide", guarded(func(a, b float64) float64 { return a / b }), new(func(float64, float64) float64)),
	expr.Function("modulo", guarded(math.Mod), new(func(float64, float64) float64)),
	expr.Operator("/", "divide"),
	expr.Operator("%", "modulo"),
}

func guarded(do func(a, b float64) float64) func(...any) (any, error) {
	return func(args ...any) (any, error) {
		a, b := args[0].(float64), args[1].(float64)
		if b == 0 {
			return nil, errZero
		}
		return do(a, b), nil
	}
}

var errZero = &EvalError{
	Text: words.Textf("the expression divides by zero: check first that there is something to divide by, as in `A.sent > 0 and …`",
		"l’expression divise par zéro : vérifiez d’abord qu’il y a de quoi diviser, comme `A.sent > 0 and …`"),
	cause: ErrDivision,
}

// Eval says whether the expression holds, and gives the values that it read
// (int64, float64 or bool, under "A.duplicates"), for messages and JSON. What
// `and` and `or` did not reach was not read. The error unwraps to one of
// ErrUnknownLabel, ErrNotAudited, ErrNoSample, ErrDivision.
func (e *Expression) Eval(values Values) (ok bool, used map[string]any, err error) {
	r := &reading{expression: e, values: values, used: make(map[string]any)}
	env := map[string]any{"number": r.number, "truth": r.truth}
	out, err := expr.Run(e.program, env)
	switch {
	case r.err != nil:
		return false, r.used, r.err
	case err != nil:
		return false, r.used, evalError(err)
	}
	return out.(bool), r.used, nil
}

// evalError finds our own error inside expr's, which adds a place in a text
// that nobody wrote.
func evalError(err error) error {
	var ours *EvalError
	if errors.As(err, &ours) {
		return ours
	}
	return fmt.Errorf("evaluate expression: %w", err)
}

// reading is one evaluation.
type reading struct {
	expression *Expression
	values     Values
	used       map[string]any
	err        error // the first
}

func (r *reading) number(i int) (float64, error) {
	v, err := r.read(i)
	if err != nil {
		return 0, err
	}
	if n, ok := v.(int64); ok {
		return float64(n), nil
	}
	return v.(float64), nil
}

func (r *reading) truth(i int) (bool, error) {
	v, err := r.read(i)
	if err != nil {
		return false, err
	}
	return v.(bool), nil
}

func (r *reading) read(i int) (any, error) {
	name := r.expression.mentions[i].Value
	v, err := valueOf(r.values, name)
	if err != nil {
		r.err = err
		return nil, err
	}
	r.used[name.String()] = v
	return v, nil
}

func valueOf(values Values, name Value) (any, error) {
	totals, ok := values.Totals(name.Label)
	if !ok {
		return nil, &EvalError{Value: name, cause: ErrUnknownLabel, Text: words.Textf(
			"nothing was sent as %[1]s in this run: label a send with `as %[1]s`",
			"rien n’a été envoyé sous l’étiquette %[1]s dans cet essai : étiquetez un envoi avec `as %[1]s`", name.Label)}
	}
	q, _ := quantityOf(name.Name)
	if q.verdict && !totals.Audited {
		return nil, &EvalError{Value: name, cause: ErrNotAudited, Text: words.Textf(
			"%s is not known: the log has not been read back since the last send. Put `audit` before this line",
			"%s n’est pas connu : le journal n’a pas été relu depuis le dernier envoi. Placez `audit` avant cette ligne", name)}
	}
	v := q.of(&totals)
	if !known(v) {
		return nil, &EvalError{Value: name, cause: ErrNoSample, Text: words.Textf(
			"%s has no sample: nothing was acked, so there is nothing to measure. Check `acked > 0` first",
			"%s n’a aucun échantillon : rien n’a été acquitté, il n’y a donc rien à mesurer. Vérifiez d’abord `acked > 0`", name)}
	}
	return v, nil
}

// known says whether a value is one that JSON and a comparison can take.
func known(v any) bool {
	f, ok := v.(float64)
	return !ok || !math.IsNaN(f) && !math.IsInf(f, 0)
}
