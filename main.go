// Command atelier is a workshop console that teaches how a Kafka producer
// behaves when the network does not.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"atelier/ui/program"

	"github.com/charmbracelet/x/term"
)

func main() {
	// The first signal ends what runs, in order; a second one does not wait.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	here, _ := os.Getwd()
	os.Exit(program.Run(ctx, program.Terminal{
		Dir: here, Environ: os.Environ(), In: os.Stdin, Out: os.Stdout, Errs: os.Stderr,
		Interactive: term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()),
	}, os.Args[1:]))
}
