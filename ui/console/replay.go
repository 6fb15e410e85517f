package console

import (
	"context"
	"math"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/kafka/ledger/tape"
	"atelier/ui/console/header"
	"atelier/ui/console/layout"
	"atelier/ui/console/lesson"
	"atelier/ui/console/prompt"
	"atelier/ui/console/telling"
	"atelier/ui/console/transport"

	tea "charm.land/bubbletea/v2"
)

// startReplay plays the last run again, slowly, in every view. The bench goes
// on meanwhile, out of sight.
func (m *Model) startReplay() tea.Cmd {
	t, err := m.options.Bench.Tape()
	if err != nil {
		m.say(telling.Told{Err: err, Tone: telling.Doubtful})
		return nil
	}
	return m.replay([]*tape.Tape{t}, transport.Name())
}

// showRecording plays a recording that is shipped, in every view, where the experiment
// that it shows cannot be run. The bench goes on meanwhile, out of sight.
func (m *Model) showRecording(r *recordings.Recording, lack error) tea.Cmd {
	in, err := r.Open()
	if err != nil {
		m.say(telling.Told{Err: err, Tone: telling.Bad})
		return nil
	}
	recording, err := tape.Load(context.Background(), r.Name, in)
	_ = in.Close()
	if err != nil {
		m.say(telling.Told{Err: err, Tone: telling.Bad})
		return nil
	}
	cmd := m.replay(recording.Tapes, r.Badge())
	m.say(telling.Told{Text: words.Textf("This experiment %v. What plays is a %v: Esc leaves it.", "Cette expérience %v. Ce qui passe ici est un %v : Échap le quitte.", lack, r.Title())})
	return cmd
}

func (m *Model) replay(tapes []*tape.Tape, name words.Text) tea.Cmd {
	m.transport.Play(tapes, name)
	m.typing = false
	m.say(telling.Told{})
	m.show(benchPage)
	return m.turnReplay()
}

// leaveReplay shows the live bench as it is now. Where there is none, there is
// nothing to leave for.
func (m *Model) leaveReplay() tea.Cmd {
	if m.bare {
		m.say(telling.Told{Text: words.Text{En: "This is all that was recorded: q leaves.", Fr: "C’est tout ce qui a été enregistré : q quitte."}})
		return nil
	}
	m.transport.Stop()
	m.say(telling.Told{})
	return m.turnReplay()
}

// turnReplay goes from the bench to a replay, or back: all that is on screen is
// of another time.
func (m *Model) turnReplay() tea.Cmd {
	badge := header.Badge{}
	if m.transport.On() {
		badge.Text = m.transport.Name()
	}
	m.header.Update(badge)
	m.canvas.all = true
	m.refocus()
	return m.followReplay()
}

// replayed is what the lesson has to know of a replay: where it stands in the
// run that the lesson's experiments made.
func (m *Model) replayed() lesson.Replayed {
	if !m.transport.On() || m.seen.Snap.Run != m.veil.run {
		return lesson.Replayed{}
	}
	at := m.seen.Now
	if !m.seen.Live { // the tape ends with its last event, a lab a little later
		at = math.MaxInt64
	}
	return lesson.Replayed{On: true, At: at, Labs: m.veil.labs}
}

// followReplay shows where the tape stands, and goes on while it moves.
func (m *Model) followReplay() tea.Cmd {
	m.observe(m.book.Snapshot())
	if m.transport.On() && !m.transport.Playing() {
		return nil // nothing moves by itself
	}
	return m.tick()
}

// pressReplay gives a key to the tape. Enter is first of all for what has the
// focus: it opens a row there. A dialog keeps the keys that close and choose.
func (m *Model) pressReplay(k tea.KeyPressMsg) (tea.Cmd, bool) {
	key := k.String()
	if d := m.dialog(); d != nil && (key == "enter" || key == "esc") {
		return nil, false
	}
	if key == "enter" && m.at >= 0 {
		if p := m.focused(); p != nil {
			if wish, took := p.Key(k); took {
				return m.grant(wish), true
			}
		}
	}
	wish, took := m.transport.Key(k)
	if !took {
		return nil, false
	}
	m.unask()
	return m.grant(wish), true
}

// refuse says why nothing is sent now; a line that somebody wrote waits in the
// prompt.
func (m *Model) refuse(line string) {
	if line != "" && !m.prompt.Written() {
		m.prompt.Update(prompt.LineWrong{Line: line})
	}
	t := telling.Told{Tone: telling.Doubtful, Text: words.Text{
		En: "This is a replay, nothing is sent now: Esc leaves it.", Fr: "C’est un ralenti, rien ne part maintenant : Échap le quitte.",
	}}
	switch {
	case m.bare:
		t.Text = words.Text{En: "This is a recording: nothing can be sent here.", Fr: "C’est un enregistrement : rien ne peut partir d’ici."}
	case m.prompt.Written():
		t.Text.En += " What you wrote waits behind “:”."
		t.Text.Fr += " Ce que vous avez écrit attend derrière « : »."
	}
	m.say(t)
}

// firstSpot is what has the focus where there is no lesson.
func (b *bench) firstSpot() layout.Spot { return layout.Spot(b.named("attempts")) }
