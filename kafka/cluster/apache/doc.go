// Package apache runs Apache Kafka itself, from its own jars, without Docker:
// three brokers and a controller apart, each a Java process of ours, on free
// loopback ports. The controller stands apart so that whatever happens to a
// broker leaves the quorum alone: what a lesson sees is the brokers' doing. It
// may import nothing of this project but words and the cluster package.
package apache

// Version is the Apache Kafka that is fetched where KAFKA_HOME gives no other.
const Version = "4.3.1"

// brokers is how many there are: 1, 2, 3. The controller is apart.
const (
	brokers      = 3
	controllerID = 9
)
