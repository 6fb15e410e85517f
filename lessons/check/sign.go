package check

import (
	"strings"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/lessons/check/spell"
)

// foreignSigns are signs of other languages and of typography, longest first,
// with what to write instead.
var foreignSigns = []struct {
	sign   string
	advice words.Text
}{
	{"=>", instead(">=")},
	{"=<", instead("<=")},
	{"=", words.Textf("to compare, write ==", "pour comparer, écrivez ==")},
	{"&", instead("and")},
	{"|", instead("or")},
	{"≥", instead(">=")},
	{"≤", instead("<=")},
	{"≠", instead("!=")},
	{"×", instead("*")},
	{"÷", instead("/")},
	{"−", instead("-")},
	{"–", instead("-")},
	{"“", noText},
	{"”", noText},
	{"«", noText},
	{"»", noText},
	{"\"", noText},
	{"'", noText},
	{"’", noText},
	{"`", noText},
	{"[", noLists},
	{"]", noLists},
	{"{", noLists},
	{"}", noLists},
	{",", noLists},
	{";", oneOnly},
	{"#", words.Textf("a comment is not part of the expression: leave it out", "un commentaire ne fait pas partie de l’expression : retirez-le")},
	{"..", noLists},
	{".", words.Textf("a label stands right before the point, as in A.acked", "une étiquette précède le point, sans espace, comme A.acked")},
	{"?", choose},
	{":", choose},
}

var (
	noText  = words.Textf("expressions compare numbers, not text: write no quotes", "les expressions comparent des nombres, pas du texte : pas de guillemets")
	noLists = words.Textf("expressions have no lists and no ranges: compare one value at a time, as in `A.sent >= 1 and A.sent <= 3`",
		"les expressions n’ont ni liste ni intervalle : comparez une valeur à la fois, comme `A.sent >= 1 and A.sent <= 3`")
	oneOnly = words.Textf("one expression a line: join conditions with `and`", "une expression par ligne : joignez les conditions par `and`")
	choose  = words.Textf("expressions have no choice sign: use and, or, not", "les expressions n’ont pas de signe de choix : employez and, or, not")
)

func instead(sign string) words.Text {
	return words.Textf("write %s", "écrivez %s", sign)
}

// foreignSign refuses what no token begins with.
func foreignSign(rest string, column int) error {
	for _, f := range foreignSigns {
		if strings.HasPrefix(rest, f.sign) {
			return wrong(column, utf8.RuneCountInString(f.sign), "unexpected %s: %s", "%s inattendu : %s", spell.Quote(f.sign), f.advice)
		}
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return wrong(column, 1, "unexpected character %s (%U): delete it", "caractère %s inattendu (%U) : supprimez-le", spell.Quote(string(r)), r)
}
