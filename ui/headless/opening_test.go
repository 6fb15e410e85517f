package headless_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/ui/headless"
)

// Who interrupts a start is told that it was interrupted, and not what did not
// come to be for that.
func TestInterruptedWhileOpening(t *testing.T) {
	for _, format := range headless.Formats() {
		ctx, interrupt := context.WithCancel(t.Context())
		var out, errs strings.Builder
		status := headless.Run(ctx, headless.Options{
			Script: "-", In: strings.NewReader("audit\n"), Format: format, Lang: words.French, Out: &out, Err: &errs,
			Open: func(context.Context) (*bench.Bench, error) {
				interrupt()
				return nil, errors.New("the brokers did not find each other")
			},
		})
		said := errs.String()
		if format == "text" { // once, to people
			said = out.String() + said
		}
		if status != headless.ExitInterrupted || said != "interrompu\n" {
			t.Errorf("%s: status %d, said %q", format, status, said)
		}
	}
}
