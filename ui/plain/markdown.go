package plain

import "strings"

var marks = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `&lt;`, ">", `&gt;`, "&", `&amp;`,
	"#", `\#`, "~", `\~`, "!", `\!`, "$", `\$`)

// Line makes a text safe and one line of single spaces. No-break spaces stay.
func Line(s string) string {
	return Text(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }), " "))
}

// Markdown makes a text safe, on one line, and one that stands for itself in
// Markdown: nothing in it is a mark, a link or HTML. A table wants its | escaped
// as well.
func Markdown(s string) string { return marks.Replace(Line(s)) }

// Code makes a text a code span of Markdown, whatever it holds.
func Code(s string) string {
	s = Line(s)
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 || s == "" {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}
