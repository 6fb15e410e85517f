package console

import (
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/stage"
)

// What is announced at the start is read where the learner comes to, whichever
// way leads there.
func TestAnnouncementsWaitForThePagesAbove(t *testing.T) {
	for name, keys := range map[string][]string{"back out": {"esc", "esc"}, "start": {"esc", "enter"}} {
		m := meeting(t, words.English, 120, 40)
		m.Update(announced{words.Text{En: "the API is elsewhere", Fr: "l’API est ailleurs"}})
		m.Update(announced{words.Text{En: "Toxiproxy is elsewhere", Fr: "Toxiproxy est ailleurs"}})
		hasNot(t, m, "elsewhere")
		press(t, m, keys...)
		if m.dialog() != nil {
			t.Fatalf("%s: a page is open", name)
		}
		has(t, m, "the API is elsewhere", "Toxiproxy is elsewhere")
		press(t, m, "space")
		hasNot(t, m, "elsewhere")
	}
}

// One that comes later does not take its place.
func TestAnnouncementsStandBesideEachOther(t *testing.T) {
	m := meeting(t, words.French, 80, 24)
	press(t, m, "esc", "esc")
	m.Update(announced{words.Text{En: "one", Fr: "le premier avis"}})
	m.Update(announced{words.Text{En: "two", Fr: "le second avis"}})
	has(t, m, "le premier avis", "le second avis")
}

func TestPortsThatAreNotTheUsualOnesAreShown(t *testing.T) {
	for _, c := range []struct {
		toxiproxy string
		shown     bool
	}{{"http://127.0.0.1:8474", false}, {"http://127.0.0.1:45555", true}, {"", false}} {
		s := stage.New()
		o := options(t, s, words.English)
		o.API, o.Toxiproxy = "http://127.0.0.1:44473", c.toxiproxy
		m := newModel(o, s.Book, onStage(s), parseTest)
		t.Cleanup(m.Close)
		m.resize(120, 40)
		m.again()
		has(t, m, "API :44473")
		if c.shown {
			has(t, m, "API :44473 · Toxiproxy :45555")
		} else {
			hasNot(t, m, "Toxiproxy :")
		}
	}
}
