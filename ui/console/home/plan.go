package home

import (
	"atelier/assets/words"
	"atelier/lessons/course"
)

// row is one line of the list.
type row struct {
	title   words.Text
	minutes int
	number  int
	module  *course.Module // nil: to come, or the first contact
	contact bool
	shows   []words.Text // of a module that is to come
}

// plan is the whole course, by number. A module that is there has its own
// title, minutes and objectives.
func plan() []row {
	return []row{
		{number: 0, title: words.Text{En: "First contact", Fr: "Premier contact"}, minutes: 3, contact: true},
		{number: 1, title: words.Text{En: "Foundations", Fr: "Fondements"}, minutes: 30, shows: []words.Text{
			{En: "the way of one message: client, broker, log", Fr: "le chemin d’un message : client, broker, journal"},
			{En: "what a key decides, and what acks=0, 1 and all promise", Fr: "ce que décide une clé, et ce que promettent acks=0, 1 et all"},
		}},
		{number: 2, title: words.Text{En: "Practice", Fr: "Pratique"}, minutes: 45, shows: []words.Text{
			{En: "a producer of your own, built step by step", Fr: "votre propre producteur, construit pas à pas"},
			{En: "the four ways to send, measured; the HTTP API", Fr: "les quatre façons d’envoyer, mesurées ; l’API HTTP"},
		}},
		{number: 3, title: words.Text{En: "Reliability", Fr: "Fiabilité"}, minutes: 30, shows: []words.Text{
			{En: "where duplicates come from, and what idempotence prevents", Fr: "d’où viennent les doublons, et ce que l’idempotence empêche"},
		}},
		{number: 4, title: words.Text{En: "Deployment", Fr: "Déploiement"}, minutes: 15, shows: []words.Text{
			{En: "a broker that goes away under load, and comes back", Fr: "un broker qui s’en va en pleine charge, et revient"},
			{En: "image, Compose, Kubernetes", Fr: "image, Compose, Kubernetes"},
		}},
		{number: 5, title: words.Text{En: "Validation", Fr: "Validation"}, minutes: 20, shows: []words.Text{
			{En: "a service put to the test, each point with its proof", Fr: "un service mis à l’épreuve, chaque point avec sa preuve"},
		}},
		{number: 6, title: words.Text{En: "Faults", Fr: "Pannes"}, minutes: 30, shows: []words.Text{
			{En: "latency, timeout, bandwidth: caused, seen, cleared", Fr: "latency, timeout, bandwidth : provoqués, observés, retirés"},
			{En: "a fault without a name, for you to find", Fr: "une panne sans nom, à vous de la trouver"},
		}},
	}
}

// Coming returns the title of a module that the course will have under a number.
func Coming(number int) (title words.Text, ok bool) {
	for _, r := range plan() {
		if r.number == number && !r.contact {
			return r.title, true
		}
	}
	return words.Text{}, false
}
