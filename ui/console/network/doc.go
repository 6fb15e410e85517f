// Package network draws the producer, the brokers and the two directions
// between them, with the toxics that sit on each and what is under way.
package network
