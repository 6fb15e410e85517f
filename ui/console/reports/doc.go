// Package reports lists what the producer was told, as it is told: one row a
// message, the newest at the bottom.
package reports
