package lab

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/lessons/check"
)

// Names are those that a line may speak of beside the language's own words:
// what the run has. The course's topics need not be among them.
type Names struct {
	Labels, Topics, Toxics []string
	Brokers                []int32 // by id; none: those of the course, 1 to 3
}

func (n Names) topics() []string {
	all := cluster.Topics()
	for _, t := range n.Topics {
		if !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all
}

func (n Names) brokers() []string {
	if len(n.Brokers) == 0 {
		return []string{"1", "2", "3"}
	}
	ids := make([]string, len(n.Brokers))
	for i, id := range n.Brokers {
		ids[i] = strconv.Itoa(int(id))
	}
	return ids
}

// Complete lists what the last word of a line may become, given the names of
// the run: whole words, each of which replaces that word. A line that ends in
// a space asks for the next word. No candidates: nothing to offer, not an error.
func Complete(prefix string, names Names) []string {
	if strings.Count(strings.ReplaceAll(prefix, `\"`, ""), `"`)%2 == 1 || strings.Contains(prefix, "#") {
		return nil // within quotes or a comment
	}
	words := strings.FieldsFunc(prefix, isSpace)
	last := ""
	if r, _ := utf8.DecodeLastRuneInString(prefix); len(words) > 0 && !isSpace(r) {
		last, words = words[len(words)-1], words[:len(words)-1]
	}
	return candidates(words, last, names)
}

func candidates(before []string, last string, names Names) []string {
	for _, setting := range []string{"broker=", "to="} {
		if strings.HasPrefix(last, setting) {
			return starting(last, prefixed(setting, names.brokers()))
		}
	}
	if len(before) == 0 {
		return starting(last, commandNames())
	}
	verb, rest := before[0], before[1:]
	switch verb {
	case "expect":
		return operands(last, names.Labels, false)
	case "wait":
		if len(rest) == 0 {
			return starting(last, []string{"until", "500ms", "1s"})
		}
		if rest[0] == "until" {
			return operands(last, names.Labels, true)
		}
	case "after":
		if len(rest) == 0 {
			return starting(last, []string{"500ms", "2500ms", "5s"})
		}
		if len(rest) == 1 {
			return starting(last, laterNames())
		}
		return candidates(rest[1:], last, names)
	case "send":
		return sendWords(rest, last, names)
	case "toxic":
		return toxicWords(rest, last, toxicSettings)
	case "fault":
		if len(rest) > 0 && rest[0] == "is" {
			return toxicWords(rest[1:], last, answerSettings)
		}
	}
	if len(rest) == 0 {
		if verb == "brokers" {
			return starting(last, names.topics())
		}
		return starting(last, firstWords[verb])
	}
	switch verb {
	case "broker":
		if len(rest) == 1 {
			return starting(last, names.brokers())
		}
		return nil
	case "toxics":
		return clearWords(rest, last, names)
	case "leader":
		if len(rest) == 1 {
			return starting(last, partitions(names))
		}
	case "topic":
		return starting(last, unused(rest, []string{"partitions=", "replication=", "min-insync="}))
	}
	return starting(last, unused(rest, secondWords[verb+" "+rest[0]]))
}

// What follows the commands of few words.
var (
	firstWords = map[string][]string{
		"topic":  {},
		"fault":  {"hidden", "is"},
		"toxics": {"clear"}, "proxy": {"down", "up"}, "broker": actionNames(), "leader": {"move"},
		"say": {`"`}, "reset": resets(),
	}
	secondWords = map[string][]string{
		"proxy down": {"broker="}, "proxy up": {"broker="},
		"leader move":  {"to="},
		"fault hidden": {"seed="},
	}
)

// partitions are the first ones of the topics, as `leader move` names them.
func partitions(names Names) []string {
	var all []string
	for _, t := range names.topics() {
		for p := range cluster.Partitions {
			all = append(all, t+"/"+strconv.Itoa(p))
		}
	}
	return all
}

func laterNames() []string {
	var names []string
	for _, c := range commands() {
		if c.after {
			names = append(names, c.name)
		}
	}
	return names
}

func sendWords(rest []string, last string, names Names) []string {
	has := func(choices []string) bool {
		return slices.ContainsFunc(rest, func(w string) bool { return slices.Contains(choices, w) })
	}
	settings := settingNames(append(modeSettings(&kafka.Settings{}), messageSettings(&Send{})...))
	switch {
	case strings.HasPrefix(last, "acks="):
		return starting(last, prefixed("acks=", []string{"0", "1", "all"}))
	case strings.HasPrefix(last, "compression="):
		return starting(last, prefixed("compression=", compressionNames()))
	case len(rest) > 0 && rest[len(rest)-1] == "as":
		return starting(last, names.Labels)
	case strings.HasPrefix(last, "topic="):
		return starting(last, prefixed("topic=", names.topics()))
	case !has(modeNames()) && len(rest) <= 1:
		return starting(last, modeNames())
	}
	var next []string
	if !has(sendingNames()) {
		next = sendingNames()
	}
	for _, s := range settings {
		next = append(next, s+"=")
	}
	if !has([]string{"as"}) {
		next = append(next, "as")
	}
	return starting(last, unused(rest, next))
}

func clearWords(rest []string, last string, names Names) []string {
	if rest[0] != "clear" {
		return nil
	}
	if strings.HasPrefix(last, "stream=") {
		return starting(last, prefixed("stream=", streams))
	}
	next := unused(rest, []string{"stream=", "broker="})
	if len(rest) == 1 {
		next = append(slices.Clone(names.Toxics), next...)
	}
	return starting(last, next)
}

func toxicWords(rest []string, last string, settings func(chaos.Kind, *ToxicAdd) []setting) []string {
	if len(rest) == 0 {
		return starting(last, toxicNames())
	}
	kind, ok := chaos.KindOf(rest[0])
	if !ok {
		return nil
	}
	if strings.HasPrefix(last, "stream=") {
		return starting(last, prefixed("stream=", kind.Streams))
	}
	var next []string
	for _, name := range settingNames(settings(kind, &ToxicAdd{})) {
		next = append(next, name+"=")
	}
	return starting(last, unused(rest, next))
}

var operand = regexp.MustCompile(`^(.*?)((?:[\p{L}_][\p{L}\p{N}_]*\.)?[\p{L}\p{N}_]*)$`)

// operands completes the value at the end of an expression; a live condition
// reads no verdicts.
func operands(last string, labels []string, live bool) []string {
	m := operand.FindStringSubmatch(last)
	if m == nil {
		return nil
	}
	var all []string
	for _, owner := range append(slices.Clone(labels), "") {
		if owner != "" {
			owner += "."
		}
		for _, name := range check.ValueNames() {
			if (!live || !check.IsVerdict(name)) && (owner == "" || !check.IsAlone(name)) {
				all = append(all, m[1]+owner+name)
			}
		}
	}
	for _, word := range []string{"and", "or", "not"} {
		all = append(all, m[1]+word)
	}
	if live && m[1] == "" {
		all = append(all, "timeout=")
	}
	return starting(last, all)
}

func prefixed(prefix string, all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = prefix + s
	}
	return out
}

// unused leaves out settings that the line already has.
func unused(have, choices []string) []string {
	return slices.DeleteFunc(slices.Clone(choices), func(c string) bool {
		return strings.HasSuffix(c, "=") && c != "header=" && slices.ContainsFunc(have, func(w string) bool { return strings.HasPrefix(w, c) })
	})
}

// starting keeps the choices that begin with what was typed, in their order,
// and not what is there already.
func starting(typed string, choices []string) []string {
	var out []string
	for _, c := range choices {
		if strings.HasPrefix(c, typed) && c != typed {
			out = append(out, c)
		}
	}
	return out
}
