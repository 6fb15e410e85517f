// Package course reads the lessons: Markdown files that a learner can read as
// they are, cut into steps, with blocks that run, ask and draw. It knows the
// form of a lesson and nothing of what a lab line or a check means: those
// stand in the Module as text with their exact place, and Script hands them to
// package lab. It imports assets/words only.
//
// The form:
//
//	---
//	title: Fiabilité
//	minutes: 30
//	objectives: [one, two]
//	needs: [1, 2]
//	---
//
//	## A step
//
//	<!-- optional; panes: network, attempts -->
//
//	Prose, with fences of any other language in it.
//
//	```predict
//	How many copies? {value: A.copies}
//
//	[ ] 1
//	    The reply to a learner who chose this.
//	[x] 3
//	```
//
//	```lab
//	send 1 plain sync as A
//	audit
//	```
//
//	- [ ] one copy {check: A.copies == 1}
//
//	> hint: opens on request
//
//	> note: for the presenter alone
//
//	```quiz
//	A question?
//
//	[ ] A wrong answer.
//	    Why it is wrong.
//	[x] The right one.
//	    Why it is right.
//	```
//
// A lab starts from a clean bench; `lab continue` goes on where the lab above
// it ended. `lab needs=leaders` runs where leaders can be moved and brokers
// stopped (any cluster of our own), `lab needs=replication` where the cluster
// replicates (Apache Kafka of our own, or --brokers), `lab needs=brokers` where
// brokers can be killed and frozen as well (Apache Kafka of our own). Elsewhere such a lab and
// those that continue it are skipped, with the reason, and none of their checks
// ticks; `lab needs=brokers recording=acks1-loss` says what may be watched instead. What stands below a predicted lab in its step tells of it, and is kept
// back until it has run: see Module.Awaits. What a learner should read before
// predicting, and every hint for that, stands above the lab. A fence of another
// language stays in the prose; one that says `go file=kafka/mode.go
// mark=settings` quotes the project, one that says `go into=main.go` is a part of
// a program: see Code. A diagram fence holds a drawing. Raw HTML, control characters and
// character entities are refused, so that what a lesson holds can be shown in
// any terminal and on any page as it is.
package course
