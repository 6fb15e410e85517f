package access

import (
	"slices"
	"strings"

	"atelier/assets/words"
)

// readGiven reads the settings of a command line, NAME=VALUE each.
func readGiven(given []string) ([]property, error) {
	const where = "--command-property"
	var all []property
	for _, text := range given {
		key, value, ok := strings.Cut(text, "=")
		key = strings.TrimSpace(key)
		switch {
		case slices.Contains(secret, key):
			return nil, words.Errorf(
				"%s: %s is a secret, and the system shows a command line to whoever asks what runs. Set %s, or write it into a file (--command-config)",
				"%s : %s est un secret, et le système montre une ligne de commande à qui demande ce qui tourne. Définissez %s, ou écrivez-le dans un fichier (--command-config)",
				where, key, Variable(key))
		case !ok || key == "":
			return nil, words.Errorf(
				"%s takes NAME=VALUE, as in security.protocol=SSL; repeat it for more",
				"%s attend NOM=VALEUR, comme security.protocol=SSL ; répétez l’option pour en donner plusieurs", where)
		}
		all = append(all, property{key, strings.TrimSpace(value), where})
	}
	return all, nil
}
