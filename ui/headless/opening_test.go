package headless_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/ui/headless"
)

// Who interrupts a start is told that it was interrupted, and not what did not
// come to be for that.
func TestInterruptedWhileOpening(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	var said strings.Builder
	status := headless.Run(ctx, headless.Options{
		Script: "-", In: strings.NewReader("audit\n"), Lang: words.French, Out: io.Discard, Err: &said,
		Open: func(context.Context) (*bench.Bench, error) {
			interrupt()
			return nil, errors.New("the brokers did not find each other")
		},
	})
	if status != headless.ExitInterrupted || said.String() != "interrompu\n" {
		t.Errorf("status %d, said %q", status, said.String())
	}
}
