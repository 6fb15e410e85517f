package console

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons/progress"
	"atelier/ui/console/checkup"
	"atelier/ui/console/stage"
	"atelier/ui/doctor"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/exp/golden"
)

// learned is what is kept of somebody who has done the stage's first step.
func learned() *progress.State {
	m := stage.Modules()[words.English][0]
	at := time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC)
	s, x := progress.NewState(), progress.Of(m)
	s.Met(at.Add(-time.Hour))
	s.Finished(x.Step(0), at)
	s.Predicted(x.Block(0, 1), progress.Answer{Choice: 0, At: at})
	s.Ran(x.Lab(0), progress.Run{ID: "b5hp3a", At: at.Add(time.Minute), Status: "failed", Cluster: "embedded", Checks: []progress.Check{
		{Expr: "A.copies == 3", Held: true, Values: map[string]any{"A.copies": int64(3)}},
		{Expr: "B.copies == 1", Values: map[string]any{"B.copies": int64(0)}},
	}})
	return s
}

// paged is a console with something to tell on its pages.
func paged(t *testing.T, lang words.Lang, w, h int, set func(*Options)) *Model {
	t.Helper()
	s := stage.New()
	o := options(t, s, lang)
	o.Kept, o.Dir, o.Profile = learned, t.TempDir(), colorprofile.TrueColor
	if set != nil {
		set(&o)
	}
	m := newModel(o, s.Book, passes, parseTest)
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	m.again()
	return m
}

// examined is what a page looks at in tests: a patient, nothing of this machine.
func examined() *doctor.Options {
	return &doctor.Options{
		UTF8: true, StateDir: "/home/ada/.local/state/atelier", TempDir: "/tmp", Tools: []string{"docker", "curl"}, Spare: true,
		Ports:   []doctor.Port{{Address: "127.0.0.1:18081", For: words.Text{En: "the HTTP API", Fr: "l’API HTTP"}, Flag: "--api", Ours: true}},
		Brokers: []string{"127.0.0.1:9092"}, Toxiproxy: "http://127.0.0.1:8474",
	}
}

// diagnosed opens the page of the doctor, and tells it what was found of all but some
// checks.
func diagnosed(m *Model, but ...string) *checkup.Dialog {
	page := checkup.New(m.patient)
	m.open(page)
	round, checks := page.Start(func() {})
	for i, c := range checks {
		f := c.Of
		f.State, f.Saw = doctor.Found, words.Text{En: "as it should be", Fr: "comme il faut"}
		switch f.ID {
		case "docker":
			f.State, f.Saw = doctor.Missing, words.Text{En: "not found", Fr: "introuvable"}
		case "brokers":
			f.State, f.Saw = doctor.Missing, words.Text{En: "no answer within 15 s", Fr: "pas de réponse en 15 s"}
		}
		if !strings.Contains(strings.Join(but, " "), f.ID) {
			m.Update(looked{page: page, found: checkup.Looked{Round: round, Check: i, Found: []doctor.Finding{f}}})
		}
	}
	return page
}

// TestScreensOfPages pictures what was done and what there is. Regenerate with:
// go test ./ui/console -run TestScreensOfPages -update
func TestScreensOfPages(t *testing.T) {
	scenes := []struct {
		name string
		opt  func(*Options)
		set  func(*testing.T, *Model)
	}{
		{"summary-nothing", func(o *Options) { o.Kept = progress.NewState }, func(t *testing.T, m *Model) { press(t, m, "S") }},
		{"summary", func(o *Options) { o.Dir = "/home/ada/kafka" }, func(t *testing.T, m *Model) { press(t, m, "S") }},
		{"summary-refused", func(o *Options) { o.Dir = "/home/ada/nowhere" }, func(t *testing.T, m *Model) { press(t, m, "S"); m.View(); press(t, m, "c", "end") }},
		{"checkup-looking", nil, func(t *testing.T, m *Model) { diagnosed(m, "docker", "brokers") }},
		{"checkup", nil, func(t *testing.T, m *Model) { diagnosed(m) }},
		{"checkup-end", nil, func(t *testing.T, m *Model) { diagnosed(m); m.View(); press(t, m, "end") }},
	}
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}} {
		for _, lang := range []words.Lang{words.French, words.English} {
			for _, scene := range scenes {
				t.Run(fmt.Sprintf("%dx%d/%s/%s", size[0], size[1], lang, scene.name), func(t *testing.T) {
					m := paged(t, lang, size[0], size[1], func(o *Options) {
						o.Still, o.Doctor = true, examined()
						if scene.opt != nil {
							scene.opt(o)
						}
					})
					scene.set(t, m)
					m.again()
					checkScreen(t, m, scene.name)
					golden.RequireEqual(t, screenText(m))
				})
			}
		}
	}
}

func TestTheSummaryOpensByItsKeyFromHomeAndByName(t *testing.T) {
	m := paged(t, words.English, 120, 40, nil)
	shows := func() {
		t.Helper()
		has(t, m, "─ summary ─", "Kafka Atelier: your progress, 2026-11-22 09:00", "first contact: 2026-11-22 07:30", "Module 3, Reliability: begun",
			"✗ predicted 1: not right (2026-11-22 08:30)", "☑ A stands in the log three times", "A.copies = 3; run b5hp3a, 2026-11-22 08:31, embedded cluster", "☐ B stands there once")
	}
	press(t, m, "S")
	shows()
	press(t, m, "S")
	if m.dialog() != nil {
		t.Error("S does not close it")
	}
	press(t, m, "H", "S")
	shows()
	press(t, m, "esc")
	has(t, m, "─ the course ─")
	press(t, m, "esc", "/")
	typeText(t, m, "certificate")
	press(t, m, "enter")
	shows()
	press(t, m, "L")
	has(t, m, "─ bilan ─", "Module 3, Fiabilité : commencé", "☑ A est trois fois dans le journal", "écrit l’attestation dans un nouveau fichier de")
	dark := m.dark
	press(t, m, "T")
	if m.dark == dark || m.dialog() == nil {
		t.Error("T does not change the theme")
	}
}

// What an experiment shows while the page is open stands there.
func TestTheSummaryKeepsUp(t *testing.T) {
	state := progress.NewState()
	m := paged(t, words.English, 120, 40, func(o *Options) { o.Kept = func() *progress.State { return state } })
	press(t, m, "S", "c")
	has(t, m, "Nothing is done yet.", "Module 3, Reliability: not begun")
	hasNot(t, m, "certificate", "To begin: atelier")
	state = learned()
	m.again()
	has(t, m, "Module 3, Reliability: begun", "writes the certificate to a new file in")
	bare := paged(t, words.English, 80, 24, func(o *Options) { o.Kept = nil })
	press(t, bare, "S", "c", "down")
	has(t, bare, "Nothing is kept here of what you do.")
}

// Each certificate is a new file, and the page says where.
func TestACertificateIsWrittenByAKey(t *testing.T) {
	m := paged(t, words.French, 120, 40, nil)
	dir := m.options.Dir
	first, second := filepath.Join(dir, "atelier-attestation-2026-11-22.md"), filepath.Join(dir, "atelier-attestation-2026-11-22-2.md")
	if err := os.WriteFile(first, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	press(t, m, "S", "c")
	has(t, m, "✓ Attestation écrite dans", filepath.Base(second))
	if data, err := os.ReadFile(first); err != nil || string(data) != "mine" {
		t.Errorf("what was there is %q, %v", data, err)
	}
	if data, err := os.ReadFile(second); err != nil || !strings.Contains(string(data), "# Kafka Atelier\u00a0: attestation") || !strings.Contains(string(data), "b5hp3a") {
		t.Errorf("%q, %v", data, err)
	}
	_, cmd := m.Update(key("c")) // it is told also where the page was left
	press(t, m, "esc")
	settle(t, m, cmd)
	has(t, m, "Écrit dans", "atelier-attestation-2026-11-22-3.md")
}

func TestWhyThereIsNoCertificateIsSaid(t *testing.T) {
	for said, dir := range map[string]string{
		"there is no folder to write to here": "", "there is no folder /nowhere. Elsewhere: atelier progress --certificate FILE": "/nowhere",
	} {
		m := paged(t, words.English, 120, 40, func(o *Options) { o.Dir = dir })
		press(t, m, "S", "c")
		has(t, m, said)
	}
}

func TestNothingToCertifyIsSaid(t *testing.T) {
	dir := t.TempDir()
	m := paged(t, words.French, 80, 24, func(o *Options) {
		o.Kept, o.Dir = func() *progress.State { return &progress.State{} }, dir
	})
	press(t, m, "S", "c")
	has(t, m, "Rien à attester pour l’instant.")
}

func TestTheDoctorOpensByItsKeyFromHomeAndByName(t *testing.T) {
	m := paged(t, words.English, 120, 40, func(o *Options) {
		o.Doctor = &doctor.Options{UTF8: true, StateDir: t.TempDir(), TempDir: t.TempDir()}
	})
	shows := func() {
		t.Helper()
		has(t, m, "─ doctor ─", "✓ All that is needed is there.", "✓ found   size", "120 × 40", "colours            all", "English", "ports of 127.0.0.1 can be")
	}
	press(t, m, "D")
	shows()
	press(t, m, "D")
	if m.dialog() != nil || m.examining() {
		t.Error("D does not close it")
	}
	press(t, m, "H", "D")
	shows()
	press(t, m, "esc")
	has(t, m, "─ the course ─")
	press(t, m, "esc", "/")
	typeText(t, m, "doctor")
	press(t, m, "enter")
	shows()
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	press(t, m, "L")
	has(t, m, "─ diagnostic ─", "Tout ce qu’il faut est là.", "80 × 24", "français")
	m = paged(t, words.English, 80, 24, nil)
	press(t, m, "D", "r", "down")
	has(t, m, "Nothing can be looked at from here.")
}

// The terminal is this session's, whatever the process around it is told.
func TestTheDoctorLooksAtThisTerminal(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	m := paged(t, words.English, 120, 40, func(o *Options) {
		o.NoColor = true
		o.Doctor = &doctor.Options{StateDir: t.TempDir(), TempDir: t.TempDir(), Width: 7, Locale: words.French}
	})
	press(t, m, "D")
	has(t, m, "none, as NO_COLOR asks", "the locale says something else", "120 × 40", "English")
	t.Setenv("NO_COLOR", "1")
	m = paged(t, words.English, 120, 40, func(o *Options) {
		o.Doctor = &doctor.Options{StateDir: t.TempDir(), TempDir: t.TempDir()}
	})
	press(t, m, "D")
	hasNot(t, m, "NO_COLOR")
}

// A tool that never answers holds up no key, and ends with the page.
func TestTheDoctorWaitsForNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tool is a shell script")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kubectl"), []byte("#!/bin/sh\nexec sleep 600\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	m := paged(t, words.English, 120, 40, func(o *Options) {
		o.Doctor = &doctor.Options{UTF8: true, StateDir: t.TempDir(), TempDir: t.TempDir(), Tools: []string{"kubectl"}, Spare: true}
	})
	told := make(chan tea.Msg, 100)
	begin := func(k string) (checks int) {
		_, cmd := m.Update(key(k))
		for _, c := range cmd().(tea.BatchMsg) {
			checks++
			go func() { told <- c() }()
		}
		return checks
	}
	wait := func() looked {
		for {
			select {
			case msg := <-told:
				m.pulse.beating = false
				if l, is := msg.(looked); is {
					return l
				}
			case <-time.After(20 * time.Second):
				t.Fatal("a check did not end")
			}
		}
	}
	n := begin("D") - 1 // and a frame
	for range n - 1 {
		m.Update(wait())
	}
	m.again()
	has(t, m, "Looking: 1 of 4 to go.", "kubectl", "being looked at…", "for: Kubernetes", "✓ found   temporary folder")
	press(t, m, "down", "L")
	has(t, m, "Examen en cours : encore 1 sur 4.")
	if !m.examining() {
		t.Error("nothing moves")
	}
	// It looks again: what it looked at before ends, and is not taken in.
	begin("r")
	for range n { // the late one, and all of the new ones but the tool's
		if m.Update(wait()); !m.examining() {
			t.Error("a late answer counts")
		}
	}
	press(t, m, "esc")
	if m.examining() {
		t.Error("it goes on behind a page that is closed")
	}
	if l := wait(); len(l.found.Found) != 1 || l.found.Found[0].State == doctor.Found {
		t.Errorf("%+v", l.found)
	}
}

// However the page is closed, what it looks at is ended.
func TestTheDoctorEndsWithItsPage(t *testing.T) {
	for _, k := range []string{"esc", "D", "q", "ctrl+c"} {
		m := paged(t, words.English, 80, 24, func(o *Options) { o.Doctor = examined() })
		page := checkup.New(m.patient)
		m.open(page)
		ended := 0
		page.Start(func() { ended++ })
		page.Start(func() { ended += 10 })
		if press(t, m, k); m.dialog() != nil || ended != 11 || page.Looking() {
			t.Errorf("%s: ended %d", k, ended)
		}
	}
}

func TestAPanicOfACheckEndsTheConsole(t *testing.T) {
	m := paged(t, words.English, 120, 40, nil)
	_, cmd := m.Update(looked{crash: crashed("broken")})
	if m.crash == nil || cmd == nil {
		t.Error("it was swallowed")
	}
}
