package check

import (
	"slices"

	"atelier/kafka/ledger"
	"atelier/lessons/check/amount"
)

// Value names one value that an expression reads.
type Value struct {
	Label string // empty: of the whole run
	Name  string
}

// String writes the value as in an expression: A.duplicates, or sent.
func (v Value) String() string {
	if v.Label == "" {
		return v.Name
	}
	return v.Label + "." + v.Name
}

// sort is what a value or an operation yields: a truth, or a number that may
// have a unit.
type sort struct {
	truth bool
	unit  amount.Kind
}

// quantity is one value of the ledger: an int64, a float64 or a bool.
type quantity struct {
	name    string
	sort    sort
	verdict bool // known only after an audit
	alone   bool // of the whole run, and of no label
	of      func(*ledger.Totals) any
}

var quantities = []quantity{
	count("sent", func(t *ledger.Totals) int64 { return t.Sent }),
	count("acked", func(t *ledger.Totals) int64 { return t.Acked }),
	count("failed", func(t *ledger.Totals) int64 { return t.Failed }),
	count("unknown", func(t *ledger.Totals) int64 { return t.Unknown }),
	count("fired", func(t *ledger.Totals) int64 { return t.Fired }),
	count("attempts", func(t *ledger.Totals) int64 { return t.Attempts }),
	count("retries", func(t *ledger.Totals) int64 { return t.Retries }),
	verdict("copies", func(t *ledger.Totals) int64 { return t.Copies }),
	verdict("once", func(t *ledger.Totals) int64 { return t.Once }),
	verdict("duplicates", func(t *ledger.Totals) int64 { return t.Duplicates }),
	verdict("lost", func(t *ledger.Totals) int64 { return t.Lost }),
	verdict("absent", func(t *ledger.Totals) int64 { return t.Absent }),
	verdict("ghosts", func(t *ledger.Totals) int64 { return t.Ghosts }),
	verdict("reordered", func(t *ledger.Totals) int64 { return t.Reordered }),
	verdict("partitions", func(t *ledger.Totals) int64 { return t.Partitions }),
	measure("p50", amount.Time, func(t *ledger.Totals) float64 { return t.P50 }),
	measure("p95", amount.Time, func(t *ledger.Totals) float64 { return t.P95 }),
	measure("p99", amount.Time, func(t *ledger.Totals) float64 { return t.P99 }),
	measure("max", amount.Time, func(t *ledger.Totals) float64 { return t.Max }),
	measure("throughput", amount.Rate, func(t *ledger.Totals) float64 { return t.Throughput }),
	{name: "done", sort: sort{truth: true}, of: func(t *ledger.Totals) any { return t.Done }},
	{name: "diagnosed", sort: sort{truth: true}, alone: true, of: func(t *ledger.Totals) any { return t.Diagnosed }},
}

func count(name string, of func(*ledger.Totals) int64) quantity {
	return quantity{name: name, of: func(t *ledger.Totals) any { return of(t) }}
}

func verdict(name string, of func(*ledger.Totals) int64) quantity {
	q := count(name, of)
	q.verdict = true
	return q
}

func measure(name string, unit amount.Kind, of func(*ledger.Totals) float64) quantity {
	return quantity{name: name, sort: sort{unit: unit}, of: func(t *ledger.Totals) any { return of(t) }}
}

func quantityOf(name string) (*quantity, bool) {
	i := slices.IndexFunc(quantities, func(q quantity) bool { return q.name == name })
	if i < 0 {
		return nil, false
	}
	return &quantities[i], true
}

// ValueNames lists the values of a label or of the whole run.
func ValueNames() []string {
	names := make([]string, len(quantities))
	for i, q := range quantities {
		names[i] = q.name
	}
	return names
}

// IsValue says whether a word is the name of a value.
func IsValue(name string) bool { _, ok := quantityOf(name); return ok }

// IsVerdict says whether a value is known only after an audit.
func IsVerdict(name string) bool { q, ok := quantityOf(name); return ok && q.verdict }

// IsAlone says whether a value is one of the whole run, and of no label.
func IsAlone(name string) bool { q, ok := quantityOf(name); return ok && q.alone }

// IsKeyword says whether expressions keep a word for themselves.
func IsKeyword(word string) bool {
	return slices.Contains(keywords, word) || slices.Contains(foreign, word)
}

// The words of an expression, and those of expr's that are left out: a label
// cannot have their names either.
var (
	keywords = []string{"and", "or", "not", "true", "false"}
	foreign  = []string{"in", "matches", "contains", "startsWith", "endsWith", "let", "if", "else", "nil"}
)

// Of reads values from a snapshot of the ledger.
func Of(s *ledger.Snapshot) Values { return snapshot{s} }

type snapshot struct{ *ledger.Snapshot }

func (s snapshot) Totals(label string) (ledger.Totals, bool) {
	switch {
	case s.Snapshot == nil:
		return ledger.Totals{}, false
	case label == "":
		return s.All, true
	}
	return s.Label(label)
}

// All lists every value of some totals under its name, for JSON. A value that
// is not known (no sample, not audited) is nil.
func All(t ledger.Totals) map[string]any {
	all := make(map[string]any, len(quantities))
	for _, q := range quantities {
		if q.alone && t.Label != "" {
			continue
		}
		if v := q.of(&t); known(v) && (!q.verdict || t.Audited) {
			all[q.name] = v
		} else {
			all[q.name] = nil
		}
	}
	return all
}
