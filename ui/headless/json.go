package headless

import (
	"atelier/assets/recordings"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/jsonl"
)

// jsonLines tells one object a line, for programs.
type jsonLines struct{ lines *jsonl.Lines }

func newJSON(o Options) *jsonLines { return &jsonLines{jsonl.New(o.Out, o.Lang)} }

func (j *jsonLines) progress(p lab.Progress) { j.lines.Progress(p) }

func (j *jsonLines) end(s summary) {
	if s.validated {
		j.lines.Valid(len(s.script.Lines), len(expectations(s.script.Lines)))
		return
	}
	j.lines.End(s.result, s.snapshot)
}
func (j *jsonLines) shipped(r *recordings.Recording)       { j.lines.Shipped(r) }
func (j *jsonLines) run(s *ledger.Snapshot)                { j.lines.Run(s) }
func (j *jsonLines) replayed(_ int, last *ledger.Snapshot) { j.lines.Replayed(last) }
func (j *jsonLines) unreadable(err error)                  { j.lines.Unreadable(err) }
