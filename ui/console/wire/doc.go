// Package wire lists the last Produce requests as they were decoded on the
// wire, a row a partition of each.
package wire
