// Package console is the workshop console: a lesson on the left, the bench on
// the right, one prompt below. It shows what the ledger says and runs lab
// lines; it keeps no truth of its own.
//
// The root (root.go) only routes. A pane owns its state, its keys and its
// drawing, stands in a package of its own and knows none of its neighbours;
// layout.go alone decides where it stands. What panes share stands beside them:
// screen (cells and styles), pane (their contract), telling (the ledger in
// words), chart, markdown and editor. Panes draw cells, never escape sequences,
// and every text that comes from outside goes through screen.Plain.
//
// There is no package-level state and no reading of the environment: the same
// console runs many times in one process. It may import lessons, kafka/ledger,
// assets/words, ui/transcript and ui/doctor (what its two pages tell), and
// Bubble Tea.
package console
