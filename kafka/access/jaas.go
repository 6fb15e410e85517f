package access

import (
	"regexp"
	"strings"

	"atelier/assets/words"
)

// jaas is what a login module's line says.
type jaas struct {
	module             string // without its package
	username, password string
}

var (
	jaasHead   = regexp.MustCompile(`^\s*([A-Za-z0-9_.$]+)\s+(?:required|requisite|sufficient|optional)\b`)
	jaasOption = regexp.MustCompile(`([A-Za-z0-9_.]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s;"']+))`)
	jaasEscape = regexp.MustCompile(`\\(.)`)
)

// parseJAAS reads what Kafka's tools take as sasl.jaas.config. Its errors say
// nothing of what the line holds.
func parseJAAS(p property) (jaas, error) {
	head := jaasHead.FindStringSubmatch(p.value)
	if head == nil {
		return jaas{}, words.Errorf(
			`%s: this is no login module. Write for instance org.apache.kafka.common.security.scram.ScramLoginModule required username="…" password="…";`,
			`%s : ce n’est pas un module de connexion. Écrivez par exemple org.apache.kafka.common.security.scram.ScramLoginModule required username="…" password="…";`, p.where)
	}
	j := jaas{module: head[1][strings.LastIndex(head[1], ".")+1:]}
	if j.module != "ScramLoginModule" && j.module != "PlainLoginModule" {
		return jaas{}, words.Errorf(
			"%s: the login module %s is not known here: use ScramLoginModule or PlainLoginModule",
			"%s : le module de connexion %s n’est pas connu ici : prenez ScramLoginModule ou PlainLoginModule", p.where, j.module)
	}
	for _, option := range jaasOption.FindAllStringSubmatch(p.value[len(head[0]):], -1) {
		value := option[2] + option[3]
		if value != "" {
			value = jaasEscape.ReplaceAllString(value, "$1")
		} else {
			value = option[4]
		}
		switch option[1] {
		case "username":
			j.username = value
		case "password":
			j.password = value
		}
	}
	if j.username == "" || j.password == "" {
		return jaas{}, words.Errorf(
			`%s: the login module wants username="…" and password="…"`,
			`%s : le module de connexion demande username="…" et password="…"`, p.where)
	}
	return j, nil
}
