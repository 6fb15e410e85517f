// Package access is how a cluster lets us in: plain or encrypted, with a
// password or without. It reads the settings in the names of Kafka's own tools
// and of librdkafka, and dials brokers by them: what Dial returns speaks Kafka
// at once, whatever had to be said before. It may import nothing of this
// project but words.
package access
