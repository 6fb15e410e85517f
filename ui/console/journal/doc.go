// Package journal shows the log as the last audit read it: a strip of records
// a partition, and the verdict of each label in words.
package journal
