package console

import (
	"io/fs"
	"strings"
	"testing"

	"atelier/lessons"
	"atelier/ui/console/screen"
)

// inASCII is what stands for a text on a terminal that knows only ASCII.
func inASCII(s string) string {
	var g screen.Grid
	g.Resize(4, 1)
	g.All().Put(0, 0, s, screen.Ink)
	return string(g.Encode(nil, screen.NewLook(true, true, true)))
}

// Whatever the course draws and writes has something that stands for it.
func TestTheCourseIsReadInASCII(t *testing.T) {
	checked := map[rune]bool{}
	err := fs.WalkDir(lessons.Content, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(lessons.Content, name)
		for _, r := range string(text) {
			if r < 0x80 || checked[r] {
				continue
			}
			checked[r] = true
			if got := inASCII(string(r)); strings.Contains(got, "?") {
				t.Errorf("%s: nothing stands for %q", name, r)
			}
		}
		return err
	})
	if err != nil || len(checked) < 40 {
		t.Errorf("%d characters: %v", len(checked), err)
	}
}

// What means something else looks otherwise.
func TestMarksAreToldApartInASCII(t *testing.T) {
	for _, marks := range []string{"←✓✗★●◆◇↓", "→✓✗", "↑★↓▼▱", "▲▼◀▶", "┌│─", "☐☑☒", "▰▱░"} {
		stands := map[string]string{}
		for _, r := range marks {
			got := inASCII(string(r))
			if other, is := stands[got]; is && (other != "↓" || r != '▼') {
				t.Errorf("%c and %s are both %q", r, other, got)
			}
			stands[got] = string(r)
		}
	}
}
