// Command atelier is a workshop console that teaches how a Kafka producer
// behaves when the network does not.
package main

import (
	"context"
	"os"

	"atelier/ui/commandline"
	"atelier/ui/program"

	"github.com/charmbracelet/x/term"
)

func main() {
	ctx := commandline.Ending(context.Background()) // in order, at the first signal
	here, _ := os.Getwd()
	os.Exit(program.Run(ctx, program.Terminal{
		Dir: here, Environ: os.Environ(), In: os.Stdin, Out: os.Stdout, Errs: os.Stderr,
		Interactive: term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()),
	}, os.Args[1:]))
}
