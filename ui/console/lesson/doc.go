// Package lesson shows one step of the course: its prose, its questions, and
// its lab blocks with how far each line has come. It runs nothing itself: it is
// told what the runner did.
package lesson
