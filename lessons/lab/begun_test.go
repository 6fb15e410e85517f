package lab_test

import (
	"context"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/lab"
)

// An audit that is kept says once what it waits for; and a send that was
// interrupted on its way says how far it came.
func TestAuditSaysWhatItWaitsFor(t *testing.T) {
	script, err := lab.Parse("x.lab", []byte("send 6000 plain async rate=100/s as A &\naudit\n"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	var said []words.Text
	r := lab.Runner{Bench: openBench(t), Waiting: func(w words.Text) {
		said = append(said, w)
		interrupt()
	}}
	result := r.Run(ctx, script)
	if len(said) != 1 || !strings.Contains(said[0].En, "A: ") || !strings.Contains(said[0].En, " of 6000") {
		t.Errorf("said %q", said)
	}
	part := result.Parts[script.Lines[0].Pos]
	if result.Status != lab.Interrupted || part.Done <= 0 || part.Done >= part.Count || part.Count != 6000 {
		t.Errorf("got %+v", result)
	}
}
