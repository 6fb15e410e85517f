package lab

import (
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/lessons/bench"
	"atelier/lessons/check"
)

// Script is a parsed and validated lab: what --script reads, what a lab block
// holds, what a learner types at the prompt (one line).
type Script struct {
	Name  string // of the file, or what stands for it
	Lines []Line
}

// Line is one command where it was written.
type Line struct {
	Pos        Pos
	Text       string // as written, without surrounding space
	Command    Command
	Background bool // a trailing &
}

// Pos is a place in a source: lines and columns count from 1, columns in
// characters.
type Pos struct {
	File         string
	Line, Column int
}

// Command is what one line does: one of the types of this file.
type Command interface{ command() }

// Topic creates a topic if it is absent.
type Topic cluster.Topic

// Send fires messages: one batch.
type Send bench.Batch

// Header is one header of a message.
type Header = kafka.Header

// ToxicAdd puts a fault in force.
type ToxicAdd struct {
	Kind       string
	Name       string // empty: Toxiproxy's own, <kind>_<stream>
	Stream     string // upstream or downstream
	Toxicity   float32
	Attributes map[string]int64 // in Toxiproxy's own units
	On         chaos.On
}

// ToxicsClear removes every toxic, or those of a name, a direction, a broker.
type ToxicsClear chaos.Which

// ToxicsList and ProxiesList tell what is in force.
type (
	ToxicsList  struct{}
	ProxiesList struct{}
)

// FaultHide puts a fault in force that nobody is told of.
type FaultHide struct {
	Seed int // chooses it; 0: drawn
}

// FaultName says which fault is hidden.
type FaultName struct {
	Kind       string
	Stream     string
	Attributes map[string]int64 // in Toxiproxy's own units
}

// ProxySwitch takes proxies down or up.
type ProxySwitch struct {
	Up bool
	On chaos.On
}

// Broker does something to a broker.
type Broker struct {
	Action bench.Action
	Broker int32
}

// BrokersList tells who is up, who leads a topic and who is in sync.
type BrokersList struct{ Topic string }

// LeaderMove makes a broker the leader of a partition.
type LeaderMove struct {
	Topic     string
	Partition int32
	To        int32
}

// Wait pauses the script.
type Wait struct{ For time.Duration }

// WaitUntil waits for a condition over live values.
type WaitUntil struct {
	Condition *check.Expression
	Timeout   time.Duration
}

// After runs a command later, in the background.
type After struct {
	Delay   time.Duration
	Text    string // of the command, as written
	Command Command
}

// Audit reads the log back and judges every message sent so far.
type Audit struct{}

// Expect stops the run where a condition does not hold.
type Expect struct{ Condition *check.Expression }

// Say is for the learner; Pause waits for a presenter's key.
type (
	Say   struct{ Text string }
	Pause struct{}
)

// Reset makes the bench clean and starts a new run. Where the cluster has not
// the ability that it needs, the lines up to the next reset are skipped.
type Reset struct {
	Needs     bench.Ability // empty: none
	Recording string        // of what was skipped, one of recordings.Names(); empty: none
}

func (*Topic) command()       {}
func (*Send) command()        {}
func (*ToxicAdd) command()    {}
func (*ToxicsClear) command() {}
func (*ToxicsList) command()  {}
func (*ProxiesList) command() {}
func (*FaultHide) command()   {}
func (*FaultName) command()   {}
func (*ProxySwitch) command() {}
func (*Broker) command()      {}
func (*BrokersList) command() {}
func (*LeaderMove) command()  {}
func (*Wait) command()        {}
func (*WaitUntil) command()   {}
func (*After) command()       {}
func (*Audit) command()       {}
func (*Expect) command()      {}
func (*Say) command()         {}
func (*Pause) command()       {}
func (*Reset) command()       {}

// Name is the word that a line's command begins with; of an after line, that
// of the command it holds.
func (l Line) Name() string { return nameOf(l.Command) }

func nameOf(c Command) string {
	switch c := c.(type) {
	case *Topic:
		return "topic"
	case *Send:
		return "send"
	case *ToxicAdd:
		return "toxic"
	case *ToxicsClear, *ToxicsList:
		return "toxics"
	case *FaultHide, *FaultName:
		return "fault"
	case *ProxiesList:
		return "proxies"
	case *ProxySwitch:
		return "proxy"
	case *Broker:
		return "broker"
	case *BrokersList:
		return "brokers"
	case *LeaderMove:
		return "leader"
	case *Wait, *WaitUntil:
		return "wait"
	case *After:
		return nameOf(c.Command)
	case *Audit:
		return "audit"
	case *Expect:
		return "expect"
	case *Say:
		return "say"
	case *Pause:
		return "pause"
	case *Reset:
		return "reset"
	}
	return ""
}
