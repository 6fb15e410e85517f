// Package recordings holds runs that were recorded on a cluster that most
// learners do not have, to be watched where it cannot be had: NAME.jsonl is what
// `--record` wrote, NAME.json says on which Kafka and on which day. `make
// recordings` makes them anew. It is a leaf: it imports the words alone.
package recordings

import (
	"embed"
	"encoding/json"
	"io"
	"slices"
	"time"

	"atelier/assets/words"
)

//go:embed *.json *.jsonl
var files embed.FS

// Recording is a run that was recorded.
type Recording struct {
	Name  string
	Shows words.Text // what, in a sentence without a full stop
	Kafka string     // Apache Kafka's version
	Made  time.Time  // the day, UTC
}

// shows is what can be seen in each.
var shows = map[string]words.Text{
	"acks1-loss": words.Textf("ten messages acked under acks=1, then lost with their leader", "dix messages acquittés sous acks=1, puis perdus avec leur leader"),
}

// Names lists them.
func Names() []string {
	var names []string
	for name := range shows {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Named finds one; nil where there is none of that name.
func Named(name string) *Recording {
	what, is := shows[name]
	if !is {
		return nil
	}
	facts := struct{ Kafka, Made string }{}
	r := &Recording{Name: name, Shows: what}
	text, err := files.ReadFile(name + ".json")
	if err == nil {
		err = json.Unmarshal(text, &facts)
	}
	if err == nil {
		r.Made, err = time.Parse(time.DateOnly, facts.Made)
	}
	if err != nil {
		panic("assets/recordings: " + err.Error()) // a test reads each
	}
	r.Kafka = facts.Kafka
	return r
}

// Open opens it, as its file is.
func (r *Recording) Open() (io.ReadCloser, error) { return files.Open(r.Name + ".jsonl") }

// Title says that it is a recording, of what day and of which cluster.
func (r *Recording) Title() words.Text {
	return words.Textf("recording of %[1]s, Apache Kafka %[3]s", "enregistrement du %[2]s, Apache Kafka %[3]s",
		words.English.Day(r.Made), words.French.Day(r.Made), r.Kafka)
}

// Badge is the same in a few words, for a corner of the screen.
func (r *Recording) Badge() words.Text {
	return words.Textf("RECORDING %[1]s, Kafka %[3]s", "ENREGISTRÉ %[2]s, Kafka %[3]s", words.English.Day(r.Made), words.French.Day(r.Made), r.Kafka)
}

// Instead adds to the reason why an experiment cannot be run here that it was
// recorded elsewhere, and how to watch that. Without a recording, or a reason,
// there is nothing to add.
func Instead(lack error, name string) error {
	r := Named(name)
	if lack == nil || r == nil {
		return lack
	}
	return words.Errorf("%v. To watch instead, the %v: atelier --replay %s", "%v. À regarder à la place, l’%v : atelier --replay %s", lack, r.Title(), name)
}
