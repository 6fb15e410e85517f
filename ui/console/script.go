package console

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// script is the lines that ran in this session, by key, form or prompt.
type script struct{ lines []ranLine }

// ranLine is one of them, and the run that it fell into.
type ranLine struct{ run, text string }

// maxScript bounds how many lines are kept: --script takes no more.
const maxScript = lab.MaxLines / 3

func (s *script) add(run, text string) {
	if s.lines = append(s.lines, ranLine{run, text}); len(s.lines) > maxScript {
		s.lines = slices.Delete(s.lines, 0, len(s.lines)-maxScript)
	}
}

// text is the script that --script runs. What makes no sense there without what
// went before it, such as a label that an experiment of a lesson sent, stays as
// a comment.
func (s *script) text(date time.Time, lang words.Lang) string {
	var out []string
	out = append(out, "# "+lang.Pick("Kafka Atelier, lines of ", "Kafka Atelier, lignes du ")+lang.Moment(date))
	run := ""
	for i, l := range s.lines {
		if i == 0 || l.run != run {
			out, run = append(out, ""), l.run
		}
		for one := range strings.SplitSeq(l.text, "\n") {
			out = append(out, one)
		}
	}
	// Every error names its line; a comment in its place brings no new ones but
	// those of lines that built on it.
	for range out {
		wrong := wrongLines(strings.Join(out, "\n"))
		if len(wrong) == 0 {
			break
		}
		for _, n := range wrong {
			out[n-1] = "# " + out[n-1]
		}
	}
	return strings.Join(out, "\n") + "\n"
}

// wrongLines are the lines of a script that cannot be read, from 1.
func wrongLines(text string) []int {
	_, err := lab.Parse("", []byte(text))
	var all lab.Errors
	if !errors.As(err, &all) {
		return nil
	}
	lines := strings.Split(text, "\n")
	var wrong []int
	for _, e := range all {
		if n := e.Pos.Line; n >= 1 && n <= len(lines) && lines[n-1] != "" && lines[n-1][0] != '#' && !slices.Contains(wrong, n) {
			wrong = append(wrong, n)
		}
	}
	return wrong
}

// scriptSaved says what became of a script.
type scriptSaved struct {
	path string
	err  error
}

// saveScript writes the lines of this session to a file of its own.
func (m *Model) saveScript() tea.Cmd {
	switch {
	case len(m.script.lines) == 0:
		m.say(telling.Told{Text: words.Text{En: "There is no line to save yet: p sends a message, : takes any line.", Fr: "Aucune ligne à garder pour l’instant : p envoie un message, : prend toute ligne."}})
		return nil
	case m.options.Dir == "":
		m.say(telling.Told{Tone: telling.Bad, Text: words.Text{En: "No script can be saved from here.", Fr: "Aucun script ne peut être enregistré d’ici."}})
		return nil
	}
	now := m.options.Now()
	ran, lang, dir := script{slices.Clone(m.script.lines)}, m.lang, m.options.Dir
	return func() tea.Msg {
		path, err := writeNew(filepath.Join(dir, "atelier-"+now.Format("2006-01-02")), ".lab", ran.text(now, lang))
		return scriptSaved{path, err}
	}
}

func (m *Model) onScriptSaved(s scriptSaved) {
	if s.err != nil {
		m.say(telling.Told{Tone: telling.Bad, Err: words.Errorf("The script was not saved: %s", "Le script n’a pas été enregistré : %s", s.err)})
		return
	}
	m.say(telling.Told{Tone: telling.Good, Text: words.Textf("Saved: atelier --script %s", "Enregistré : atelier --script %s", s.path)})
}
