package portrait

import (
	"encoding/xml"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// draw is a picture of a frame, without what stands around it.
func draw(t *testing.T, frame string) string {
	t.Helper()
	svg := string(Portrait{Frame: frame, Columns: 8}.SVG())
	if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
		t.Fatalf("%v in\n%s", err, svg)
	}
	_, inner, _ := strings.Cut(svg, "</style>\n")
	return inner
}

// TestPortrait keeps a whole picture. Regenerate it with: make golden
func TestPortrait(t *testing.T) {
	frame := "\x1b[34m╭─\x1b[1m log \x1b[0;34m─╮\x1b[m\n" +
		"\x1b[34m│\x1b[m\x1b[38;2;9;9;9;48;2;200;210;220mA\x1b[m ◆━✗┈\x1b[34m│\x1b[m\n" +
		"\x1b[34m╰──────╯"
	golden.RequireEqual(t, Portrait{Frame: frame, Columns: 8, Dark: true, Lang: "fr", Title: "Le journal", Says: "A < B & « C »"}.SVG())
}

func TestEveryLetterHasItsPlace(t *testing.T) {
	for frame, want := range map[string]string{
		"ab c":            `<tspan x="0 10 20 30">ab c</tspan>`,
		"a  b":            `<tspan x="0">a</tspan> <tspan x="30">b</tspan>`,
		" é…":             `<tspan x="10 20">é…</tspan>`,
		"日本a":             `<tspan x="0 20 40">日本a</tspan>`,
		"a👍b":             `<tspan x="0">a</tspan> <tspan x="10">👍</tspan> <tspan x="30">b</tspan>`,
		"ae\u0301b":       "<tspan x=\"0\">a</tspan> <tspan x=\"10\">e\u0301</tspan> <tspan x=\"20\">b</tspan>",
		"▶a":              "<tspan x=\"0\">▶\ufe0e</tspan> <tspan x=\"10\">a</tspan>",
		"a─b":             `<tspan x="0 10 20">a b</tspan>`,
		"<&>\"'":          `<tspan x="0 10 20 30 40">&lt;&amp;&gt;&#34;&#39;</tspan>`,
		"\x1b[1ma\x1b[mb": `<tspan x="0" class="a">a</tspan> <tspan x="10">b</tspan>`,
	} {
		if got := draw(t, frame); !strings.Contains(got, `<text y="15">`+want+`</text>`) {
			t.Errorf("%q: want %s in\n%s", frame, want, got)
		}
	}
	if got := draw(t, "a\n\nb"); !strings.Contains(got, "</text>\n<text y=\"55\">") {
		t.Errorf("rows in\n%s", got)
	}
}

// Where cells meet there is one line and not two.
func TestLinesGoOn(t *testing.T) {
	path := regexp.MustCompile(` d="([^"]*)"`)
	for frame, want := range map[string]string{
		"───":           "M0 10h30",
		"│\n│\n│":       "M5 0v60",
		"─ ─":           "M0 10h10M20 10h10",
		"╴╶":            "M0 10h5M15 10h5",
		"─┤\n │":        "M0 10h15M15 0v40",
		"╭╮\n╰╯":        "M5 20V15Q5 10 10 10M15 20V15Q15 10 10 10M5 20V25Q5 30 10 30M15 20V25Q15 30 10 30",
		"\x1b[41ma b c": "M0 10h50",
	} {
		got := path.FindStringSubmatch(draw(t, frame))
		if got == nil || got[1] != want {
			t.Errorf("%q: %q, want %q", frame, got, want)
		}
	}
}

func TestColours(t *testing.T) {
	for frame, want := range map[string]string{
		"\x1b[38;2;1;2;3ma":                ".a{fill:#010203}",
		"\x1b[3;4ma":                       ".a{font-style:italic;text-decoration:underline}",
		"\x1b[48;2;1;2;3ma":                ".a{stroke:#010203;stroke-width:20}",
		"\x1b[7ma":                         ".a{stroke:" + light.ink + ";stroke-width:20}\n.b{fill:" + light.ground + "}",
		"\x1b[7;38;2;1;2;3;48;2;4;5;6ma":   ".a{stroke:#010203;stroke-width:20}\n.b{fill:#040506}",
		"━":                                ".a{stroke:" + light.ink + ";stroke-width:3}",
		"\x1b[38;2;1;2;3m░":                ".a{stroke:#010203;stroke-width:20;stroke-opacity:.25}",
		"\x1b[38;2;1;2;3ma\x1b[mb\x1b[1mc": ".a{fill:#010203}\n.b{font-weight:bold}",
	} {
		svg := string(Portrait{Frame: frame, Columns: 8}.SVG())
		if !strings.Contains(svg, "path{fill:none}\n"+want+"</style>") {
			t.Errorf("%q: want %s in\n%s", frame, want, svg)
		}
	}
}

func TestManyStylesHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for i := range 2000 {
		if seen[name(i)] = true; len(seen) != i+1 {
			t.Fatalf("%d is called %s, as another one is", i, name(i))
		}
	}
}
