package console

import (
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/attempts"
	"atelier/ui/console/counts"
	"atelier/ui/console/header"
	"atelier/ui/console/help"
	"atelier/ui/console/journal"
	"atelier/ui/console/lesson"
	"atelier/ui/console/network"
	"atelier/ui/console/notice"
	"atelier/ui/console/pane"
	"atelier/ui/console/prompt"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Model is the console: it routes messages between its panes, the session that
// runs labs, and the ledger. It is a tea.Model.
type Model struct {
	options Options
	book    book
	clock   func() time.Duration
	parse   parser
	session *session
	keys    []binding
	opened  time.Time

	lang   words.Lang
	dark   bool
	look   *screen.Look
	screen Screen
	page   page
	typing bool // the prompt has the focus
	asked  bool // the next ctrl+c or q leaves
	crash  error

	stopping bool // ctrl+c ended what runs
	noticeOf int  // the run that spoke last

	header   *header.Pane
	lesson   *lesson.Pane
	network  *network.Pane
	attempts *attempts.Pane
	strip    *attempts.Pane
	counts   *counts.Pane
	journal  *journal.Pane
	prompt   *prompt.Pane
	notice   *notice.Pane
	help     *help.Pane
	canvas   canvas

	situation situation
	suggested bool

	pulse pulse
}

// page is what a narrow screen shows.
type page uint8

const (
	lessonPage page = iota
	benchPage
)

var _ tea.Model = (*Model)(nil)

// New makes a console. Whoever runs it closes it in the end.
func New(o Options) *Model {
	return newModel(o, o.Bench.Ledger(), playOn(o.Bench), parseLab)
}

func newModel(o Options, b book, play player, parse parser) *Model {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Lang == "" {
		o.Lang = words.English
	}
	keys := bindings()
	m := &Model{
		options: o, book: b, clock: o.Bench.Now, parse: parse, session: newSession(play), keys: keys, opened: o.Now(),
		dark:   o.Theme != Light,
		header: header.New(o.Cluster), lesson: lesson.New(), network: network.New(), attempts: attempts.New(false), strip: attempts.New(true),
		counts: counts.New(), journal: journal.New(), prompt: prompt.New(), notice: notice.New(), help: help.New(listed(keys)),
	}
	m.look = screen.NewLook(m.dark, o.NoColor, o.ASCII)
	m.speak(o.Lang)
	m.lesson.Update(lesson.Asked{Number: o.Lesson, Step: o.Step - 1})
	m.observe(b.Snapshot())
	m.tellWhere()
	m.refocus()
	return m
}

// Close ends what the console started and waits for it.
func (m *Model) Close() { m.session.close() }

// Init asks the terminal for its background and starts to watch the ledger.
func (m *Model) Init() tea.Cmd {
	if m.options.Theme == Auto && !m.options.NoColor {
		return tea.Batch(tea.RequestBackgroundColor, m.watch())
	}
	return m.watch()
}

// Update routes a message. A panic on the way ends the console in good order.
func (m *Model) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			m.crash = crashed(p)
			cmd = tea.Quit
		}
	}()
	return m, m.route(msg)
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		if m.options.Theme == Auto && msg.IsDark() != m.dark {
			m.dark = msg.IsDark()
			m.look = screen.NewLook(m.dark, m.options.NoColor, m.options.ASCII)
			m.canvas.all = true
		}
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		m.typing = true
		m.refocus()
		return m.prompt.Update(msg)
	case prompt.Submitted:
		return m.submit(msg.Line)
	case telling.Told:
		m.say(msg)
	case frame:
		return m.onFrame()
	case woke:
		return m.onWake()
	case runEnded:
		return m.onRunEnded(msg)
	}
	return nil
}

// panes lists all panes.
func (m *Model) panes() [9]pane.Pane {
	return [...]pane.Pane{m.header, m.lesson, m.network, m.attempts, m.strip, m.counts, m.journal, m.prompt, m.notice}
}

func (m *Model) tell(msg tea.Msg) {
	for _, p := range m.panes() {
		p.Update(msg)
	}
}

// speak changes the language; the course comes in it where there is one.
func (m *Model) speak(lang words.Lang) {
	m.lang = lang
	if modules := m.options.Modules[lang]; len(modules) > 0 || !m.lesson.Taught() {
		if len(modules) == 0 {
			for _, other := range []words.Lang{words.English, words.French} {
				if len(m.options.Modules[other]) > 0 {
					modules = m.options.Modules[other]
				}
			}
		}
		m.lesson.Update(lesson.Taught{Modules: modules})
	}
	m.tell(pane.Spoken{Lang: lang})
	m.help.Update(pane.Spoken{Lang: lang})
	m.canvas.all = true
}

func (m *Model) resize(w, h int) {
	was := m.screen.Form
	m.screen = Layout(w, h)
	s := &m.screen
	if was == Pages && s.Form == Wide {
		m.page = lessonPage
	}
	if was != Pages && s.Form == Pages && m.session.experimenting() {
		m.page = benchPage
	}
	for _, p := range []struct {
		pane pane.Pane
		r    screen.Rect
	}{
		{m.header, s.Header},
		{m.lesson, s.Lesson},
		{m.network, s.Network},
		{m.attempts, s.Attempts},
		{m.strip, s.Strip},
		{m.counts, s.Counts},
		{m.journal, s.Log},
		{m.prompt, s.Prompt},
		{m.notice, s.Notice},
	} {
		p.pane.Size(p.r.W, p.r.H)
	}
	m.suggest(m.book.Snapshot())
	m.help.Size(s.Width, s.Height)
	m.canvas.resize(s.Width, s.Height)
}

// refocus tells the two panes that take keys which of them does.
func (m *Model) refocus() {
	m.prompt.Update(pane.Focused{On: m.typing})
	m.lesson.Update(pane.Focused{On: !m.typing})
	m.canvas.borders = true
}

// observe hands a snapshot to the panes.
func (m *Model) observe(s *ledger.Snapshot) {
	live := m.busy(s)
	now := s.Last
	if live {
		now = max(now, m.clock())
	}
	m.tell(pane.Seen{Snap: s, Now: now, Live: live, Beat: m.pulse.beat})
	m.header.Update(header.MinutesPassed{Minutes: m.minutes()})
	m.suggest(s)
}

func (m *Model) minutes() int {
	return max(0, int(m.options.Now().Sub(m.opened)/time.Minute))
}

// tellWhere tells the header which step is on screen.
func (m *Model) tellWhere() {
	w := header.Whereabouts{Number: -1}
	if module, step := m.lesson.At(); module != nil {
		w = header.Whereabouts{Number: module.Number, Step: step + 1, Steps: len(module.Steps), Minutes: module.Minutes, Title: module.Title}
	}
	m.header.Update(w)
}
