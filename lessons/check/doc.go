// Package check holds the expressions of the lab language: what `expect`,
// `wait until` and a lesson's checklist say about the ledger. An expression is
// compiled once, with errors that carry their column, and evaluated as often
// as the ledger moves. It may import kafka/ledger and assets.
//
// The grammar is expr's, cut down to what a learner needs: values of a label
// (A.duplicates) or of the whole run (sent), amounts (50ms, 1KB, 100/s),
// comparisons, arithmetic, and/or/not. No functions, no text, no collections,
// so evaluating is quick whatever was typed.
package check
