package console

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger/tape"
	"atelier/lessons"
	workbench "atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/ui/console/lesson"
	"atelier/ui/console/portrait"

	tea "charm.land/bubbletea/v2"
)

// picture is one of the README's.
type picture struct {
	name  string
	title words.Text
	says  words.Text               // to whoever can't see it
	shows words.Text               // what it is made for
	pose  func(*testing.T, *Model) // after the experiment of the lost acknowledgement
}

func pictures() []picture {
	return []picture{
		{
			name:  "console",
			title: words.Text{En: "The console after the experiment of the lost acknowledgement", Fr: "La console après l’expérience de l’acquittement perdu"},
			says: words.Text{
				En: "Left, the lesson: a prediction that was right, the lines of the experiment, and what was to be checked, ticked. Right, the bench: every answer is held back for five seconds. A, plain, was attempted three times and stands in the log three times, a duplicate; B, idempotent, was attempted four times and stands there once.",
				Fr: "À gauche, la leçon\u00a0: une prédiction juste, les lignes de l’expérience, et ce qu’il fallait vérifier, coché. À droite, le banc\u00a0: chaque réponse est retenue cinq secondes. A, plain, a été tenté trois fois et figure trois fois dans le journal, un doublon\u00a0; B, idempotent, a été tenté quatre fois et n’y figure qu’une fois.",
			},
			shows: words.Text{En: "3 copies DUPLICATE", Fr: "3 copies DOUBLON"},
			pose:  func(t *testing.T, m *Model) { press(t, m, "9") },
		},
		{
			name:  "story",
			title: words.Text{En: "The story of message A", Fr: "L’histoire du message A"},
			says: words.Text{
				En: "A sequence diagram of the producer, the proxy and the broker. Three attempts, none with a sequence: each arrives and is added to the log, each answer is held back at the proxy, and each time the producer stops waiting. Its report is unknown, and the log holds three copies.",
				Fr: "Un diagramme de séquence\u00a0: le producteur, le proxy et le broker. Trois tentatives, toutes sans séquence\u00a0: chacune arrive et s’ajoute au journal, chaque réponse est retenue au proxy, et chaque fois le producteur cesse d’attendre. Son rapport\u00a0: sort inconnu\u00a0; le journal, lui, a trois copies.",
			},
			shows: words.Text{En: "the log, read back", Fr: "le journal, relu"},
			pose: func(t *testing.T, m *Model) {
				press(t, m, "tab", "tab", "up", "enter")
				const columns = 92
				m.Update(tea.WindowSizeMsg{Width: columns, Height: 40})
				m.Update(tea.WindowSizeMsg{Width: columns, Height: m.dialogAt(m.dialog()).H}) // nothing but the story
			},
		},
	}
}

func (p *picture) file(lang words.Lang, theme Theme) string {
	return p.name + "-" + string(lang) + "-" + string(theme) + ".svg"
}

// TestPictures makes the README's pictures: somebody sits at a console in each
// language and each theme, does the experiment of the lost acknowledgement and
// looks around. Nothing in them is drawn by hand. It takes its time and wants
// the machine for itself, so it runs where its folder is named: make pictures.
func TestPictures(t *testing.T) {
	folder := os.Getenv("ATELIER_PICTURES")
	if folder == "" {
		t.Skip("ATELIER_PICTURES names the folder that they go to")
	}
	for _, lang := range []words.Lang{words.English, words.French} {
		for _, theme := range []Theme{Dark, Light} {
			m := beforeTheExperiment(t, lang, theme)
			press(t, m, "3", "enter")
			loseTheAcknowledgement(t, m)
			for _, p := range pictures() {
				p.pose(t, m)
				m.again()
				checkScreen(t, m, p.name)
				if has(t, m, p.shows.In(lang)); t.Failed() {
					return
				}
				svg := portrait.Portrait{
					Frame: m.View().Content, Columns: m.screen.Width, Dark: theme == Dark, Lang: lang,
					Title: p.title.In(lang), Says: p.says.In(lang),
				}.SVG()
				if err := os.WriteFile(filepath.Join(folder, p.file(lang, theme)), svg, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// loseTheAcknowledgement does the experiment, once more where the machine stood
// still meanwhile.
func loseTheAcknowledgement(t *testing.T, m *Model) {
	t.Helper()
	for try := 1; ; try++ {
		press(t, m, "enter")
		m.again()
		held, all := m.lesson.Score(lesson.Place{Module: 3})
		if held == all && all > 0 {
			return
		}
		if try == tries || !doubtful(screenText(m), m.lang) {
			t.Fatalf("%d of %d points:\n%s", held, all, screenText(m))
		}
		t.Logf("once more; %d of %d points:\n%s", held, all, screenText(m))
	}
}

// beforeTheExperiment is a console on an embedded bench of its own.
func beforeTheExperiment(t *testing.T, lang words.Lang, theme Theme) *Model {
	t.Helper()
	b, err := workbench.Open(t.Context(), workbench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir(), Seed: 3, Memory: tape.DefaultMemory})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	modules, err := course.Load(lessons.Content, lang)
	if err != nil {
		t.Fatal(err)
	}
	m := New(Options{
		Bench: b, Modules: map[words.Lang][]*course.Module{lang: modules}, Lesson: 3, Step: 2, Lang: lang, Theme: theme, Still: true,
		Cluster: words.Text{En: "embedded", Fr: "embarqué"},
	})
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return m
}

// The README shows every picture, and there are no others.
func TestReadmeShowsThePictures(t *testing.T) {
	const root = "../../"
	readme, err := os.ReadFile(root + "README.md")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, p := range pictures() {
		for _, lang := range []words.Lang{words.English, words.French} {
			for _, theme := range []Theme{Dark, Light} {
				want = append(want, "assets/pictures/"+p.file(lang, theme))
			}
		}
	}
	shown := regexp.MustCompile(`assets/pictures/[^")]*`).FindAllString(string(readme), -1)
	there, _ := filepath.Glob(root + "assets/pictures/*")
	for i := range there {
		there[i] = filepath.ToSlash(there[i][len(root):])
	}
	for what, got := range map[string][]string{"shown in the README": shown, "in the folder": there} {
		if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	const heavy = 60 << 10
	for _, name := range there {
		svg, err := os.ReadFile(root + name)
		if err != nil || len(svg) > heavy {
			t.Errorf("%s has %d bytes: %v", name, len(svg), err)
		}
		if err := xml.Unmarshal(svg, new(struct{})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
