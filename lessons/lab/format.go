package lab

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/lessons/check/amount"
)

// Format writes a command as the line that does it: what a learner would have
// typed. Parse reads it back as the same command. A trailing & is the caller's.
func Format(c Command) string {
	switch c := c.(type) {
	case *Topic:
		return formatTopic(c)
	case *Send:
		return formatSend(c)
	case *ToxicAdd:
		return formatToxic(c)
	case *ToxicsClear:
		return formatClear(c)
	case *ToxicsList:
		return "toxics"
	case *FaultHide:
		if c.Seed != 0 {
			return fmt.Sprintf("fault hidden seed=%d", c.Seed)
		}
		return "fault hidden"
	case *FaultName:
		return formatFault(c)
	case *ProxiesList:
		return "proxies"
	case *ProxySwitch:
		line := "proxy " + pick(c.Up, "up", "down")
		if id, one := c.On.One(); one {
			line += fmt.Sprintf(" broker=%d", id)
		}
		return line
	case *Broker:
		return fmt.Sprintf("broker %s %d", c.Action, c.Broker)
	case *BrokersList:
		if c.Topic == DefaultTopic {
			return "brokers"
		}
		return "brokers " + c.Topic
	case *LeaderMove:
		return fmt.Sprintf("leader move %s/%d to=%d", c.Topic, c.Partition, c.To)
	case *Wait:
		return "wait " + amount.FormatDuration(c.For)
	case *WaitUntil:
		line := "wait until " + c.Condition.String()
		if c.Timeout != DefaultTimeout {
			line += " timeout=" + amount.FormatDuration(c.Timeout)
		}
		return line
	case *After:
		return "after " + amount.FormatDuration(c.Delay) + " " + Format(c.Command)
	case *Audit:
		return "audit"
	case *Expect:
		return "expect " + c.Condition.String()
	case *Say:
		return "say " + quote(c.Text)
	case *Pause:
		return "pause"
	case *Reset:
		line := "reset"
		if c.Needs != "" {
			line += " needs=" + string(c.Needs)
		}
		if c.Recording != "" {
			line += " recording=" + c.Recording
		}
		return line
	}
	return fmt.Sprintf("# %T", c)
}

func pick(second bool, yes, no string) string {
	if second {
		return yes
	}
	return no
}

// pairs collects name=value words.
type pairs []string

func (p *pairs) add(name, value string) { *p = append(*p, name+"="+value) }

// formatTopic leaves out what is the cluster's own choice.
func formatTopic(t *Topic) string {
	p := pairs{"topic", t.Name}
	p.add("partitions", strconv.Itoa(int(t.Partitions)))
	if t.Replication != 0 {
		p.add("replication", strconv.Itoa(int(t.Replication)))
	}
	if t.MinInSync != 0 {
		p.add("min-insync", strconv.Itoa(t.MinInSync))
	}
	return strings.Join(p, " ")
}

// formatSend leaves out what the mode says anyway.
func formatSend(s *Send) string {
	p := pairs{"send", strconv.Itoa(s.Count), string(s.Mode), string(s.Sending)}
	formatSettings(&p, s.Mode.Settings(), s.Settings)
	if s.Topic != DefaultTopic {
		p.add("topic", s.Topic)
	}
	if s.Partition >= 0 {
		p.add("partition", strconv.Itoa(int(s.Partition)))
	}
	if s.ID != "" {
		p.add("id", Value(s.ID))
	}
	if s.Key != nil {
		p.add("key", Value(*s.Key))
	}
	if s.Keys > 0 {
		p.add("keys", strconv.Itoa(s.Keys))
	}
	if s.Value != nil {
		p.add("value", Value(*s.Value))
	}
	if s.Size > 0 {
		p.add("size", strconv.Itoa(s.Size)+"B")
	}
	if s.Rate > 0 {
		p.add("rate", amount.FormatNumber(s.Rate)+"/s")
	}
	for _, h := range s.Headers {
		p.add("header", Value(h.Name+":"+h.Value))
	}
	if s.Label != "" {
		p = append(p, "as", s.Label)
	}
	return strings.Join(p, " ")
}

func formatSettings(p *pairs, mode, s kafka.Settings) {
	if s.Acks != mode.Acks {
		p.add("acks", s.Acks.String())
	}
	if s.Retries != mode.Retries {
		p.add("retries", strconv.Itoa(s.Retries))
	}
	if s.Backoff != mode.Backoff {
		p.add("backoff", amount.FormatDuration(s.Backoff))
	}
	if s.Request != mode.Request {
		p.add("request", amount.FormatDuration(s.Request))
	}
	if s.Total != mode.Total {
		p.add("total", amount.FormatDuration(s.Total))
	}
	if s.InFlight != mode.InFlight {
		p.add("inflight", strconv.Itoa(s.InFlight))
	}
	if s.Linger != mode.Linger {
		p.add("linger", amount.FormatDuration(s.Linger))
	}
	if s.Compression != mode.Compression {
		p.add("compression", string(s.Compression))
	}
}

var plainValue = regexp.MustCompile(`^[\p{L}\p{N}_.:/-]+$`)

// Value writes a text as a setting's value: bare where that reads back, else in
// quotes.
func Value(s string) string {
	if plainValue.MatchString(s) {
		return s
	}
	return quote(s)
}

func formatFault(f *FaultName) string {
	p := pairs{"fault", "is", f.Kind}
	formatAttributes(&p, f.Kind, f.Attributes)
	p.add("stream", f.Stream)
	return strings.Join(p, " ")
}

func formatAttributes(p *pairs, kind string, attributes map[string]int64) {
	k, _ := chaos.KindOf(kind)
	for _, a := range k.Attributes {
		if n, given := attributes[a.Name]; given {
			p.add(a.Name, exactly(a, n))
		}
	}
}

func formatToxic(t *ToxicAdd) string {
	p := pairs{"toxic", t.Kind}
	kind, _ := chaos.KindOf(t.Kind)
	formatAttributes(&p, t.Kind, t.Attributes)
	if len(kind.Streams) == 0 || t.Stream != kind.Streams[0] {
		p.add("stream", t.Stream)
	}
	if id, one := t.On.One(); one {
		p.add("broker", strconv.Itoa(int(id)))
	}
	if t.Name != "" {
		p.add("name", t.Name)
	}
	if t.Toxicity != 1 {
		p.add("toxicity", strconv.FormatFloat(float64(t.Toxicity), 'g', -1, 32))
	}
	return strings.Join(p, " ")
}

func formatClear(c *ToxicsClear) string {
	p := pairs{"toxics", "clear"}
	if c.Name != "" {
		p = append(p, c.Name)
	}
	if c.Stream != "" {
		p.add("stream", c.Stream)
	}
	if id, one := c.On.One(); one {
		p.add("broker", strconv.Itoa(int(id)))
	}
	return strings.Join(p, " ")
}

// exactly writes an attribute with its unit where that reads back as the same
// number, else as Toxiproxy's own.
func exactly(a chaos.Attribute, n int64) string {
	if text := a.Format(n); slices.IndexFunc([]rune(text), isSpace) < 0 {
		if back, err := a.Parse(text); err == nil && back == n {
			return text
		}
	}
	return strconv.FormatInt(n, 10)
}
