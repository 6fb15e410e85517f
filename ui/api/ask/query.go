package ask

import (
	"cmp"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"atelier/lessons/check/spell"
)

// Query reads a query, whose parameters have these names. None may be there that
// has another, or that says two things.
func Query(raw string, names []string) (map[string]string, error) {
	if raw == "" {
		return nil, nil
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		why := say("%s", "%s", spell.Plain(err.Error()))
		var escape url.EscapeError
		switch {
		case errors.As(err, &escape):
			why = say("%s is no percent sign with two hexadecimal digits", "%s n’est pas un signe pour cent suivi de deux chiffres hexadécimaux", spell.Quote(string(escape)))
		case strings.Contains(raw, ";"):
			why = say("it has a semicolon", "elle a un point-virgule")
		}
		return nil, wrong(Unreadable, "query", say("the query can't be read: %s", "la query est illisible : %s", why),
			say("encode what is not a letter or a digit: curl -G --data-urlencode", "encodez ce qui n’est ni lettre ni chiffre : curl -G --data-urlencode"))
	}
	query := make(map[string]string, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		list := values[name]
		if !slices.Contains(names, name) {
			return nil, noParameter(name, names)
		}
		query[name] = list[0]
		if !utf8.ValidString(list[0]) {
			return nil, wrong(Unreadable, name, say("%s is not UTF-8", "%s n’est pas en UTF-8", name), say("send it as UTF-8", "envoyez-le en UTF-8"))
		}
		for _, other := range list[1:] {
			if other != list[0] {
				return nil, wrong(Contradictory, name, say("%s is given twice, and differently", "%s est donné deux fois, et autrement", name), say("give it once", "donnez-le une fois"))
			}
		}
	}
	return query, nil
}

func noParameter(name string, names []string) *Wrong {
	action := say("the parameters are: %s", "les paramètres sont : %s", strings.Join(names, ", "))
	switch len(names) {
	case 0:
		action = say("this route takes no parameters: leave it out", "cette route ne prend pas de paramètres : retirez-le")
	case 1:
		action = say("the only one is %s", "le seul est %s", names[0])
	}
	return wrong(Unreadable, cmp.Or(spell.Plain(name), "query"),
		say("there is no parameter %s%s", "il n’y a pas de paramètre %s%s", spell.Quote(name), spell.Hint(name, names)), action)
}

// fromQuery reads the same fields from a query.
func fromQuery(raw string) (b Send, err error) {
	query, err := Query(raw, b.Fields())
	if err != nil {
		return b, err
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if err := b.set(name, query[name]); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (b *Send) set(name, value string) error {
	switch name {
	case "topic":
		b.Topic = &value
	case "key":
		b.Key = &value
	case "message":
		b.Message = &value
	case "mode":
		b.Mode = &value
	case "sendMode":
		b.SendMode = &value
	case "eventId":
		b.EventID = &value
	case "isIdempotent", "isAsync":
		is := value == "true"
		if !is && value != "false" {
			return wrong(Unreadable, name, say("%s is true or false, not %s", "%s est true ou false, pas %s", name, spell.Quote(value)), say("write %s=true", "écrivez %s=true", name))
		}
		if name == "isAsync" {
			b.IsAsync = &is
		} else {
			b.IsIdempotent = &is
		}
	case "partition":
		n, err := strconv.ParseInt(value, 10, 64)
		if errors.Is(err, strconv.ErrRange) {
			return noPartition(value)
		}
		if err != nil {
			return wrong(Unreadable, name, say("partition is a number, not %s", "partition est un nombre, pas %s", spell.Quote(value)), say("write partition=0", "écrivez partition=0"))
		}
		partition := Whole(n)
		b.Partition = &partition
	}
	return nil
}
