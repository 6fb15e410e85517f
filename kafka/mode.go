// Package kafka holds the producer modes of the course and the producers that
// send in them (sarama). The clusters, the wire tap, the ledger and the audit
// have a folder each. Nothing outside this room imports a Kafka client.
package kafka

import (
	"time"

	"atelier/assets/words"
)

// Mode is a producer's way to work: its settings, under the course's name.
type Mode string

// The modes of the course.
const (
	Plain         Mode = "plain"           // acks=1, no sequence numbers
	Idempotent    Mode = "idempotent"      // acks=all, sequence numbers
	FireAndForget Mode = "fire-and-forget" // acks=0: nobody asks
)

// Modes lists the modes, in the order in which the course meets them.
func Modes() []Mode { return []Mode{Plain, Idempotent, FireAndForget} }

// Sending says whether each report is awaited before the next send.
type Sending string

// The two ways to hand messages over.
const (
	Sync  Sending = "sync"  // wait for each report before the next send
	Async Sending = "async" // hand over, hear later
)

// Acks is how many acknowledgements the producer asks for.
type Acks int16

// The three levels of Kafka's acks setting.
const (
	AcksNone   Acks = 0
	AcksLeader Acks = 1
	AcksAll    Acks = -1
)

// String writes acks as Kafka's own tools do.
func (a Acks) String() string {
	switch a {
	case AcksNone:
		return "0"
	case AcksLeader:
		return "1"
	default:
		return "all"
	}
}

// Compression names a codec, as Kafka's compression.type does.
type Compression string

// Compressions lists the codecs that a send may ask for.
func Compressions() []Compression {
	return []Compression{"none", "gzip", "snappy", "lz4", "zstd"}
}

// Settings are a producer's effective settings. Sends with equal settings
// share a producer, so the type stays comparable.
type Settings struct {
	Mode        Mode
	Acks        Acks
	Retries     int           // attempts after the first
	Backoff     time.Duration // pause before each retry
	Request     time.Duration // how long an answer is awaited, per attempt
	Total       time.Duration // the delivery budget: from hand-over to report
	InFlight    int           // requests without an answer, per connection
	Linger      time.Duration // how long a batch waits for company
	Compression Compression
}

// Settings returns the course's own settings of a mode. Request is derived
// from the budget, (total − retries × backoff) / (retries + 1), so that every
// retry has its turn within it; changing another setting does not change it.
func (m Mode) Settings() Settings {
	s := Settings{Mode: m, InFlight: 5, Compression: "none"}
	// lesson: settings
	s.Acks, s.Retries = AcksLeader, 2
	s.Backoff = 500 * time.Millisecond
	s.Request = 666 * time.Millisecond
	s.Total = 3 * time.Second
	switch m {
	case Idempotent:
		s.Acks, s.Retries = AcksAll, 3
		s.Backoff = time.Second
		s.Request = 500 * time.Millisecond
		s.Total = 5 * time.Second
		s.InFlight = 1 // sarama wants it
	case FireAndForget:
		s.Acks, s.Retries = AcksNone, 0
	}
	// end
	return s
}

// The bounds of what a send may set.
const (
	MaxRetries  = 1000
	MaxInFlight = 100
	MaxDuration = 10 * time.Minute
)

// Validate says whether the settings can work together. The error is for a
// learner, in both languages, with the reason.
func (s Settings) Validate() error {
	switch {
	case s.Retries < 0 || s.Retries > MaxRetries:
		return words.Errorf("retries=%d: choose 0 to %d", "retries=%d : choisissez de 0 à %d", s.Retries, MaxRetries)
	case s.InFlight < 1 || s.InFlight > MaxInFlight:
		return words.Errorf("inflight=%d: choose 1 to %d", "inflight=%d : choisissez de 1 à %d", s.InFlight, MaxInFlight)
	case s.Request <= 0 || s.Request > MaxDuration:
		return words.Errorf("request=%s: choose more than 0, up to %s", "request=%s : choisissez plus de 0, jusqu’à %s", s.Request, MaxDuration)
	case s.Total <= 0 || s.Total > MaxDuration:
		return words.Errorf("total=%s: choose more than 0, up to %s", "total=%s : choisissez plus de 0, jusqu’à %s", s.Total, MaxDuration)
	case s.Backoff < 0 || s.Backoff > MaxDuration:
		return words.Errorf("backoff=%s: choose 0 to %s", "backoff=%s : choisissez de 0 à %s", s.Backoff, MaxDuration)
	case s.Linger < 0 || s.Linger > MaxDuration:
		return words.Errorf("linger=%s: choose 0 to %s", "linger=%s : choisissez de 0 à %s", s.Linger, MaxDuration)
	case s.Mode == Idempotent && s.Acks != AcksAll:
		return words.Errorf(
			"idempotent wants acks=all, not acks=%s: without every replica's word a sequence number proves nothing. Use plain, or leave acks out",
			"idempotent demande acks=all, pas acks=%s : sans l’accord de tous les réplicas, un numéro de séquence ne prouve rien. Prenez plain, ou retirez acks", s.Acks)
	case s.Mode == Idempotent && s.Retries == 0:
		return words.Errorf(
			"idempotent wants retries=1 or more: it exists to make a retry safe. Use plain, or leave retries out",
			"idempotent demande retries=1 ou plus : il existe pour rendre une relance sûre. Prenez plain, ou retirez retries")
	case s.Mode == Idempotent && s.InFlight != 1:
		return words.Errorf(
			"idempotent wants inflight=1, not inflight=%d: this client (sarama) allows one request in flight; Java and librdkafka allow five. Leave inflight out",
			"idempotent demande inflight=1, pas inflight=%d : ce client (sarama) n’admet qu’une requête en vol ; Java et librdkafka en admettent cinq. Retirez inflight", s.InFlight)
	case s.Mode == FireAndForget && s.Acks != AcksNone:
		return words.Errorf(
			"fire-and-forget is acks=0, not acks=%s. Use plain for acks=1 or acks=all",
			"fire-and-forget, c’est acks=0, pas acks=%s. Prenez plain pour acks=1 ou acks=all", s.Acks)
	case s.Acks != AcksNone && time.Duration(s.Retries)*s.Backoff >= s.Total && s.Retries > 0:
		return words.Errorf(
			"retries × backoff = %d × %s is not below total=%s: the pauses alone use up the budget. Lower retries or backoff, or raise total",
			"retries × backoff = %d × %s n’est pas inférieur à total=%s : les pauses seules épuisent le budget. Baissez retries ou backoff, ou augmentez total",
			s.Retries, s.Backoff, s.Total)
	}
	return nil
}
