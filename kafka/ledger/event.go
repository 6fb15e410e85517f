package ledger

import "time"

// Ref names one send: the Nth message (from 0) of a batch (from 1). It is what
// a generated id "<run>-<batch>-<n>" says, in eight bytes.
type Ref struct {
	Batch uint32 `json:"batch"`
	N     uint32 `json:"n"`
}

// RequestID numbers the Produce requests of one bench, from 1.
type RequestID uint64

// Event is one thing that happened on a bench. Every event carries At, the
// monotonic time since its run began.
type Event interface {
	// When is the time of the event since the run began.
	When() time.Duration
}

// At is the time of an event since its run began; every event embeds it.
type At struct {
	At time.Duration `json:"at"`
}

// When returns the time of the event since the run began.
func (a At) When() time.Duration { return a.At }

// RunBegan starts a run: everything that the ledger held of the run before is
// gone, but for the faults in force.
type RunBegan struct {
	At
	Run   string    `json:"run"`
	Clock time.Time `json:"clock"` // the wall clock at the run's zero
	// Simulated is true where the cluster does not replicate (embedded).
	Simulated bool `json:"simulated,omitempty"`
}

// BatchOpened announces the messages of one send line before the first is
// handed over.
type BatchOpened struct {
	At
	Batch    uint32   `json:"batch"`
	Label    string   `json:"label,omitempty"`
	ID       string   `json:"id,omitempty"` // id=: every send of the batch is this one message
	Mode     string   `json:"mode"`
	Sending  string   `json:"sending"`
	Topic    string   `json:"topic"`
	Count    uint32   `json:"count"`
	Settings Settings `json:"settings"`
	// Origin is which door the messages come through, where it is not the front
	// end that the learner sits at: "api".
	Origin string `json:"origin,omitempty"`
	// Stream is a batch without an end: its messages come one by one, as others
	// ask for them. Count says nothing, and nobody waits for its BatchClosed.
	Stream bool `json:"stream,omitempty"`
}

// Settings are the effective settings of a batch, as far as they are shown.
type Settings struct {
	Acks     int16         `json:"acks"` // 0, 1, -1 for all
	Retries  int           `json:"retries"`
	Backoff  time.Duration `json:"backoff"`
	Request  time.Duration `json:"request"`
	Total    time.Duration `json:"total"`
	InFlight int           `json:"inflight"`
}

// Sent says that messages From to From+Count-1 of a batch were handed to the
// producer. Key is empty where the messages have none or several.
type Sent struct {
	At
	Batch uint32 `json:"batch"`
	From  uint32 `json:"from"`
	Count uint32 `json:"count"`
	Key   string `json:"key,omitempty"`
	// ID is, in a stream, the message that these are sends of, where somebody
	// named it. The generated id of an earlier send names that one.
	ID string `json:"id,omitempty"`
}

// BatchClosed says that nothing more will be handed over in a batch; Count is
// what was. It is less than announced where the batch was interrupted.
type BatchClosed struct {
	At
	Batch uint32 `json:"batch"`
	Count uint32 `json:"count"`
}

// Part is what one Produce request carries for one partition.
type Part struct {
	Topic        string `json:"topic"`
	Partition    int32  `json:"partition"`
	ProducerID   int64  `json:"pid"` // -1: none
	Epoch        int16  `json:"epoch"`
	BaseSequence int32  `json:"seq"`
	Records      int    `json:"records"`
	Refs         []Ref  `json:"refs,omitempty"` // the messages of this run in it
}

// Departed is an attempt's first moment: a Produce request left the producer.
type Departed struct {
	At
	Request  RequestID `json:"request"`
	Broker   int32     `json:"broker"`
	ClientID string    `json:"client"`
	CorrID   int32     `json:"corr"`
	Version  int16     `json:"version"`
	Acks     int16     `json:"acks"`
	Size     int       `json:"size"` // bytes on the wire, length prefix included
	Parts    []Part    `json:"parts"`
	// Foreign is a request that only the broker's end saw: another client's.
	// Its departure was not seen, so At is its arrival.
	Foreign bool `json:"foreign,omitempty"`
}

// Arrived is the second moment: the broker has read the whole request.
type Arrived struct {
	At
	Request RequestID `json:"request"`
}

// Answered is the third moment: the broker has written its answer.
type Answered struct {
	At
	Request RequestID `json:"request"`
	Answers []Answer  `json:"answers"`
}

// Heard is the fourth moment: the producer has read the whole answer.
type Heard struct {
	At
	Request RequestID `json:"request"`
	Answers []Answer  `json:"answers"`
}

// Answer is what a Produce response says of one partition.
type Answer struct {
	Topic     string `json:"topic"`
	Partition int32  `json:"partition"`
	Code      int16  `json:"code"`
	Offset    int64  `json:"offset"` // of the first record; -1 where there is none
}

// Ended says that a request's answer will not be heard: the producer stopped
// waiting, or its connection ended.
type Ended struct {
	At
	Request RequestID `json:"request"`
	Outcome Outcome   `json:"outcome"` // TimedOut or Cut
}

// DialRefused is a connection to a broker that could not be opened. No request
// departed, so it is no attempt.
type DialRefused struct {
	At
	Broker int32  `json:"broker"`
	Reason string `json:"reason"`
}

// Reported is what the producer was told in the end about some sends.
type Reported struct {
	At
	Reports []Report `json:"reports"`
}

// Report is the one report of one send. The ledger derives failed or unknown
// from the attempts that it saw, and from whether one may follow, so Err only
// says that it is not acked.
type Report struct {
	Ref       Ref           `json:"ref"`
	Partition int32         `json:"partition"`        // -1 where unknown
	Offset    int64         `json:"offset"`           // -1 where unknown
	Latency   time.Duration `json:"latency"`          // from hand-over to report
	Reason    Reason        `json:"reason,omitempty"` // why it is not acked
	Err       string        `json:"err,omitempty"`    // the same in the client's own words
	Fired     bool          `json:"fired,omitempty"`  // acks=0: nobody asked
	Held      bool          `json:"held,omitempty"`   // the client has it still, and may yet send it
}

// Reason is why a send was not acked; the screens say it in the learner's words.
type Reason string

// The reasons of a report that is not acked.
const (
	Timeout      Reason = "timeout"       // the last attempt's answer did not come in time
	Disconnected Reason = "disconnected"  // the connection ended, or could not be opened
	BudgetSpent  Reason = "budget"        // the delivery budget ended first
	RefusedBy    Reason = "refused"       // a broker's error code
	UnknownTopic Reason = "unknown-topic" // no such topic
	TooLarge     Reason = "too-large"     // larger than the client or the topic allows
	NoPartition  Reason = "no-partition"  // the topic has no such partition
	NoBroker     Reason = "no-broker"     // no broker could be asked
	Closing      Reason = "closing"       // the bench was closed or reset
	Interrupted  Reason = "interrupted"   // the sender was stopped before the producer took it
	OtherReason  Reason = "other"         // see Err
)

// Toxic is a fault on a broker's proxy, as Toxiproxy holds it.
type Toxic struct {
	Broker     int32            `json:"broker"`
	Name       string           `json:"name"`
	Kind       string           `json:"kind"`   // latency, timeout, bandwidth, ...
	Stream     string           `json:"stream"` // upstream or downstream
	Toxicity   float32          `json:"toxicity"`
	Attributes map[string]int64 `json:"attributes"` // in Toxiproxy's own units
	// Foreign is a toxic that somebody else added to a Toxiproxy that we share;
	// it may bear the name of one of ours.
	Foreign bool `json:"foreign,omitempty"`
}

// ToxicAdded says that a toxic is in force, from now on or with new attributes.
type ToxicAdded struct {
	At
	Toxic Toxic `json:"toxic"`
	// Approximate is a change that was seen by polling, a little after it was
	// made.
	Approximate bool `json:"approximate,omitempty"`
	// Since is when it began, where it is told of later: a fault that was hidden.
	Since time.Duration `json:"since,omitempty"`
}

// FaultHidden says that a fault is in force that nobody is told of: which one,
// a seed chose. It is told, by ToxicAdded, when it is named or given up.
type FaultHidden struct {
	At
	Seed uint64 `json:"seed"`
}

// FaultNamed says that somebody said which fault is hidden.
type FaultNamed struct {
	At
	Right bool `json:"right"`
}

// ToxicRemoved says that a toxic is gone.
type ToxicRemoved struct {
	At
	Broker      int32  `json:"broker"`
	Name        string `json:"name"`
	Foreign     bool   `json:"foreign,omitempty"`
	Approximate bool   `json:"approximate,omitempty"` // seen by polling
}

// ProxyChanged says that a broker's proxy is up or down.
type ProxyChanged struct {
	At
	Broker      int32 `json:"broker"`
	Up          bool  `json:"up"`
	Approximate bool  `json:"approximate,omitempty"` // seen by polling
}

// BrokerChanged says that a broker is up, frozen (it is there, and does not
// move) or stopped.
type BrokerChanged struct {
	At
	Broker int32 `json:"broker"`
	Up     bool  `json:"up"`
	Frozen bool  `json:"frozen,omitempty"`
}

// LeaderChanged says who leads a partition.
type LeaderChanged struct {
	At
	Topic     string `json:"topic"`
	Partition int32  `json:"partition"`
	Broker    int32  `json:"broker"`
}

// AuditBegan says that the log is about to be read back from the run's start.
// What an earlier audit of this run counted is counted anew.
type AuditBegan struct {
	At
}

// CopiesRead are records of this run that an audit found in one partition, in
// the order of the log.
type CopiesRead struct {
	At
	Topic     string `json:"topic"`
	Partition int32  `json:"partition"`
	Copies    []Copy `json:"copies"`
}

// Copy is one record of the log that carries a message.
type Copy struct {
	Ref    Ref    `json:"ref"`
	Offset int64  `json:"offset"`
	Key    uint64 `json:"key"` // a hash: equal keys, equal numbers
}

// AuditEnded closes an audit. An audit that did not settle judges nothing.
type AuditEnded struct {
	At
	Settled bool   `json:"settled"`
	Reason  string `json:"reason,omitempty"`
	// Pending is how many messages others had asked for by then that were not
	// handed over yet.
	Pending int64 `json:"pending,omitempty"`
}
