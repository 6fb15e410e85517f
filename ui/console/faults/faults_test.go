package faults

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func drawn(d *Dialog) string {
	var g screen.Grid
	g.Resize(d.W, d.H)
	d.View(g.All())
	return strings.ReplaceAll(ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, false)))), "\u00a0", " ")
}

// What a field is for can be read wherever it has the keys: beside it, or below
// where that is too narrow.
func TestEachFieldIsExplained(t *testing.T) {
	for _, size := range [][2]int{{58, 16}, {78, 18}} {
		for _, lang := range []words.Lang{words.English, words.French} {
			d := New(func(string) error { return nil })
			d.Update(pane.Spoken{Lang: lang})
			d.Size(size[0], size[1])
			for range chaos.Kinds() {
				for range d.form.Rows() {
					note := ""
					if f := d.form.Field(d.form.Focused()); f != nil {
						note = strings.ReplaceAll(f.Note.In(lang), "\u00a0", " ")
					}
					words := strings.Fields(strings.ReplaceAll(drawn(d), "\n", " "))
					if got := strings.Join(words, " "); !strings.Contains(strings.ToLower(got), strings.ToLower(note)) {
						t.Errorf("%d columns, %s: no %q in\n%s", size[0], lang, note, drawn(d))
					}
					d.Key(tea.KeyPressMsg{Code: tea.KeyDown})
				}
				d.form.FocusOn("kind")
				d.Key(tea.KeyPressMsg{Code: tea.KeyRight})
			}
		}
	}
}

// At 80 columns the notes stand beside their fields.
func TestTheUsualNotesStandBesideTheirFields(t *testing.T) {
	for lang, note := range map[words.Lang]string{words.English: "share of the connections hit; 1: all", words.French: "part des connexions touchées ; 1 : toutes"} {
		d := New(func(string) error { return nil })
		d.Update(pane.Spoken{Lang: lang})
		d.Size(78, 18)
		if got := drawn(d); !strings.Contains(strings.ReplaceAll(got, "\u202f", " "), note) {
			t.Errorf("no %q in\n%s", note, got)
		}
	}
}
