// Package telling puts what the ledger says into the learner's words: numbers
// and times, faults, reports, reasons, verdicts, and who is who among the
// batches. Each sentence is there in both languages, and all panes use these.
package telling
