package console

import (
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/lesson"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

func TestStillConsolesTurnNothing(t *testing.T) {
	s := stage.New()
	s.Midway()
	o := options(t, s, words.English)
	o.Still = true
	m := newModel(o, s.Book, passes, parseTest)
	defer m.Close()
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.lesson.Update(lesson.LabStarted{At: lesson.Place{Module: 3, Lab: 0}})
	m.again()
	before := screenText(m)
	if !strings.Contains(before, "● in flight") || !strings.Contains(before, "● running") {
		t.Errorf("no still mark in\n%s", before)
	}
	for range 20 {
		m.again() // time stands, so that nothing but a spinner could move
	}
	if after := screenText(m); after != before {
		t.Errorf("something turned:\n%s", after)
	}
	press(t, m, ":")
	if c := m.View().Cursor; c == nil || c.Blink {
		t.Error("the cursor blinks")
	}
}

// Nothing asks for a frame over an idle hour but the header's minute; the
// ledger alone wakes the console.
func TestOneFrameWakesForOneChange(t *testing.T) {
	s := stage.New()
	m := console(t, s, words.English, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.onFrame()
	m.pulse.beating = false
	s.Wall = s.Wall.Add(time.Second)
	wait := m.onFrame()
	frames := m.pulse.beat
	if m.pulse.beating || wait == nil || m.watch() != nil {
		t.Fatal("the console does not wait, or waits twice")
	}
	came := make(chan tea.Msg, 1)
	go func() { came <- wait() }()
	s.Book.Apply(ledger.ToxicAdded{At: stage.At(1), Toxic: ledger.Toxic{Broker: 1, Name: "x", Kind: "latency", Stream: "upstream"}})
	if _, is := (<-came).(woke); !is {
		t.Fatal("the ledger did not wake the console")
	}
	if m.Update(woke{}); m.pulse.beat != frames+1 {
		t.Errorf("%d frames for one change", m.pulse.beat-frames)
	}
}
