package ask

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"atelier/lessons/check/spell"
)

// twice is the first name that an object gives twice, in it or in an object of
// its own; empty: none. encoding/json would take the last, and it takes a name
// in any case. raw is JSON, which has been read before.
func twice(raw []byte) string {
	n := &names{raw: raw}
	return n.value("")
}

// names walks over JSON. encoding/json's own tokens would take as long as all
// the rest of reading a send.
type names struct {
	raw []byte
	at  int
}

// value walks over a value, which a field of that path has.
func (n *names) value(path string) string {
	switch opening := n.next(); opening {
	case '{', '[':
		n.at++
		return n.within(opening == '{', path)
	case '"':
		n.quoted()
	default:
		for n.at < len(n.raw) && strings.IndexByte(",]} \t\r\n", n.raw[n.at]) < 0 {
			n.at++
		}
	}
	return ""
}

// within walks over what is in an object or an array, and over its end.
func (n *names) within(object bool, path string) string {
	seen := map[string]bool{}
	for {
		switch n.next() {
		case '}', ']', 0:
			n.at++
			return ""
		case ',':
			n.at++
			continue
		}
		at := path
		if object {
			name := n.name()
			folded := fold(name)
			if seen[folded] {
				return path + spell.Plain(name)
			}
			seen[folded] = true
			n.next() // the colon
			n.at++
			if opening := n.next(); opening == '{' || opening == '[' {
				at += spell.Plain(name) + "."
			}
		}
		if deeper := n.value(at); deeper != "" {
			return deeper
		}
	}
}

// next skips what is empty, and returns what follows; 0 at the end.
func (n *names) next() byte {
	for ; n.at < len(n.raw); n.at++ {
		switch c := n.raw[n.at]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// quoted walks over a string, and returns it as it stands. plain: it has no
// escapes.
func (n *names) quoted() (text []byte, plain bool) {
	from, plain := n.at, true
	for n.at++; n.at < len(n.raw) && n.raw[n.at] != '"'; n.at++ {
		if n.raw[n.at] == '\\' {
			plain = false
			n.at++
		}
	}
	n.at = min(n.at+1, len(n.raw))
	return n.raw[from:n.at], plain
}

// name walks over a name, and returns it.
func (n *names) name() string {
	text, plain := n.quoted()
	if plain && len(text) > 1 {
		return string(text[1 : len(text)-1])
	}
	var name string
	_ = json.Unmarshal(text, &name) // it has been read before
	return name
}

// fold is a name as encoding/json compares it.
func fold(name string) string {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return strings.ToLower(strings.ToUpper(name))
		}
	}
	return strings.ToLower(name)
}
