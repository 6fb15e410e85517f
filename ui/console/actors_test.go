package console

import (
	"context"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/stage"
)

// parseTest reads lines without looking at what they say: each becomes a line
// of the script.
func parseTest(name string, src []byte, _ []string) (*lab.Script, error) {
	s := &lab.Script{Name: name}
	n, start := 1, 0
	for i := 0; i <= len(src); i++ {
		if i < len(src) && src[i] != '\n' {
			continue
		}
		if text := string(src[start:i]); text != "" {
			if text == "boom" {
				return nil, lab.Errors{{Pos: lab.Pos{Line: n, Column: 1}, Len: 4, Text: words.Text{
					En: "unknown command boom: did you mean broker?", Fr: "commande boom inconnue : vouliez-vous dire broker ?",
				}}}
			}
			s.Lines = append(s.Lines, lab.Line{Pos: lab.Pos{File: name, Line: n, Column: 1}, Text: text})
		}
		n, start = n+1, i+1
	}
	return s, nil
}

// passes plays a script at once: every line is done.
func passes(_ context.Context, s *lab.Script, watch func(lab.Progress), _ func(context.Context) error) lab.Result {
	for i, l := range s.Lines {
		watch(lab.Progress{Index: i, Line: l, State: lab.Started})
		watch(lab.Progress{Index: i, Line: l, State: lab.Done, Result: words.Text{En: "done: " + l.Text, Fr: "fait : " + l.Text}})
	}
	return lab.Result{Status: lab.Passed}
}

// hangs plays a script until it is stopped.
func hangs(ctx context.Context, s *lab.Script, watch func(lab.Progress), _ func(context.Context) error) lab.Result {
	watch(lab.Progress{Line: s.Lines[0], State: lab.Started})
	<-ctx.Done()
	return lab.Result{Status: lab.Interrupted, Err: ctx.Err()}
}

func options(t testing.TB, s *stage.Stage, lang words.Lang) Options {
	return Options{
		Bench: s, Modules: stage.Modules(), Lesson: 3, Lang: lang, Cluster: words.Text{En: "embedded", Fr: "embarqué"},
		Theme: Dark, Now: func() time.Time { return s.Wall },
	}
}

func console(t testing.TB, s *stage.Stage, lang words.Lang, play player) *Model {
	t.Helper()
	m := newModel(options(t, s, lang), s.Book, play, parseTest)
	t.Cleanup(m.Close)
	return m
}
