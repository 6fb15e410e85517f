package markdown

import (
	"strings"
	"testing"

	"atelier/ui/console/screen"
)

func markdownText(rows []screen.Line) string {
	var out []string
	for _, r := range rows {
		out = append(out, strings.TrimRight(r.String(), " "))
	}
	return strings.Join(out, "\n")
}

func TestMarkdown(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"emphasis":    {"a **b** *c* `d`", "a b c d"},
		"list":        {"- one\n- two\n  more", "• one\n• two more"},
		"numbers":     {"3. three\n4. four", "3. three\n4. four"},
		"quote":       {"> said", "│ said"},
		"code":        {"```go\nx := 1\n```", "  x := 1"},
		"table":       {"| a | b |\n| - | - |\n| 1 | 2 |", "a │ b\n──┼──\n1 │ 2"},
		"no raw HTML": {"<b>x</b>\n\n<script>alert</script>", "x"},
		"escape":      {"a \x1b[31mb", "a b"},
	} {
		if got := strings.TrimRight(markdownText(Render(c.in, 40)), "\n"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
