package lab

import (
	"regexp"

	"atelier/assets/words"
	"atelier/lessons/check/spell"
)

// What a topic line may ask for.
const (
	DefaultPartitions = 3
	MaxPartitions     = 1000
	maxReplication    = 100
)

// topic reads `topic NAME [partitions=N] [replication=N] [min-insync=N]`.
func topic(a *args) Command {
	t := &Topic{Partitions: DefaultPartitions}
	if w := a.next(); w == nil {
		a.missing("which topic? Write for instance topic bhf-transactions partitions=3", "quel topic ? Écrivez par exemple topic bhf-transactions partitions=3")
	} else if name, ok := a.bareName(w); ok {
		if err := topicName(name); err != nil {
			a.at(w, "%s", "%s", err)
		}
		t.Name = name
	}
	a.take(into("partitions", &t.Partitions, 1, MaxPartitions), into("replication", &t.Replication, 1, maxReplication), into("min-insync", &t.MinInSync, 1, maxReplication))
	return t
}

// bareName reads a word that stands alone, quoted or not.
func (a *args) bareName(w *word) (string, bool) {
	return a.text(w.Alone)
}

var legalTopic = regexp.MustCompile(`^[a-zA-Z0-9._-]+$`)

// topicName checks a name by Kafka's rules.
func topicName(name string) error {
	switch {
	case name == "":
		return words.Errorf("a topic's name cannot be empty", "le nom d’un topic ne peut pas être vide")
	case name == "." || name == "..":
		return words.Errorf("%s cannot be a topic's name: choose letters, digits, . _ -", "%s ne peut pas être le nom d’un topic : choisissez des lettres, des chiffres, . _ -", spell.Quote(name))
	case !legalTopic.MatchString(name):
		return words.Errorf("%s is not a topic's name: Kafka allows only a-z A-Z 0-9 . _ -", "%s n’est pas un nom de topic : Kafka n’admet que a-z A-Z 0-9 . _ -", spell.Quote(name))
	case len(name) > 249:
		return words.Errorf("the topic's name has %d characters: Kafka allows 249", "le nom du topic a %d caractères : Kafka en admet 249", len(name))
	}
	return nil
}
