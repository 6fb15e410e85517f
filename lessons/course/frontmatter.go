package course

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

const (
	maxFrontMatter = 64 << 10
	maxMinutes     = 600
)

// frontMatter reads what stands between the two --- at the top. It leaves the
// parser on the line below, or where it was if there is none.
func (p *parser) frontMatter() {
	end := 0
	if len(p.lines) > 0 && strings.TrimRight(p.lines[0], " ") == "---" {
		for end = 1; end < len(p.lines) && strings.TrimRight(p.lines[end], " ") != "---"; end++ {
		}
	}
	switch end {
	case 0:
		p.errorf(1, 1,
			"no front matter: a lesson begins with ---, title, minutes, objectives, needs, ---",
			"pas d’en-tête : une leçon commence par ---, title, minutes, objectives, needs, ---")
		return
	case len(p.lines):
		p.errorf(1, 1,
			"the front matter has no end: close it with a line ---",
			"l’en-tête n’a pas de fin : fermez-le par une ligne ---")
		p.at = end
		return
	}
	p.at = end + 1
	source := strings.Join(p.lines[1:end], "\n")
	if len(source) > maxFrontMatter {
		p.errorf(2, 1, "the front matter has %d bytes: that is no front matter",
			"l’en-tête fait %d octets : ce n’est pas un en-tête", len(source))
		return
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(source), &doc); err != nil {
		line, reason := yamlPlace(err)
		p.errorf(line+1, 1, "the front matter is not YAML (%s). Put texts that hold a colon between quotes",
			"l’en-tête n’est pas du YAML (%s). Mettez entre guillemets les textes qui contiennent deux-points", reason)
		return
	}
	p.fields(&doc)
}

// fields reads the keys of the front matter.
func (p *parser) fields(doc *yaml.Node) {
	var fields []*yaml.Node
	if len(doc.Content) == 1 {
		if doc.Content[0].Kind != yaml.MappingNode {
			p.errorf(2, 1, "the front matter holds no keys: write title: …",
				"l’en-tête ne contient pas de clés : écrivez title: …")
			return
		}
		fields = doc.Content[0].Content
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(fields); i += 2 {
		key, value := fields[i], fields[i+1]
		if seen[key.Value] {
			p.node(key, "%s stands here twice", "%s figure deux fois", quoted(key.Value))
			continue
		}
		seen[key.Value] = true
		switch key.Value {
		case "title":
			p.module.Title, _ = p.scalar(key, value)
		case "minutes":
			text, _ := p.scalar(key, value)
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > maxMinutes {
				p.node(value, "minutes: write a number from 1 to %d", "minutes : écrivez un nombre de 1 à %d", maxMinutes)
			}
			p.module.Minutes = n
		case "objectives":
			p.module.Objectives = p.list(key, value)
		case "needs":
			p.module.Needs = p.list(key, value)
		default:
			p.node(key, "unknown key %s: a lesson has title, minutes, objectives, needs",
				"clé %s inconnue : une leçon a title, minutes, objectives, needs", quoted(key.Value))
		}
	}
	if !seen["title"] {
		p.errorf(1, 1, "no title: the front matter says title: …", "pas de titre : l’en-tête dit title: …")
	}
	if !seen["minutes"] {
		p.errorf(1, 1, "no duration: the front matter says minutes: 30", "pas de durée : l’en-tête dit minutes: 30")
	}
}

// scalar reads one text. YAML's quotes can spell any character, so it is looked
// at again here.
func (p *parser) scalar(key, value *yaml.Node) (string, bool) {
	text := strings.TrimSpace(value.Value)
	if value.Kind != yaml.ScalarNode || text == "" {
		p.node(value, "%s: write one text", "%s : écrivez un texte", key.Value)
		return "", false
	}
	for _, r := range text {
		if !shown(r) {
			p.node(value, "%s: control character U+%04X: a terminal could obey it. Remove it",
				"%s : caractère de contrôle U+%04X : un terminal pourrait lui obéir. Retirez-le", key.Value, r)
			return "", false
		}
	}
	p.markdownAt(value, text)
	return text, true
}

// list reads a list of texts; a single text is a list of one.
func (p *parser) list(key, value *yaml.Node) []string {
	items := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		items = value.Content
	}
	var list []string
	for _, item := range items {
		if text, ok := p.scalar(key, item); ok {
			list = append(list, text)
		}
	}
	return list
}

// markdownAt looks at a text of the front matter; what is wrong with it is
// told at the text's beginning, since YAML folds lines.
func (p *parser) markdownAt(n *yaml.Node, text string) {
	before := len(p.errs)
	p.markdown(n.Line+1, text)
	for _, e := range p.errs[before:] {
		e.Pos.Column = max(1, n.Column)
	}
}

// node notes an error at a node; the front matter begins on line 2.
func (p *parser) node(n *yaml.Node, en, fr string, args ...any) {
	p.errorf(n.Line+1, max(1, n.Column), en, fr, args...)
}

var yamlError = regexp.MustCompile(`(?s)^yaml: (?:line (\d+): )?(.*)$`)

// yamlPlace takes the line out of yaml's error text, which has it nowhere else.
func yamlPlace(err error) (line int, reason string) {
	m := yamlError.FindStringSubmatch(err.Error())
	if m == nil {
		return 1, err.Error()
	}
	line, _ = strconv.Atoi(m[1])
	return max(1, line), m[2]
}

// quoted writes a stranger's word so that it can be shown.
func quoted(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return strconv.Quote(s)
}
