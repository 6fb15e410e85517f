// Package handout writes the course down to be read elsewhere: as one HTML page
// that needs nothing beside it (no script, no font, no network), and as
// Markdown. With results it holds what a real run of each lab came to, below
// the lab. Notes for the presenter stay out unless they are asked for.
//
// It may import lessons/course, lessons/rehearsal, ui/plain and assets/words.
package handout
