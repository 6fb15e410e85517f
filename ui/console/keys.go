package console

import (
	"slices"
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/help"
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
)

// action is what a key does.
type action uint8

const (
	noAction action = iota
	nextStep
	previousStep
	scrollUp
	scrollDown
	pageUp
	pageDown
	toTop
	toEnd
	nextModule
	previousModule
	turnFocus
	turnFocusBack
	runLab
	showHints
	openPrompt
	toggleView
	zoomPane
	runLine // what the binding's line says
	toggleToxic
	cycleCount
	openFaults
	openCompose
	openPalette
	saveScript
	switchTheme
	switchLanguage
	goHome
	openSummary
	openCheckup
	showHelp
	backOut
	interrupt
	quit
	startReplay
	sayInWords
	copyOut
	copyToFile
)

// binding is one row of the table of keys. The table both matches keys and
// writes the help, so neither can say what the other does not do.
type binding struct {
	keys   []string // as Bubble Tea names them
	shown  words.Text
	also   string // further keys, for the help
	does   words.Text
	short  words.Text // for the hints beside the prompt; empty: not there
	group  group
	action action
	line   string // the lab line that it runs; %d is how many messages a key sends
	toxic  toxicKey
	view   int
	apart  bool // it moves around, and is no action to find by its name
}

// toxicKey is a fault that a key switches on and off.
type toxicKey struct{ kind, stream string }

// group is what keys are listed together for.
type group uint8

const (
	ofLesson group = iota
	ofSending
	ofFaults
	ofLog
	ofScreen
	ofViews
	groups
)

func (g group) title() words.Text {
	return [groups]words.Text{
		{En: "the lesson", Fr: "la leçon"},
		{En: "send messages", Fr: "envoyer des messages"},
		{En: "faults, on and off", Fr: "pannes, mettre et retirer"},
		{En: "the log", Fr: "le journal"},
		{En: "the screen", Fr: "l’écran"},
		{En: "views, show and hide", Fr: "vues, montrer et cacher"},
	}[g]
}

// bindings is the table. No key of it needs AltGr on a French keyboard.
func bindings() []binding {
	both := func(s string) words.Text { return words.Text{En: s, Fr: s} }
	return []binding{
		{
			keys: []string{"enter"}, shown: words.Text{En: "Enter", Fr: "Entrée"}, does: words.Text{En: "run the experiment", Fr: "lancer l’expérience"},
			short: words.Text{En: "experiment", Fr: "expérience"}, action: runLab,
		},
		{
			keys: []string{"space", "right", "n"}, shown: words.Text{En: "Space", Fr: "Espace"}, also: "→ n", does: words.Text{En: "next step", Fr: "étape suivante"},
			short: words.Text{En: "next", Fr: "suite"}, action: nextStep,
		},
		{keys: []string{"left", "backspace"}, shown: both("←"), does: words.Text{En: "step back", Fr: "étape précédente"}, action: previousStep},
		{keys: []string{"up", "k"}, shown: both("↑"), does: words.Text{En: "scroll up", Fr: "remonter"}, action: scrollUp, apart: true},
		{keys: []string{"down", "j"}, shown: both("↓"), does: words.Text{En: "scroll down", Fr: "descendre"}, action: scrollDown, apart: true},
		{keys: []string{"pgup"}, shown: words.Text{En: "PgUp", Fr: "Page↑"}, does: words.Text{En: "one page up", Fr: "une page plus haut"}, action: pageUp, apart: true},
		{keys: []string{"pgdown"}, shown: words.Text{En: "PgDn", Fr: "Page↓"}, does: words.Text{En: "one page down", Fr: "une page plus bas"}, action: pageDown, apart: true},
		{keys: []string{"home"}, shown: words.Text{En: "Home", Fr: "Début"}, does: words.Text{En: "to the top of the step", Fr: "en haut de l’étape"}, action: toTop, apart: true},
		{keys: []string{"end"}, shown: words.Text{En: "End", Fr: "Fin"}, does: words.Text{En: "to the end of the step", Fr: "en bas de l’étape"}, action: toEnd, apart: true},
		{keys: []string{"m"}, shown: both("m"), does: words.Text{En: "next module", Fr: "module suivant"}, action: nextModule},
		{keys: []string{"M"}, shown: both("M"), does: words.Text{En: "module before", Fr: "module précédent"}, action: previousModule},
		{keys: []string{"h"}, shown: both("h"), does: words.Text{En: "show the hints", Fr: "montrer les indices"}, action: showHints},

		{keys: []string{"p"}, shown: both("p"), does: both("plain, async"), short: both("plain"), group: ofSending, action: runLine, line: "send %d plain async"},
		{keys: []string{"P"}, shown: both("P"), does: both("plain, sync"), group: ofSending, action: runLine, line: "send %d plain sync"},
		{keys: []string{"i"}, shown: both("i"), does: both("idempotent, async"), short: both("idempotent"), group: ofSending, action: runLine, line: "send %d idempotent async"},
		{keys: []string{"I"}, shown: both("I"), does: both("idempotent, sync"), group: ofSending, action: runLine, line: "send %d idempotent sync"},
		{keys: []string{"o"}, shown: both("o"), does: both("fire-and-forget, async"), group: ofSending, action: runLine, line: "send %d fire-and-forget async"},
		{keys: []string{"O"}, shown: both("O"), does: both("fire-and-forget, sync"), group: ofSending, action: runLine, line: "send %d fire-and-forget sync"},
		{keys: []string{"x"}, shown: both("x"), does: words.Text{En: "how many a key sends: 1, 10, 100", Fr: "combien par touche : 1, 10, 100"}, group: ofSending, action: cycleCount},
		{keys: []string{"e"}, shown: both("e"), does: words.Text{En: "compose a message", Fr: "composer un message"}, group: ofSending, action: openCompose},

		{
			keys: []string{"l"}, shown: both("l"), does: words.Text{En: "latency 5 s on the answers", Fr: "latency (retard) 5 s sur les réponses"},
			short: words.Text{En: "latency", Fr: "latency"}, group: ofFaults, action: toggleToxic, line: "toxic latency latency=5s stream=downstream", toxic: toxicKey{"latency", "downstream"},
		},
		{
			keys: []string{"t"}, shown: both("t"), does: words.Text{En: "timeout 2 s on the answers", Fr: "timeout (silence, puis coupure) 2 s sur les réponses"},
			short: words.Text{En: "timeout", Fr: "timeout"}, group: ofFaults, action: toggleToxic, line: "toxic timeout timeout=2s stream=downstream", toxic: toxicKey{"timeout", "downstream"},
		},
		{
			keys: []string{"b"}, shown: both("b"), does: words.Text{En: "bandwidth 1 KB/s on the requests", Fr: "bandwidth (débit) 1 Ko/s sur les requêtes"},
			short: words.Text{En: "bandwidth", Fr: "bandwidth"}, group: ofFaults, action: toggleToxic, line: "toxic bandwidth rate=1 stream=upstream", toxic: toxicKey{"bandwidth", "upstream"},
		},
		{keys: []string{"c"}, shown: both("c"), does: words.Text{En: "clear every toxic", Fr: "retirer toutes les pannes"}, group: ofFaults, action: runLine, line: "toxics clear"},
		{
			keys: []string{"f"}, shown: both("f"), does: words.Text{En: "any fault, on any broker", Fr: "toute panne, sur tout broker"},
			short: words.Text{En: "faults", Fr: "pannes"}, group: ofFaults, action: openFaults,
		},

		{
			keys: []string{"a"}, shown: both("a"), does: words.Text{En: "read the log back and judge", Fr: "relire le journal et juger"},
			short: words.Text{En: "read back", Fr: "relire"}, group: ofLog, action: runLine, line: "audit",
		},
		{
			keys: []string{"r"}, shown: both("r"), does: words.Text{En: "clean bench, new run", Fr: "banc propre, nouvel essai"},
			short: words.Text{En: "reset", Fr: "reset"}, group: ofLog, action: runLine, line: "reset",
		},
		{keys: []string{"R"}, shown: both("R"), does: words.Text{En: "replay the last run, slowly", Fr: "revoir le dernier essai au ralenti"}, group: ofLog, action: startReplay},

		{
			keys: []string{"tab"}, shown: words.Text{En: "Tab", Fr: "Tab"}, does: words.Text{En: "next pane; turn the page", Fr: "panneau suivant ; tourner la page"},
			short: words.Text{En: "lesson", Fr: "leçon"}, group: ofScreen, action: turnFocus, apart: true,
		},
		{keys: []string{"shift+tab"}, shown: words.Text{En: "Shift+Tab", Fr: "Maj+Tab"}, does: words.Text{En: "the other way", Fr: "dans l’autre sens"}, group: ofScreen, action: turnFocusBack, apart: true},
		{keys: []string{"z"}, shown: both("z"), does: words.Text{En: "this pane on the whole screen", Fr: "ce panneau en plein écran"}, group: ofScreen, action: zoomPane},
		{keys: []string{":"}, shown: both(":"), does: words.Text{En: "write a lab line", Fr: "écrire une ligne de lab"}, group: ofScreen, action: openPrompt},
		{keys: []string{"ctrl+p", "/"}, shown: both(":: /"), does: words.Text{En: "an action by its name", Fr: "une action par son nom"}, group: ofScreen, action: openPalette, apart: true},
		{keys: []string{"w"}, shown: both("w"), does: words.Text{En: "this view in words", Fr: "cette vue en mots"}, group: ofScreen, action: sayInWords},
		{keys: []string{"y"}, shown: both("y"), does: words.Text{En: "copy what is chosen, or the view", Fr: "copier ce qui est choisi, ou la vue"}, group: ofScreen, action: copyOut},
		{keys: []string{"Y"}, shown: both("Y"), does: words.Text{En: "the same to a file", Fr: "la même chose en fichier"}, group: ofScreen, action: copyToFile},
		{keys: []string{"s"}, shown: both("s"), does: words.Text{En: "save the lines as a script", Fr: "garder les lignes en script"}, group: ofScreen, action: saveScript},
		{keys: []string{"esc"}, shown: words.Text{En: "Esc", Fr: "Échap"}, does: words.Text{En: "back out", Fr: "revenir"}, group: ofScreen, action: backOut, apart: true},
		{keys: []string{"L"}, shown: both("L"), does: words.Text{En: "en français", Fr: "in English"}, group: ofScreen, action: switchLanguage},
		{keys: []string{"T"}, shown: both("T"), does: words.Text{En: "dark or light", Fr: "sombre ou clair"}, group: ofScreen, action: switchTheme},
		{keys: []string{"H"}, shown: both("H"), does: words.Text{En: "the course, and how far you are", Fr: "le cours, et où vous en êtes"}, group: ofScreen, action: goHome},
		{keys: []string{"S"}, shown: both("S"), does: words.Text{En: "summary of progress; certificate", Fr: "bilan de vos progrès ; attestation"}, group: ofScreen, action: openSummary},
		{keys: []string{"D"}, shown: both("D"), does: words.Text{En: "doctor: terminal, ports, tools", Fr: "diagnostic : terminal, ports, outils"}, group: ofScreen, action: openCheckup},
		{keys: []string{"?"}, shown: both("?"), does: words.Text{En: "this help", Fr: "cette aide"}, short: words.Text{En: "keys", Fr: "touches"}, group: ofScreen, action: showHelp},
		{
			keys: []string{"ctrl+c"}, shown: both("Ctrl+C"), does: words.Text{En: "stop what runs; again: leave", Fr: "arrêter ce qui tourne ; encore : quitter"},
			short: words.Text{En: "stop", Fr: "arrêter"}, group: ofScreen, action: interrupt,
		},
		{keys: []string{"q"}, shown: both("q"), does: words.Text{En: "leave", Fr: "quitter"}, group: ofScreen, action: quit},
	}
}

// names are the keys of a binding as the help shows them.
func (b *binding) names() words.Text {
	if b.also == "" {
		return b.shown
	}
	return words.Text{En: b.shown.En + " " + b.also, Fr: b.shown.Fr + " " + b.also}
}

// match finds the binding of a key.
func match(table []binding, key string) *binding {
	for i := range table {
		if slices.Contains(table[i].keys, key) {
			return &table[i]
		}
	}
	return nil
}

// labLine is the line that a key runs now, of so many messages where it sends: a
// toxic's key takes the toxic away where it is in force.
func (b *binding) labLine(s *ledger.Snapshot, count int) string {
	if b.action != toggleToxic {
		return strings.Replace(b.line, "%d", strconv.Itoa(count), 1)
	}
	for i := range s.Toxics {
		if t := &s.Toxics[i]; !t.Foreign && t.Kind == b.toxic.kind && t.Stream == b.toxic.stream {
			return "toxics clear " + t.Name
		}
	}
	return b.line
}

// viewKeys are the keys that show and hide the views.
func viewKeys(table []view) []binding {
	keys := make([]binding, len(table))
	for i := range table {
		shown := words.Text{En: table[i].keys[0], Fr: table[i].keys[0]}
		keys[i] = binding{keys: table[i].keys, shown: shown, does: table[i].Title, group: ofViews, action: toggleView, view: i}
	}
	slices.SortFunc(keys, func(a, b binding) int { return strings.Compare(a.keys[0], b.keys[0]) })
	return keys
}

// sections are the keys as the help shows them: first those of the pane that
// has the focus, then the whole console's.
func (m *Model) sections() []help.Section {
	sections := make([]help.Section, 1, 2+groups)
	if p := m.focused(); p != nil {
		sections[0] = help.Section{Title: m.titleOf(m.focus()), Keys: p.Help()}
	}
	if m.transport.On() {
		name := m.transport.Name()
		sections = append(sections, help.Section{Title: words.Text{En: strings.ToLower(name.En), Fr: strings.ToLower(name.Fr)}, Keys: m.transport.Help()})
	}
	for g := range groups {
		s := help.Section{Title: g.title()}
		if g == ofViews && m.digitsChoose() != "" {
			s.Title = words.Text{En: "views; now digits answer the lesson: Tab first", Fr: "vues ; les chiffres répondent à la leçon : Tab d’abord"}
		}
		for i := range m.keys {
			if b := &m.keys[i]; b.group == g {
				s.Keys = append(s.Keys, pane.Hint{Key: b.names(), Does: b.does})
			}
		}
		sections = append(sections, s)
	}
	outside := help.Section{Title: words.Text{En: "from another terminal, or a browser", Fr: "depuis un autre terminal, ou un navigateur"}}
	if at := m.options.API; at != "" {
		outside.Keys = append(outside.Keys, pane.Hint{Key: words.Text{En: "API", Fr: "API"}, Does: words.Text{En: at, Fr: at}})
	}
	if at := m.options.Toxiproxy; at != "" {
		outside.Keys = append(outside.Keys, pane.Hint{Key: words.Text{En: "Toxiproxy", Fr: "Toxiproxy"}, Does: words.Text{En: at, Fr: at}})
	}
	if len(outside.Keys) > 0 {
		sections = append(sections, outside)
	}
	return sections
}

// titleOf names what can have the focus.
func (m *Model) titleOf(s layout.Spot) words.Text {
	switch s {
	case layout.Lesson:
		return words.Text{En: "lesson", Fr: "leçon"}
	case layout.Prompt:
		return words.Text{En: "command line", Fr: "ligne de commande"}
	}
	return m.bench.table[s].Title
}
