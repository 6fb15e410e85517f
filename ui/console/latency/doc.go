// Package latency draws how long acked sends took, over time and on a log
// scale, with the faults behind and the percentiles beside.
package latency
