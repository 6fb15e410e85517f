package cluster

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"atelier/assets/words"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// Needs are what a script is going to ask of a cluster.
type Needs struct {
	Send   []string         // the topics that it sends to
	Create map[string]int32 // those that its own lines create, with their partitions
	Course map[string]int32 // those that the course takes for granted, with their partitions
	Read   bool             // it reads the log back
}

// Prepare sees to what a script needs before it sends anything. Topics of the
// course that it sends to are created where they are missing; others are not.
// What is lacking, a right above all, is an error in words.
func (e *External) Prepare(ctx context.Context, n Needs) error {
	names := slices.Clone(n.Send)
	names = slices.AppendSeq(names, maps.Keys(n.Create))
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, attachTimeout)
	defer cancel()
	answer, err := e.metadata(ctx, names)
	if err != nil {
		return words.Errorf(
			"the topics of this script can't be looked up: %v. Is the cluster still there?",
			"les topics de ce script ne peuvent pas être consultés : %v. Le cluster est-il toujours là ?", err)
	}
	var fresh []string
	for _, topic := range answer.Topics {
		made, err := e.prepare(ctx, *topic.Topic, topic, n)
		if err != nil {
			return err
		}
		if made {
			fresh = append(fresh, *topic.Topic)
		}
	}
	e.Use(names...)
	e.tell(ctx, answer)
	return e.awaitLeaders(ctx, fresh)
}

// prepare sees to one topic. One that somebody is just making is fresh.
func (e *External) prepare(ctx context.Context, name string, topic kmsg.MetadataResponseTopic, n Needs) (fresh bool, err error) {
	partitions, ours := n.Create[name]
	granted, course := n.Course[name]
	switch err := kerr.ErrorForCode(topic.ErrorCode); {
	case err == nil:
		if slices.Contains(n.Send, name) {
			return false, e.rights(name, topic.AuthorizedOperations, n.Read)
		}
		return false, nil
	case errors.Is(err, kerr.UnknownTopicOrPartition) && ours:
		return false, e.validate(ctx, name, partitions) // its line will create it
	case errors.Is(err, kerr.UnknownTopicOrPartition) && course:
		if err := e.CreateTopic(ctx, Topic{Name: name, Partitions: granted}); err != nil {
			return false, err
		}
		e.notice("topic %s was missing and has been created, with %d partitions",
			"le topic %s manquait et a été créé, avec %d partitions", name, granted)
		return false, nil
	case errors.Is(err, kerr.UnknownTopicOrPartition):
		e.notice("topic %s is not there, and no line creates it: what is sent to it will fail",
			"le topic %s n’existe pas, et aucune ligne ne le crée : les envois échoueront", name)
		return false, nil
	case errors.Is(err, kerr.TopicAuthorizationFailed):
		return false, e.lacks(name, "DESCRIBE", "WRITE", "READ")
	case errors.Is(err, kerr.LeaderNotAvailable):
		return true, nil // it is being made
	default:
		return false, words.Errorf("topic %s can't be used: %v", "le topic %s est inutilisable : %v", name, err)
	}
}

// The bits of what a principal may do, as brokers tell them.
const (
	mayRead  = 1 << kmsg.ACLOperationRead
	mayWrite = 1 << kmsg.ACLOperationWrite
	untold   = -1 << 31
)

// rights says which of the rights that a script needs a topic does not grant.
func (e *External) rights(topic string, granted int32, read bool) error {
	if granted == untold {
		return nil
	}
	var missing []string
	if granted&mayWrite == 0 {
		missing = append(missing, "WRITE")
	}
	if read && granted&mayRead == 0 {
		missing = append(missing, "READ")
	}
	if len(missing) == 0 {
		return nil
	}
	return e.lacks(topic, missing...)
}

func (e *External) lacks(topic string, rights ...string) error {
	return words.Errorf(
		"%s lacks rights on topic %s: %s. Nothing was sent. Ask whoever runs the cluster for them (ACLs), or for a --topic-prefix that you may use",
		"%s manque de droits sur le topic %s : %s. Rien n’a été envoyé. Demandez-les à qui s’occupe du cluster (ACL), ou un --topic-prefix qui vous soit ouvert",
		e.who(), topic, strings.Join(rights, ", "))
}

// who we are to the cluster.
func (e *External) who() words.Text {
	if a := e.options.Access; a.Authenticated() {
		return words.Textf("the user %s", "l’utilisateur %s", a.Username)
	}
	return words.Text{En: "this client", Fr: "ce client"}
}

// validate asks whether a topic could be created, and creates nothing.
func (e *External) validate(ctx context.Context, topic string, partitions int32) error {
	answers, err := e.admin.ValidateCreateTopics(ctx, partitions, -1, nil, topic)
	return e.creation(topic, answers, err)
}

// CreateTopic creates a topic with the cluster's own replication. One that is
// there already is left as it is.
func (e *External) CreateTopic(ctx context.Context, t Topic) error {
	replication, configs := t.Replication, map[string]*string{}
	if replication == 0 {
		replication = -1 // the cluster's own
	}
	if t.MinInSync > 0 {
		configs["min.insync.replicas"] = kadm.StringPtr(strconv.Itoa(t.MinInSync))
	}
	answers, err := e.admin.CreateTopics(ctx, t.Partitions, replication, configs, t.Name)
	if err := e.creation(t.Name, answers, err); err != nil {
		return err
	}
	e.Use(t.Name)
	return e.awaitLeaders(ctx, []string{t.Name})
}

func (e *External) creation(topic string, answers kadm.CreateTopicResponses, err error) error {
	if err == nil {
		err = answers[topic].Err
	}
	switch {
	case err == nil, errors.Is(err, kerr.TopicAlreadyExists):
		return nil
	case errors.Is(err, kerr.TopicAuthorizationFailed), errors.Is(err, kerr.ClusterAuthorizationFailed):
		return words.Errorf(
			"topic %s is not there, and %s may not create it (right CREATE). Ask whoever runs the cluster to create it, or for a --topic-prefix that you may use",
			"le topic %s n’existe pas, et %s n’a pas le droit de le créer (CREATE). Demandez à qui s’occupe du cluster de le créer, ou un --topic-prefix qui vous soit ouvert",
			topic, e.who())
	}
	return words.Errorf("topic %s can't be created: %v", "le topic %s ne peut pas être créé : %v", topic, err)
}

// leaderPause is the time between two looks for the leaders of a new topic.
const leaderPause = 50 * time.Millisecond

// awaitLeaders waits until every partition of some topics has a leader: what
// is sent before would only be told to come back.
func (e *External) awaitLeaders(ctx context.Context, topics []string) error {
	if len(topics) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, attachTimeout)
	defer cancel()
	for {
		answer, err := e.metadata(ctx, topics)
		if err == nil && led(answer) {
			e.tell(ctx, answer)
			return nil
		}
		pause := time.NewTimer(leaderPause)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return words.Errorf(
				"the new topics %v have no leaders yet: try again in a moment",
				"les nouveaux topics %v n’ont pas encore de leaders : réessayez dans un instant", topics)
		}
	}
}

func led(answer *kmsg.MetadataResponse) bool {
	for _, topic := range answer.Topics {
		if topic.ErrorCode != 0 {
			return false // the news has not reached every broker
		}
		for _, p := range topic.Partitions {
			if p.Leader < 0 {
				return false
			}
		}
	}
	return true
}
