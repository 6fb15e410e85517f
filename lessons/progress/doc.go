// Package progress keeps what a learner has done, across starts: steps done,
// labs run, checks that held and the numbers that proved it, predictions,
// answers, the lab lines that ran, and where to go on.
//
// A State is plain data. A Store keeps one in a folder, as one JSON file that
// is only ever replaced as a whole: written beside it, brought to the disk,
// renamed. A process that is killed at any moment leaves the old file or the
// new one. Consoles that share a folder take turns by a lock that ends with its
// holder, and each carries its own changes over to what the other has saved.
//
// It may import course, for the names of steps and blocks, and assets/words.
package progress
