// Package lab is the lab language: one command a line, the same in the
// console, over SSH and in --script. Parse reads and validates; Runner carries
// out on a bench. It may import kafka, chaos, lessons/check and lessons/bench.
//
// # Time
//
// `after DUR` counts from its own line, and a message's budget from its
// hand-over. So that neither runs while a cold cluster is asked for the first
// time, the first send of a run makes ready, before it begins, what the sends
// behind it will want: where their topics end, who leads them, a producer with
// its id. That departs nothing and dials no proxy. It ends where a topic is
// created, a broker switched or a leader moved; the next send takes it up there.
//
// # What a cluster lacks
//
// `reset needs=leaders`, `reset needs=replication` and `reset needs=brokers`
// begin a run that not every cluster can show: the first needs leaders that may
// be moved and brokers that may be stopped (any cluster of our own), the second
// replicas (Apache Kafka of our own, or --brokers), the third both, and brokers
// that may be killed and frozen (Apache Kafka of our own). Where the cluster lacks that, the lines up to the next
// reset are skipped: told with the reason, counted in Result.Skipped, and
// neither passed nor failed.
package lab
