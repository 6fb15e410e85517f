// Package api is the front end for programs: the course's own producer service,
// over HTTP, on the bench that everybody works on. Its messages go through the
// same producers, tap and ledger as a learner's, and what it answers is read
// from there. It may import lessons, the ledger, ui/metrics and the words, and
// knows no other front end.
//
// server.go listens, guard.go says who may ask, route.go lists what can be
// asked for, mux.go leads there; each route has a file of its own. The package
// ask reads requests, answer.go answers, problem.go is every answer that is a
// refusal, and document*.go what the document says of it all: contract/ is how
// the two are held against each other.
package api
