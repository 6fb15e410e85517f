package ledger

import "time"

// Outcome is how an attempt ended.
type Outcome uint8

// The outcomes of an attempt.
const (
	Pending  Outcome = iota // no end yet
	Acked                   // answered and heard, code 0
	Refused                 // answered and heard, with an error code
	TimedOut                // the producer stopped waiting
	Cut                     // the connection ended first
	Unasked                 // acks=0: no answer was asked for
)

// Kind is what a report says.
type Kind uint8

// The kinds of report.
const (
	NoReport Kind = iota // in flight
	AckedReport
	FailedReport  // no attempt can have been written
	UnknownReport // every other error
	FiredReport   // acks=0: nobody asked
)

// Verdict is what the log says of a message, set against its report.
type Verdict uint8

// The verdicts. They divide the messages; ghost and reordered are flags beside them.
const (
	Unjudged Verdict = iota // not read back
	Once
	Duplicate
	Lost
	Absent
)

// Snapshot is the ledger at one version. It is immutable and shares nothing
// that changes, so any goroutine may keep it.
type Snapshot struct {
	Version   uint64
	Run       string
	Clock     time.Time     // the wall clock at the run's zero
	Last      time.Duration // the time of the latest event
	Simulated bool          // the cluster does not replicate

	All    Totals
	Labels []Totals // in the order of their first send
	Ways   []Way    // in the order of their first send

	Messages []Message // the latest, oldest first
	Toxics   []Toxic   // in force, by broker and name
	Bands    []Band    // the faults of this run, oldest first, also those that ended
	Brokers  []Broker  // by id
	Tails    []Tail    // the latest records that the last audit read, by topic and partition
	Dials    []Dial    // the latest refused dials, oldest first
	Audit    Audit
	InFlight int64 // sends without a report

	Requests []Attempt  // the latest, in the order of their departure
	Reports  []Delivery // the latest, in the order in which they came
	Acks     []Ack      // acked sends over time, for charts

	attempts map[AttemptID]*Attempt
	leaders  map[Partition]int32
}

// Attempt looks up a retained attempt; nil when its details are gone.
func (s *Snapshot) Attempt(id AttemptID) *Attempt { return s.attempts[id] }

// Leader returns the broker that leads a partition; Nobody where none does, or
// none is known.
func (s *Snapshot) Leader(topic string, partition int32) int32 {
	if id, known := s.leaders[Partition{topic, partition}]; known {
		return id
	}
	return Nobody
}

// Nobody is who leads a partition without a leader.
const Nobody int32 = -1

// Label returns the totals of a label.
func (s *Snapshot) Label(name string) (Totals, bool) {
	for _, t := range s.Labels {
		if t.Label == name {
			return t, true
		}
	}
	return Totals{}, false
}

// Partition names a partition of a topic.
type Partition struct {
	Topic string
	ID    int32
}

// Totals are the exact counts of a label, or of the whole run. The names are
// those of the lab language.
type Totals struct {
	Label   string
	Mode    string // of the label's latest batch
	Sending string

	Sent, Acked, Failed, Unknown, Fired int64
	Attempts, Retries                   int64

	// What the last audit found; meaningful only when Audited.
	Audited                               bool
	Copies, Once, Duplicates, Lost        int64
	Absent, Ghosts, Reordered, Partitions int64

	Waited                  time.Duration // the latencies behind these, added up
	Samples                 int64         // acked sends behind the latencies
	Min, P50, P95, P99, Max float64       // ms; NaN without samples
	Throughput              float64       // acked per second, first hand-over to last report; NaN before
	Done                    bool          // every message has its report, nothing more to hand over
	Diagnosed               bool          // of the whole run: the fault that was hidden last was named
}

// Way counts what was sent in one mode and one sending. The names are those of
// Totals.
type Way struct {
	Mode, Sending                       string
	Sent, Acked, Failed, Unknown, Fired int64
	Attempts, Retries                   int64
	Latencies                           Latencies // of the acked
}

// Delivery is what the producer was told of one send. Of a burst, the last one
// kept stands for all that followed of the same batch.
type Delivery struct {
	Ref       Ref
	Label     string
	Origin    string // the door it came through; empty: the front end's
	Mode      string
	Sending   string
	Topic     string
	Kind      Kind
	Reason    Reason // why it is not acked
	Err       string // the same in the client's own words
	Partition int32  // -1 where unknown
	Offset    int64  // -1 where unknown
	At        time.Duration
	Latency   time.Duration // from hand-over to report
	// Count is how many sends it stands for. Where there are several, Ref,
	// Partition and Offset are of the first, At of the latest, Latency of the
	// slowest.
	Count int64
}

// Ack is an acked send over time, or several that took about as long at about
// the same time.
type Ack struct {
	At      time.Duration // of the report
	Latency time.Duration // from hand-over to report
	Label   int32         // its index in Labels; -1 where it has none
	Count   int64         // of several, At and Latency are of the slowest
}

// Message is the detail of one send.
type Message struct {
	Ref       Ref
	ID        string // as in the header event-id
	Label     string
	Origin    string // the door it came through; empty: the front end's
	Mode      string
	Sending   string
	Topic     string
	Key       string
	Partition int32 // -1 until known
	Offset    int64 // -1 until known
	Sent      time.Duration
	Reported  time.Duration // meaningful when Report is set
	Report    Kind
	Reason    Reason      // why it is not acked
	Err       string      // the same in the client's own words
	Attempts  []AttemptID // in order of departure, at most MaxAttempts
	More      int         // further attempts whose ids were not kept
	Partial   bool        // taken in again at its report: earlier attempts are not known any more
	Copies    int64       // of the message, when Verdict is set
	Verdict   Verdict
	Ghost     bool
	Reordered bool
}

// AttemptID names one partition's part of one request.
type AttemptID struct {
	Request RequestID
	Part    int32
}

// Attempt is the detail of one Produce request for one partition. Several
// messages of a batch may share it. A moment that was not seen is -1.
type Attempt struct {
	ID           AttemptID
	Broker       int32
	ClientID     string
	CorrID       int32
	Version      int16
	Acks         int16
	Size         int
	Topic        string
	Partition    int32
	ProducerID   int64
	Epoch        int16
	BaseSequence int32
	Records      int
	Departed     time.Duration
	Arrived      time.Duration
	Answered     time.Duration
	Heard        time.Duration
	Ended        time.Duration // when the producer knew the outcome
	Outcome      Outcome
	Code         int16 // of the answer, heard or not; meaningful when Answered or Heard is set
	Offset       int64 // base offset in the answer; -1
	Foreign      bool  // another client's; its departure was not seen
}

// Band is a fault over time, for charts.
type Band struct {
	Broker   int32
	Name     string
	Kind     string // a toxic's kind, "down" for a proxy, "stopped" for a broker
	Stream   string // empty where the fault has no direction
	Detail   map[string]int64
	From, To time.Duration // To is -1 while in force
	// Foreign is a toxic of somebody else's. Approximate is a beginning or an
	// end that was seen by polling.
	Foreign, Approximate bool
}

// Broker is the state of a broker and its proxy.
type Broker struct {
	ID      int32
	Up      bool
	Frozen  bool // up, and not moving
	ProxyUp bool
}

// Tail is the end of a partition's log as the last audit read it.
type Tail struct {
	Partition Partition
	Records   []Record // oldest first; only records of this run
}

// Record is one record of the log.
type Record struct {
	Offset int64
	Ref    Ref
	Label  string
	ID     string
	Nth    int64 // 1 for a message's first copy, 2 for the second, ...
	Copies int64 // copies of that message in all
}

// Dial is a refused connection.
type Dial struct {
	At     time.Duration
	Broker int32
	Reason string
}

// Audit is the state of the last audit.
type Audit struct {
	Running bool
	Ended   time.Duration // -1: none yet
	Settled bool
	Reason  string
	Pending int64 // messages that were asked for by then, and not handed over
}
