// Package lab is the lab language: one command a line, the same in the
// console, over SSH and in --script. Parse reads and validates; Runner carries
// out on a bench. It may import kafka, chaos, lessons/check and lessons/bench.
package lab
