// Package chaos is the network that misbehaves on request: the catalogue of
// faults (one file a fault), the embedded Toxiproxy server and the client that
// drives any Toxiproxy, and the road to each broker through its proxy. It knows
// nothing of Kafka and imports none of the other rooms but assets/words.
//
// The faults are Toxiproxy's own. What this package adds is on their edges:
// validation before they act, hearing of each change whoever made it, and an
// end that leaves nothing behind.
package chaos
