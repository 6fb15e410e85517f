// Package metrics lists what a Prometheus endpoint says of the run.
package metrics
