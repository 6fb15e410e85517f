package console

import (
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/console/attempts"
	"atelier/ui/console/header"
	"atelier/ui/console/layout"
	"atelier/ui/console/lesson"
	"atelier/ui/console/memory"
	"atelier/ui/console/notice"
	"atelier/ui/console/pane"
	"atelier/ui/console/prompt"
	"atelier/ui/console/screen"
	"atelier/ui/console/summary"
	"atelier/ui/console/telling"
	"atelier/ui/console/transport"
	"atelier/ui/ports"

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
	screen layout.Screen
	page   page
	at     layout.Spot // the focus: the lesson or a view
	typing bool        // the prompt has the focus meanwhile
	zoomed bool        // what has the focus has the whole screen
	count  int         // how many messages a key sends: an index of handfuls
	asked  bool        // the next ctrl+c or q leaves
	bare   bool        // there is no bench and no lesson: a recording is played

	choosing bool // digits answer a question of the lesson, as the borders have it
	crash    error

	work     work
	lastSend *lab.Send // of a line; what the form begins with
	script   script    // the lines that ran

	stopping bool       // ctrl+c ended what runs
	ended    words.Text // what was said of that, while ctrl+c leaves
	untidy   bool       // the first contact was left: what it set up goes
	noticeOf int        // the run that spoke last

	announcements announcements

	header    *header.Pane
	lesson    *lesson.Pane
	strip     *attempts.Pane
	bench     bench
	prompt    *prompt.Pane
	notice    *notice.Pane
	transport *transport.Pane
	dialogs   []pane.Dialog // the last is on top
	canvas    canvas

	situation situation
	suggested bool

	pulse pulse
	glow  glow
	veil  veil
	seen  pane.Seen // the latest that the views show
	live  pane.Seen // the latest of the bench, as it is
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
	if o.Bench == nil {
		o.Bench = absent{book: ledger.New()}
	}
	return newModel(o, o.Bench.Ledger(), playOn(o.Bench), parseLab)
}

func newModel(o Options, b book, play player, parse parser) *Model {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Lang == "" {
		o.Lang = words.English
	}
	if o.Memory == nil {
		o.Memory = memory.New()
	}
	m := &Model{
		options: o, book: b, clock: o.Bench.Now, parse: parse, session: newSession(play), opened: o.Now(),
		dark:   o.Theme != Light,
		header: header.New(o.Cluster, o.API, o.Toxiproxy), lesson: lesson.New(o.Bench.Lacks, o.Memory, ports.Of(o.API, o.Toxiproxy)), strip: attempts.New(true), bench: newBench(), at: layout.Lesson,
		notice: notice.New(), transport: transport.New(o.Now),
	}
	m.work.last = m.opened
	m.prompt = prompt.New(m.names, o.Memory.Lines())
	m.keys = append(bindings(), viewKeys(m.bench.table)...)
	m.dress()
	m.speak(o.Lang)
	m.lesson.Update(m.begin(o))
	m.observe(b.Snapshot())
	m.tellWhere()
	m.refocus()
	if o.FirstContact && len(o.Tapes) == 0 {
		m.meet()
	}
	if len(o.Tapes) > 0 {
		m.bare, m.at, m.page = true, m.bench.firstSpot(), benchPage
		name := transport.Name()
		if o.Recording != nil {
			name = o.Recording.Badge()
		}
		m.replay(o.Tapes, name)
		m.pulse.beating = false // Init begins
	}
	return m
}

// begin is where the learner starts: what was asked for, else where the last
// start ended.
func (m *Model) begin(o Options) lesson.Asked {
	if number, step, known := o.Memory.Position(); known && o.Lesson == 0 && o.Step == 0 {
		return lesson.Asked{Number: number, Step: step}
	}
	return lesson.Asked{Number: o.Lesson, Step: o.Step - 1}
}

// Close ends what the console started and waits for it.
func (m *Model) Close() {
	m.session.close()
	m.keepWork()
}

// Init asks the terminal for its background and starts to watch the ledger.
func (m *Model) Init() tea.Cmd {
	next := m.watch
	if m.transport.Playing() {
		next = m.tick
	}
	if m.options.Theme == Auto && !m.options.NoColor {
		return tea.Batch(tea.RequestBackgroundColor, next())
	}
	return next()
}

// Update routes a message. A panic on the way ends the console in good order.
func (m *Model) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			m.crash = crashed(p)
			cmd = tea.Quit
		}
	}()
	cmd = tea.Batch(m.route(msg), m.unveil())
	m.announce()
	m.belowPrompt()
	if m.digitsChoose() != m.situation.asks {
		m.suggest(m.book.Snapshot())
	}
	return m, cmd
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		if m.options.Theme == Auto && msg.IsDark() != m.dark {
			m.dark = msg.IsDark()
			m.dress()
		}
	case tea.KeyPressMsg:
		m.works()
		return m.press(msg)
	case tea.PasteMsg:
		m.works()
		if d := m.dialog(); d != nil {
			return d.Update(msg)
		}
		if m.transport.On() {
			cmd := m.prompt.Update(msg)
			m.refuse("")
			return cmd
		}
		m.moveTo(layout.Prompt)
		return m.prompt.Update(msg)
	case tea.MouseClickMsg:
		m.works()
		return m.click(msg)
	case tea.MouseWheelMsg:
		m.works()
		return m.wheel(msg)
	case pane.Wish:
		return m.grant(msg)
	case telling.Told:
		m.say(msg)
	case announced:
		m.onAnnounced(msg)
	case frame:
		return m.onFrame()
	case woke:
		return m.onWake()
	case summary.Certified:
		m.onCertified(msg)
	case looked:
		return m.onLooked(msg)
	case scriptSaved:
		m.onScriptSaved(msg)
	case runEnded:
		return m.onRunEnded(msg)
	}
	return nil
}

// dress takes the colours that this terminal has for its background.
func (m *Model) dress() {
	m.look = screen.NewLook(m.dark, m.options.NoColor, m.options.ASCII).In(m.options.Profile, m.dark)
	m.tell(pane.Dressed{ASCII: m.options.ASCII})
	m.canvas.all = true
}

// tell tells every pane, on screen or not.
func (m *Model) tell(msg tea.Msg) {
	m.tellLearner(msg)
	m.tellViews(msg)
}

// tellLearner tells the panes that follow the learner: in a replay too, the
// present is theirs.
func (m *Model) tellLearner(msg tea.Msg) {
	m.lesson.Update(msg)
	m.prompt.Update(msg)
	m.notice.Update(msg)
	m.transport.Update(msg)
}

// tellViews tells the panes that show what happened.
func (m *Model) tellViews(msg tea.Msg) {
	m.header.Update(msg)
	m.strip.Update(msg)
	for _, p := range m.bench.panes {
		p.Update(msg)
	}
	for _, d := range m.dialogs {
		d.Update(msg)
	}
}

// speak changes the language; the course comes in it where there is one.
func (m *Model) speak(lang words.Lang) {
	m.lang, m.bench.lang = lang, lang
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
	m.canvas.all = true
}

// observe hands a snapshot to the panes.
func (m *Model) observe(s *ledger.Snapshot) {
	m.veil.follow(m.session.experiment(), s)
	live := m.busy(s)
	now := s.Last
	if live {
		now = max(now, m.clock())
	}
	m.live = pane.Seen{Snap: s, Now: now, Live: live}
	if !m.options.Still {
		m.glow.see(m.veiled(m.live).Snap, m.options.Now())
		m.live.Beat, m.live.Glow = m.pulse.beat, m.glow.left
	}
	m.seen = m.veiled(m.live)
	if m.transport.On() {
		m.seen = m.veiled(m.transport.Seen(m.live.Beat))
	}
	if m.makeRoom() {
		m.lay()
	}
	m.lesson.Update(m.replayed())
	m.tellLearner(m.live)
	m.tellViews(m.seen)
	m.header.Update(header.MinutesPassed{Minutes: m.minutes()})
	m.suggest(s)
}

func (m *Model) minutes() int {
	return max(0, int(m.options.Now().Sub(m.opened)/time.Minute))
}

// tellWhere tells the header which step is on screen, and shows the views that
// the step asks for.
func (m *Model) tellWhere() {
	w := header.Whereabouts{Number: -1}
	if module, step := m.lesson.At(); module != nil {
		w = header.Whereabouts{Number: module.Number, Step: step + 1, Steps: len(module.Steps), Minutes: module.Minutes, Title: module.Title}
		m.options.Memory.Reached(module.Number, step)
		if step < len(module.Steps) {
			m.bench.ask(module.Steps[step].Panes)
			m.lay()
		}
	}
	m.header.Update(w)
}
