// Package review reads lessons as a careful editor does, before a learner sees
// them: their form, what their labs and checks name, where their links lead,
// whether the code that they quote still stands where it was, and whether both
// languages say the same. It runs nothing; package rehearsal does. It may
// import course, lab and assets/words.
package review
