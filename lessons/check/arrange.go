package check

import "atelier/lessons/check/spell"

// arrange checks that the tokens form an expression: values and signs in turn,
// every parenthesis closed. What passes, expr can parse.
func arrange(tokens []token) error {
	var opened []token
	signs := 0
	wantValue := true
	for _, t := range tokens {
		switch {
		case wantValue && t.kind == open:
			if opened = append(opened, t); len(opened) > maxDepth {
				return tooDeep(t)
			}
			signs = 0
		case wantValue && (t.kind == prefix || t.kind == infix && (t.text == "-" || t.text == "+")):
			if signs++; signs > maxDepth {
				return tooDeep(t)
			}
		case wantValue && (t.kind == number || t.kind == truth || t.kind == value):
			wantValue, signs = false, 0
		case wantValue:
			return wrong(t.column, t.len(), "a value is missing before %s", "il manque une valeur avant %s", spell.Quote(t.text))
		case t.kind == infix:
			wantValue = true
		case t.kind == shut && len(opened) == 0:
			return wrong(t.column, 1, "this ) closes nothing: delete it, or open a ( before it", "cette ) ne ferme rien : supprimez-la, ou ouvrez une ( avant")
		case t.kind == shut:
			opened = opened[:len(opened)-1]
		default:
			return wrong(t.column, t.len(), "a sign is missing before %s: a comparison such as > or ==, or `and`",
				"il manque un signe avant %s : une comparaison comme > ou ==, ou `and`", spell.Quote(t.text))
		}
	}
	last := tokens[len(tokens)-1]
	switch {
	case wantValue:
		return wrong(last.column, last.len(), "a value is missing after %s", "il manque une valeur après %s", spell.Quote(last.text))
	case len(opened) > 0:
		t := opened[len(opened)-1]
		return wrong(t.column, 1, "this ( is never closed: add a )", "cette ( n’est jamais fermée : ajoutez une )")
	}
	return nil
}

func tooDeep(t token) error {
	return wrong(t.column, t.len(), "the expression is nested too deeply: at most %d levels", "l’expression est trop imbriquée : %d niveaux au plus", maxDepth)
}
