// Package metrics says in numbers what the ledger knows, with names, units and
// kinds after Prometheus' conventions. The console's view and the HTTP API both
// take them from here, so neither can say what the other does not: of latencies
// a screen has the quantiles, a scrape the buckets.
//
// Counters begin at zero with each run, as after a restart. It may import the
// ledger and the words.
package metrics
