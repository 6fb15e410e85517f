package plain_test

import (
	"strings"
	"testing"

	"atelier/ui/plain"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// Whatever a text holds, a page that shows it shows the text, and nothing else.
func TestMarkdownShowsTextsAsTheyAre(t *testing.T) {
	for _, s := range []string{
		"A.copies == 3", "*a* _b_ `c` [d](javascript:e) ![f](g) <script>h</script> &amp; ~~i~~ | j", "# a", "`", "a``b`c", `\*`, "x\n\n# y\n- z",
	} {
		for name, md := range map[string]string{"text": plain.Markdown(s), "code": plain.Code(s)} {
			var out strings.Builder
			if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte("x "+md), &out); err != nil {
				t.Fatal(err)
			}
			got := strings.NewReplacer("<p>x ", "", "</p>\n", "", "<code>", "", "</code>", "", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(out.String())
			if want := strings.Join(strings.Fields(s), " "); got != want {
				t.Errorf("%s: %q is shown as %q, written %q", name, want, got, md)
			}
		}
	}
	if got := plain.Line(" a\n\tb\u00a0: c \x1b[31m"); got != "a b\u00a0: c " {
		t.Errorf("%q", got)
	}
	if got := plain.Markdown("a\x1b[31mb*"); got != `ab\*` {
		t.Errorf("%q", got)
	}
}
