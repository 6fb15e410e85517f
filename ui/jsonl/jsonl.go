// Package jsonl tells what a lab script does and comes to, one JSON object a
// line, for programs: --format json and the HTTP API say the same, under the same
// names, whose words are joined by _ (at_ms, not_done). It may import lessons and
// assets.
package jsonl

import (
	"encoding/json"
	"io"
	"math"
	"time"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/check"
	"atelier/lessons/lab"
)

// Lines tells one object a line.
type Lines struct {
	encoder *json.Encoder
	lang    words.Lang
}

// New tells to a writer, in a language.
func New(w io.Writer, lang words.Lang) *Lines {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // an expression's > stays a >
	return &Lines{e, lang}
}

// jsonEvent is what happened at one line.
type jsonEvent struct {
	Event      string         `json:"event"`
	Line       int            `json:"line"`
	At         float64        `json:"at_ms"` // since the run began
	Text       string         `json:"text"`
	OK         bool           `json:"ok"`
	Background bool           `json:"background,omitempty"`
	Late       bool           `json:"late,omitempty"` // the command of an after line
	Label      string         `json:"label,omitempty"`
	Reports    *jsonReports   `json:"reports,omitempty"`
	Expr       string         `json:"expr,omitempty"`
	Values     map[string]any `json:"values,omitempty"`
	Result     string         `json:"result,omitempty"`
	Proxies    []jsonProxy    `json:"proxies,omitempty"`
	Standing   *jsonStanding  `json:"standing,omitempty"`
	Error      string         `json:"error,omitempty"`
	jsonRun
}

// jsonSkip is a block that the cluster lacks something for.
type jsonSkip struct {
	Event  string        `json:"event"`
	Line   int           `json:"line"` // of the reset that says what it needs
	At     float64       `json:"at_ms"`
	Needs  bench.Ability `json:"needs"`
	Reason string        `json:"reason"`
}

// jsonRun is a run's totals: at the end, and where a reset ends one.
type jsonRun struct {
	Labels map[string]map[string]any `json:"labels,omitempty"`
	All    map[string]any            `json:"all,omitempty"`
}

// Progress tells of a line, once it has ended.
func (j *Lines) Progress(p lab.Progress) {
	if _, reset := p.Line.Command.(*lab.Reset); reset && p.State == lab.Skipped && p.Lacks != nil {
		_ = j.encoder.Encode(jsonSkip{
			Event: "skip", Line: p.Line.Pos.Line, At: millis(p.At),
			Needs: p.Line.Command.(*lab.Reset).Needs, Reason: words.Tell(j.lang, p.Lacks),
		})
	}
	if p.State == lab.Started || p.State == lab.Skipped {
		return
	}
	e := jsonEvent{
		Event: p.Line.Name(), Line: p.Line.Pos.Line, At: millis(p.At), Text: p.Line.Text, OK: p.State == lab.Done,
		Background: p.Line.Background, Late: p.Late, Reports: reportsOf(p.Reports), Expr: p.Expectation, Values: clean(p.Values),
		Result: p.Result.In(j.lang), Proxies: proxiesOf(p.Proxies),
	}
	if send, ok := p.Line.Command.(*lab.Send); ok {
		e.Label = send.Label
	}
	if s := p.Standing; s != nil {
		e.Standing = &jsonStanding{s.Brokers, s.Topic, s.Partitions}
	}
	if p.Err != nil {
		e.Error = words.Tell(j.lang, p.Err)
	}
	if p.Ended != nil && p.Ended.All.Sent > 0 {
		e.jsonRun = runOf(p.Ended)
	}
	_ = j.encoder.Encode(e) // a reader that went away is no failure of the run
}

// jsonResult is the last line.
type jsonResult struct {
	Event   string     `json:"event"`
	Status  lab.Status `json:"status"`
	Line    int        `json:"line,omitempty"` // that ended the run, where one did
	Error   string     `json:"error,omitempty"`
	NotDone []string   `json:"not_done,omitempty"`
	Skipped *lab.Skips `json:"skipped,omitempty"`
	// StoodStill is given where the machine stood still: times are not to be trusted.
	StoodStill float64 `json:"stood_still_ms,omitempty"`
	jsonRun
}

// End tells how a script ended. s is what its last run came to; nil where
// nothing ran.
func (j *Lines) End(result lab.Result, s *ledger.Snapshot) {
	r := jsonResult{Event: "result", Status: result.Status, Line: result.Pos.Line}
	if result.Err != nil {
		r.Error = words.Tell(j.lang, result.Err)
	}
	for _, line := range result.NotDone {
		r.NotDone = append(r.NotDone, line.Pos.String()+": "+line.Text)
	}
	if result.Skipped != (lab.Skips{}) {
		r.Skipped = &result.Skipped
	}
	r.StoodStill = millis(result.StoodStill)
	j.result(r, s)
}

// jsonValid is the last line where a script was read and not run: there are no
// totals, since there was no run.
type jsonValid struct {
	Event    string `json:"event"`
	Status   string `json:"status"`
	Commands int    `json:"commands"`
	Checks   int    `json:"checks"`
}

// Valid tells that a script was read, found to be in order, and not run.
func (j *Lines) Valid(commands, checks int) {
	_ = j.encoder.Encode(jsonValid{"result", "valid", commands, checks})
}

// jsonShipped is a recording that comes with the atelier.
type jsonShipped struct {
	Event string    `json:"event"`
	Name  string    `json:"name"`
	Shows string    `json:"shows"`
	Kafka string    `json:"kafka"`
	Made  time.Time `json:"made"`
}

// Shipped tells which recording it is that will be told.
func (j *Lines) Shipped(r *recordings.Recording) {
	_ = j.encoder.Encode(jsonShipped{"recording", r.Name, r.Shows.In(j.lang), r.Kafka, r.Made})
}

// Run tells of one run that was recorded.
func (j *Lines) Run(s *ledger.Snapshot) {
	_ = j.encoder.Encode(jsonRetold{Event: "run", Run: s.Run, Clock: s.Clock, Last: millis(s.Last), jsonRun: runOf(s)})
}

// Replayed tells that a recording has ended, with its last run.
func (j *Lines) Replayed(last *ledger.Snapshot) {
	j.result(jsonResult{Event: "result", Status: "replayed"}, last)
}

// Unreadable tells why a recording can't be told.
func (j *Lines) Unreadable(err error) {
	j.result(jsonResult{Event: "result", Status: lab.Invalid, Error: words.Tell(j.lang, err)}, nil)
}

// jsonRetold is one run of a recording.
type jsonRetold struct {
	Event string    `json:"event"`
	Run   string    `json:"run"`
	Clock time.Time `json:"clock"`
	Last  float64   `json:"last_ms"` // the run's last event
	jsonRun
}

// result tells the last line, with what a run came to, where there was one.
func (j *Lines) result(r jsonResult, s *ledger.Snapshot) {
	r.Labels = map[string]map[string]any{}
	r.All = valuesOf(ledger.Totals{P50: math.NaN(), P95: math.NaN(), P99: math.NaN(), Max: math.NaN(), Throughput: math.NaN()})
	if s != nil {
		r.jsonRun = runOf(s)
	}
	_ = j.encoder.Encode(r)
}

func runOf(s *ledger.Snapshot) jsonRun {
	labels := map[string]map[string]any{}
	for _, t := range s.Labels {
		labels[t.Label] = valuesOf(t)
	}
	return jsonRun{Labels: labels, All: valuesOf(s.All)}
}

// valuesOf gives every value of the lab language; null where it is not known.
func valuesOf(t ledger.Totals) map[string]any {
	values := clean(check.All(t))
	for name := range values {
		if check.IsVerdict(name) && !t.Audited {
			values[name] = nil
		}
	}
	return values
}

// clean makes values that JSON can say: what is not a number is null.
func clean(values map[string]any) map[string]any {
	out := make(map[string]any, len(values))
	for name, v := range values {
		if f, ok := v.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
			v = nil
		}
		out[name] = v
	}
	return out
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
