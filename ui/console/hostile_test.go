package console

import (
	"strconv"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/course"
	"atelier/ui/console/layout"
	"atelier/ui/console/lesson"
	"atelier/ui/console/prompt"
	"atelier/ui/console/stage"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

func TestHostileTextBreaksNoLine(t *testing.T) {
	for i, s := range stage.Hostile() {
		st := stage.New()
		st.Play(stage.Message{Batch: 1, Label: s, Mode: "plain", Sent: 1, Reported: 20, Err: s, Attempts: []stage.Attempt{stage.Try(1, 2, 3, 4, -1, 0)}})
		st.Book.Apply(
			ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 1, Name: s, Kind: s, Stream: "upstream"}},
			ledger.AuditBegan{At: stage.At(30)}, ledger.AuditEnded{At: stage.At(31), Reason: s},
		)
		m := console(t, st, words.English, passes)
		m.lesson.Update(lesson.Taught{Modules: []*course.Module{{Number: 3, Title: s, Steps: []course.Step{{Title: s, Blocks: []course.Block{
			course.Prose{Markdown: s},
			course.Diagram{Text: s},
			course.Hint{Markdown: s},
			course.Check{Text: s},
			course.Lab{Source: s, Line: 2},
			course.Quiz{Question: s, Choices: []course.Choice{{Text: s}}},
		}}}}}})
		m.tellWhere()
		m.Update(tea.PasteMsg{Content: s})
		m.say(telling.Told{Text: words.Text{En: s, Fr: s}, Tone: telling.Bad})
		for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}} {
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			for range 6 {
				checkScreen(t, m, "hostile "+strconv.Itoa(i))
				m.moveTo(m.following(1))
			}
			if size[0] > 80 {
				continue
			}
			for _, k := range []string{"/", "f", "e"} {
				m.do(match(m.keys, k))
				for range 14 {
					checkScreen(t, m, "hostile "+k+strconv.Itoa(i))
					m.Update(tea.PasteMsg{Content: s})
					m.Update(key("down"))
				}
				checkScreen(t, m, "hostile "+k+strconv.Itoa(i))
				m.close()
			}
			m.moveTo(layout.Prompt)
			for _, line := range []string{"send 1 plain as ", "toxics clear ", "expect "} {
				m.prompt.Update(prompt.Cleared{})
				m.Update(tea.PasteMsg{Content: line})
				for range 4 {
					m.Update(key("tab"))
					checkScreen(t, m, "hostile completion "+strconv.Itoa(i))
				}
			}
		}
	}
}
