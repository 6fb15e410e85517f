package telling

import (
	"strings"

	"atelier/ui/console/screen"
)

// Escaped makes a text from outside safe in Markdown: nothing in it is a mark.
func Escaped(s string) string {
	return strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "#", `\#`,
	).Replace(screen.Plain(s))
}
