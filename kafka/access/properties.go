package access

import (
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"atelier/assets/words"
)

// property is one setting and where it was made.
type property struct {
	key, value string
	where      string // file:line, or the variable
}

// maxProperties bounds a properties file, in bytes.
const maxProperties = 1 << 20

// readProperties reads a properties file as Java does: key=value, key:value or
// key value; # and ! begin comments; a backslash at the end continues a line.
func readProperties(path string) ([]property, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, words.Errorf(
			"the settings for the cluster can't be read: %v. Check --command-config",
			"les réglages du cluster sont illisibles : %v. Vérifiez --command-config", err)
	case info.IsDir() || info.Size() > maxProperties:
		return nil, words.Errorf(
			"%s is not a properties file: --command-config takes one, with lines such as security.protocol=SASL_SSL",
			"%s n’est pas un fichier de propriétés : --command-config en attend un, aux lignes comme security.protocol=SASL_SSL", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, words.Errorf(
			"the settings for the cluster can't be read: %v. Check --command-config",
			"les réglages du cluster sont illisibles : %v. Vérifiez --command-config", err)
	}
	if !utf8.Valid(text) {
		return nil, words.Errorf("%s is not a text in UTF-8", "%s n’est pas un texte en UTF-8", path)
	}
	return parseProperties(path, string(text)), nil
}

func parseProperties(path, text string) []property {
	var all []property
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	lines[0] = strings.TrimPrefix(lines[0], "\ufeff")
	for i := 0; i < len(lines); i++ {
		where := path + ":" + strconv.Itoa(i+1)
		line := trimLeft(lines[i])
		if line == "" || line[0] == '#' || line[0] == '!' {
			continue
		}
		for continues(line) {
			line = line[:len(line)-1]
			if i+1 == len(lines) {
				break
			}
			i++
			line += trimLeft(lines[i])
		}
		key, value := cutProperty(line)
		all = append(all, property{unescape(key), strings.TrimRight(unescape(value), " \t"), where})
	}
	return all
}

func trimLeft(s string) string { return strings.TrimLeft(s, " \t\f") }

// continues says whether a line ends in an odd number of backslashes.
func continues(line string) bool {
	return (len(line)-len(strings.TrimRight(line, `\`)))%2 == 1
}

// cutProperty cuts at the first =, : or space that no backslash protects.
func cutProperty(line string) (key, value string) {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '=', ':':
			return line[:i], trimLeft(line[i+1:])
		case ' ', '\t', '\f':
			rest := trimLeft(line[i:])
			if rest != "" && (rest[0] == '=' || rest[0] == ':') {
				rest = trimLeft(rest[1:])
			}
			return line[:i], rest
		}
	}
	return line, ""
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 'f':
			b.WriteByte('\f')
		case 'u':
			if i+4 < len(s) {
				if r, err := strconv.ParseUint(s[i+1:i+5], 16, 16); err == nil {
					b.WriteRune(rune(r))
					i += 4
					continue
				}
			}
			b.WriteByte('u')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
