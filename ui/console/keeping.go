package console

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// keep writes a text to a file of its own, atelier-<run>-<what>.md, and says
// where it is. No file that is there is touched.
func (m *Model) keep(w pane.Write) tea.Cmd {
	dir := m.options.Dir
	if dir == "" {
		m.say(telling.Told{Tone: telling.Bad, Text: words.Text{En: "There is no folder to write to here.", Fr: "Ici, aucun dossier où écrire."}})
		return nil
	}
	name := "atelier-" + fileName(m.seen.Snap.Run) + "-" + fileName(w.What)
	return func() tea.Msg {
		path, err := writeNew(filepath.Join(dir, name), ".md", w.Text)
		if err != nil {
			return telling.Told{Tone: telling.Bad, Err: words.Errorf("could not write the file: %v", "le fichier n’a pas pu être écrit : %v", err)}
		}
		return telling.Told{Tone: telling.Good, Text: words.Textf("Written to %s", "Écrit dans %s", path)}
	}
}

// sameName is how many files of one name there may be.
const sameName = 1000

// writeNew writes a file that was not there before: where it was, the next
// number is taken.
func writeNew(name, ext, text string) (string, error) {
	for n := 1; ; n++ {
		path := name + ext
		if n > 1 {
			path = name + "-" + strconv.Itoa(n) + ext
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) && n < sameName {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.WriteString(text)
		return path, errors.Join(err, f.Close())
	}
}

// fileName keeps of a text what every file system takes.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '-'
	}, s[:min(len(s), 40)])
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	if s = strings.Trim(s, "-"); s == "" {
		return "x"
	}
	return s
}
