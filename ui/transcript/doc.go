// Package transcript tells what a learner has done, with its evidence: which
// run showed what, when, on which cluster, with which numbers. Of makes it of
// what progress keeps and of the course as it stands; Text, Markdown and JSON
// write it down, and Certificate writes it as a document. It claims nothing
// that progress cannot prove, and says what was not done and what cannot be
// verified here.
//
// It may import lessons/course, lessons/progress, ui/plain and assets/words,
// and every front end may import it.
package transcript
