package console

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/checkup"
	"atelier/ui/console/summary"
	"atelier/ui/console/telling"
	"atelier/ui/doctor"
	"atelier/ui/transcript"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// The pages of what atelier progress and atelier doctor tell.

// openSummary opens the page of what the learner has done.
func (m *Model) openSummary() {
	m.open(summary.New(summary.Source{State: m.options.Kept, Modules: m.options.Modules, Now: m.options.Now, Dir: m.options.Dir}))
}

// certify writes a certificate to a file that was not there before.
func (m *Model) certify(of *transcript.Transcript) tea.Cmd {
	dir := m.options.Dir
	name := m.lang.Pick("atelier-certificate-", "atelier-attestation-") + m.options.Now().Format("2006-01-02")
	return func() tea.Msg {
		var text strings.Builder
		if err := of.Certificate(&text, ""); err != nil {
			return summary.Certified{Err: err}
		}
		path, err := writeNew(filepath.Join(dir, name), ".md", text.String())
		if err != nil {
			if path != "" {
				_ = os.Remove(path) // half of one certifies nothing
			}
			return summary.Certified{Err: words.Errorf("%v. Elsewhere: atelier progress --certificate FILE", "%v. Ailleurs : atelier progress --certificate FICHIER", transcript.Unwritten(dir, err))}
		}
		return summary.Certified{Path: path}
	}
}

// onCertified tells the page; where it is closed, the learner.
func (m *Model) onCertified(c summary.Certified) {
	for _, d := range m.dialogs {
		if page, is := d.(*summary.Dialog); is {
			page.Update(c)
			return
		}
	}
	if c.Err != nil {
		m.say(telling.Told{Tone: telling.Bad, Err: c.Err})
		return
	}
	m.say(telling.Told{Tone: telling.Good, Text: words.Textf("Written to %s", "Écrit dans %s", c.Path)})
}

// openCheckup opens the page of what the atelier needs, and begins to look.
func (m *Model) openCheckup() tea.Cmd {
	page := checkup.New(m.patient)
	m.open(page)
	return m.lookAt(page)
}

// patient is what there is to look at. The terminal is this session's.
func (m *Model) patient() (doctor.Options, bool) {
	if m.options.Doctor == nil {
		return doctor.Options{}, false
	}
	o := *m.options.Doctor
	o.Terminal, o.Width, o.Height = true, m.screen.Width, m.screen.Height
	o.Locale, o.NoColor, o.Profile = m.lang, m.options.NoColor, m.options.Profile
	if o.Profile == colorprofile.Unknown {
		o.Profile = colorprofile.TrueColor
	}
	return o, true
}

// looked says what a check of a page found.
type looked struct {
	page  *checkup.Dialog
	found checkup.Looked
	crash error // our own code panicked
}

// lookAt begins all checks of a page. They end with the page, with the session, or
// when the doctor's patience does.
func (m *Model) lookAt(page *checkup.Dialog) tea.Cmd {
	ctx, cancel := context.WithTimeout(m.session.ctx, doctor.Patience)
	round, checks := page.Start(cancel)
	if len(checks) == 0 {
		return nil
	}
	cmds := []tea.Cmd{m.tick()}
	for i := range checks {
		cmds = append(cmds, m.session.look(ctx, &checks[i], looked{page: page, found: checkup.Looked{Round: round, Check: i}}))
	}
	return tea.Batch(cmds...)
}

// look carries one check out in the background. The command tells what it found.
func (s *session) look(ctx context.Context, c *doctor.Check, told looked) tea.Cmd {
	over := make(chan looked, 1)
	s.wait.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				told.crash = crashed(p)
			}
			over <- told
		}()
		told.found.Found = c.Look(ctx)
	})
	return func() tea.Msg { return <-over }
}

func (m *Model) onLooked(l looked) tea.Cmd {
	if l.crash != nil {
		m.crash = l.crash
		return tea.Quit
	}
	l.page.Update(l.found)
	return nil
}

// examining says that a page is still looking: something moves in it.
func (m *Model) examining() bool {
	for _, d := range m.dialogs {
		if page, is := d.(*checkup.Dialog); is && page.Looking() {
			return true
		}
	}
	return false
}
