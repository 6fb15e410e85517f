// Package chart is what drawings over time share: an axis with round times,
// the faults that were in force along it, and a legend of their signs.
package chart
