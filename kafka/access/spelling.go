package access

import (
	"slices"
	"strings"

	"atelier/assets/words"
)

// foreign are the settings of Kafka's clients that say how to get in, and
// that are not used here; those that end in a point are families. A file that has them may
// still be good.
var foreign = []string{
	"security.providers", "ssl.protocol", "ssl.enabled.protocols", "ssl.cipher.suites", "ssl.provider", "ssl.engine.factory.class",
	"ssl.keymanager.algorithm", "ssl.trustmanager.algorithm", "ssl.secure.random.implementation", "ssl.curves.list", "ssl.sigalgs.list",
	"ssl.crl.location", "ssl.providers", "ssl.engine.location", "ssl.certificate.verify_cb",
	"sasl.client.callback.handler.class", "sasl.kerberos.", "sasl.login.", "sasl.oauthbearer.",
}

// misspelt refuses a setting that was meant to say how to get in, and does
// not: without it the connection could be open where it was to be closed.
func misspelt(p property) error {
	meant := closest(p.key, known)
	about := slices.ContainsFunc([]string{"security.", "sasl.", "ssl."}, func(s string) bool { return strings.HasPrefix(p.key, s) })
	own := slices.ContainsFunc(foreign, func(s string) bool { return p.key == s || strings.HasSuffix(s, ".") && strings.HasPrefix(p.key, s) })
	switch {
	case own || !about && meant == "":
		return nil
	case meant == "":
		return words.Errorf(
			"%s: there is no setting %s: correct it or take it out, for it may be one that keeps the connection safe",
			"%s : il n’y a pas de réglage %s : corrigez-le ou retirez-le, car il protège peut-être la connexion", p.where, p.key)
	}
	return words.Errorf(
		"%s: there is no setting %s: did you mean %s?",
		"%s : il n’y a pas de réglage %s : vouliez-vous dire %s ?", p.where, p.key, meant)
}

// CheckVariables refuses names of environment variables that were meant for
// settings, and are none's.
func CheckVariables(names []string) error {
	var variables []string
	for _, key := range known {
		variables = append(variables, Variable(key))
	}
	for _, name := range names {
		about := slices.ContainsFunc([]string{"security.", "sasl.", "ssl."}, func(s string) bool { return strings.HasPrefix(name, Variable(s)) })
		if !about || slices.Contains(variables, name) {
			continue
		}
		if meant := closest(name, variables); meant != "" {
			return words.Errorf(
				"the environment variable %s is no setting's: did you mean %s?",
				"la variable d’environnement %s n’est celle d’aucun réglage : vouliez-vous dire %s ?", name, meant)
		}
		return words.Errorf(
			"the environment variable %s is no setting's: correct it or take it away, for it may be one that keeps the connection safe",
			"la variable d’environnement %s n’est celle d’aucun réglage : corrigez-la ou retirez-la, car elle protège peut-être la connexion", name)
	}
	return nil
}

// closest is the choice at most three slips from a word; empty where none is.
func closest(word string, choices []string) string {
	const tooFar = 4
	best, least := "", tooFar
	for _, c := range choices {
		if d := slips(word, c); d < least {
			best, least = c, d
		}
	}
	return best
}

// slips counts the letters to insert, delete or replace to turn a into b.
func slips(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
