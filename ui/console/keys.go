package console

import (
	"slices"

	"atelier/assets/words"
	"atelier/kafka/ledger"
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
	nextModule
	previousModule
	turnFocus
	turnFocusBack
	runLab
	showHints
	openPrompt
	runLine // what the binding's line says
	toggleToxic
	switchLanguage
	showHelp
	backOut
	interrupt
	quit
)

// binding is one row of the table of keys. The table both matches keys and
// writes the help, so neither can say what the other does not do.
type binding struct {
	keys   []string // as Bubble Tea names them
	shown  words.Text
	does   words.Text
	short  words.Text // for the hints beside the prompt; empty: not there
	action action
	line   string // the lab line that it runs
	toxic  toxicKey
}

// toxicKey is a fault that a key switches on and off.
type toxicKey struct{ kind, stream string }

// bindings is the table. No key of it needs AltGr on a French keyboard.
func bindings() []binding {
	both := func(s string) words.Text { return words.Text{En: s, Fr: s} }
	return []binding{
		{
			keys: []string{"enter"}, shown: words.Text{En: "Enter", Fr: "Entrée"}, does: words.Text{En: "run the experiment of the lesson", Fr: "lancer l’expérience de la leçon"},
			short: words.Text{En: "experiment", Fr: "expérience"}, action: runLab,
		},
		{
			keys: []string{"space", "right", "n"}, shown: words.Text{En: "Space", Fr: "Espace"}, does: words.Text{En: "next step", Fr: "étape suivante"},
			short: words.Text{En: "next", Fr: "suite"}, action: nextStep,
		},
		{keys: []string{"tab"}, shown: words.Text{En: "Tab", Fr: "Tab"}, does: words.Text{En: "next experiment; turn the page", Fr: "expérience suivante ; tourner la page"}, short: words.Text{En: "lesson", Fr: "leçon"}, action: turnFocus},
		{keys: []string{"?"}, shown: both("?"), does: words.Text{En: "this help", Fr: "cette aide"}, short: words.Text{En: "keys", Fr: "touches"}, action: showHelp},
		{keys: []string{"ctrl+c"}, shown: both("Ctrl+C"), does: words.Text{En: "stop what runs; again: leave", Fr: "arrêter ce qui tourne ; encore : quitter"}, short: words.Text{En: "stop", Fr: "arrêter"}, action: interrupt},
		{keys: []string{"q"}, shown: both("q"), does: words.Text{En: "leave", Fr: "quitter"}, action: quit},
		{
			keys: []string{"p"}, shown: both("p"), does: words.Text{En: "send one message, plain, async", Fr: "envoyer un message, plain, async"},
			short: both("plain"), action: runLine, line: "send 1 plain async",
		},
		{
			keys: []string{"P"}, shown: both("P"), does: words.Text{En: "send one message, plain, sync", Fr: "envoyer un message, plain, sync"},
			action: runLine, line: "send 1 plain sync",
		},
		{
			keys: []string{"i"}, shown: both("i"), does: words.Text{En: "send one message, idempotent, async", Fr: "envoyer un message, idempotent, async"},
			short: both("idempotent"), action: runLine, line: "send 1 idempotent async",
		},
		{
			keys: []string{"I"}, shown: both("I"), does: words.Text{En: "send one message, idempotent, sync", Fr: "envoyer un message, idempotent, sync"},
			action: runLine, line: "send 1 idempotent sync",
		},
		{
			keys: []string{"l"}, shown: both("l"), does: words.Text{En: "latency 5 s on the answers, on or off", Fr: "latence 5 s sur les réponses, mettre / retirer"},
			short: words.Text{En: "latency", Fr: "latence"}, action: toggleToxic, line: "toxic latency latency=5s stream=downstream", toxic: toxicKey{"latency", "downstream"},
		},
		{
			keys: []string{"t"}, shown: both("t"), does: words.Text{En: "timeout 2 s on the answers, on or off", Fr: "coupure (timeout 2 s) sur les réponses, mettre / retirer"},
			short: words.Text{En: "timeout", Fr: "coupure"}, action: toggleToxic, line: "toxic timeout timeout=2s stream=downstream", toxic: toxicKey{"timeout", "downstream"},
		},
		{
			keys: []string{"b"}, shown: both("b"), does: words.Text{En: "bandwidth 1 KB/s on the requests, on or off", Fr: "débit 1 Ko/s sur les requêtes, mettre / retirer"},
			short: words.Text{En: "bandwidth", Fr: "débit"}, action: toggleToxic, line: "toxic bandwidth rate=1 stream=upstream", toxic: toxicKey{"bandwidth", "upstream"},
		},
		{
			keys: []string{"c"}, shown: both("c"), does: words.Text{En: "clear every toxic", Fr: "retirer toutes les pannes"},
			action: runLine, line: "toxics clear",
		},
		{
			keys: []string{"a"}, shown: both("a"), does: words.Text{En: "read the log back and judge", Fr: "relire le journal et juger"},
			short: words.Text{En: "read back", Fr: "relire"}, action: runLine, line: "audit",
		},
		{
			keys: []string{"r"}, shown: both("r"), does: words.Text{En: "clean bench, new run", Fr: "banc propre, nouvel essai"},
			short: words.Text{En: "reset", Fr: "reset"}, action: runLine, line: "reset",
		},
		{keys: []string{"left", "backspace"}, shown: both("←"), does: words.Text{En: "step back", Fr: "étape précédente"}, action: previousStep},
		{keys: []string{"up", "k"}, shown: both("↑"), does: words.Text{En: "scroll up", Fr: "remonter"}, action: scrollUp},
		{keys: []string{"down", "j"}, shown: both("↓"), does: words.Text{En: "scroll down", Fr: "descendre"}, action: scrollDown},
		{keys: []string{"pgup"}, shown: words.Text{En: "PgUp", Fr: "Page↑"}, does: words.Text{En: "one page up", Fr: "une page plus haut"}, action: pageUp},
		{keys: []string{"pgdown"}, shown: words.Text{En: "PgDn", Fr: "Page↓"}, does: words.Text{En: "one page down", Fr: "une page plus bas"}, action: pageDown},
		{keys: []string{"m"}, shown: both("m"), does: words.Text{En: "next module", Fr: "module suivant"}, action: nextModule},
		{keys: []string{"M"}, shown: both("M"), does: words.Text{En: "module before", Fr: "module précédent"}, action: previousModule},
		{keys: []string{"shift+tab"}, shown: words.Text{En: "Shift+Tab", Fr: "Maj+Tab"}, does: words.Text{En: "the other way", Fr: "dans l’autre sens"}, action: turnFocusBack},
		{keys: []string{"h"}, shown: both("h"), does: words.Text{En: "show the hints", Fr: "montrer les indices"}, action: showHints},
		{keys: []string{":"}, shown: both(":"), does: words.Text{En: "write a lab line", Fr: "écrire une ligne de lab"}, action: openPrompt},
		{keys: []string{"L"}, shown: both("L"), does: words.Text{En: "en français", Fr: "in English"}, action: switchLanguage},
		{keys: []string{"esc"}, shown: words.Text{En: "Esc", Fr: "Échap"}, does: words.Text{En: "back out", Fr: "revenir"}, action: backOut},
	}
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

// labLine is the line that a key runs now: a toxic's key takes the toxic away
// where it is in force.
func (b *binding) labLine(s *ledger.Snapshot) string {
	if b.action != toggleToxic {
		return b.line
	}
	for i := range s.Toxics {
		if t := &s.Toxics[i]; t.Kind == b.toxic.kind && t.Stream == b.toxic.stream {
			return "toxics clear " + t.Name
		}
	}
	return b.line
}

// listed is the table as the help shows it.
func listed(table []binding) []pane.Hint {
	hints := make([]pane.Hint, len(table))
	for i := range table {
		hints[i] = pane.Hint{Key: table[i].shown, Does: table[i].does}
	}
	return hints
}
