// Command atelier is a workshop console that teaches how a Kafka producer
// behaves when the network does not.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/ui/headless"
)

func main() {
	// The first Ctrl+C ends what runs, in order; a second one does not wait.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

// flags are the command line.
type flags struct {
	script, format string
	validate       bool
	lang           string
	seed           uint64
	toxiproxyAPI   string
}

// exit is an exit status on its way up.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// run is the program, with everything that it takes from outside handed in.
func run(ctx context.Context, args []string, getenv func(string) string, in io.Reader, out, errs io.Writer) int {
	root := command(getenv, in, out, errs)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var status exit
	switch {
	case err == nil:
		return headless.ExitPassed
	case errors.As(err, &status):
		return int(status)
	}
	lang := words.FromLocale(getenv)
	fmt.Fprintln(errs, words.Tell(lang, err))
	return headless.ExitInvalid
}

func command(getenv func(string) string, in io.Reader, out, errs io.Writer) *cobra.Command {
	var f flags
	lang := words.FromLocale(getenv)
	root := &cobra.Command{
		Use:           "atelier",
		Short:         lang.Pick("See what a Kafka producer does when the network fails", "Voir ce que fait un producteur Kafka quand le réseau flanche"),
		SilenceErrors: true, SilenceUsage: true,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.run(cmd.Context(), getenv, in, out, errs)
		},
	}
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	fs := root.Flags()
	fs.StringVar(&f.script, "script", "", lang.Pick("run a script or a lesson without a screen; - reads the standard input", "exécuter un script ou une leçon sans écran ; - lit l’entrée standard"))
	fs.StringVar(&f.format, "format", "text", lang.Pick("of --script: text, json, junit, tap", "pour --script : text, json, junit, tap"))
	fs.BoolVar(&f.validate, "validate", false, lang.Pick("with --script: read it, don't run it", "avec --script : le lire sans l’exécuter"))
	fs.StringVar(&f.lang, "lang", "", lang.Pick("fr or en", "fr ou en"))
	fs.Uint64Var(&f.seed, "seed", 0, lang.Pick("makes run ids repeatable", "rend les identifiants reproductibles"))
	_ = pflag.CommandLine
	return root
}

func (f *flags) run(ctx context.Context, getenv func(string) string, in io.Reader, out, errs io.Writer) error {
	lang := words.FromLocale(getenv)
	if f.lang != "" {
		var err error
		if lang, err = words.ParseLang(f.lang); err != nil {
			return err
		}
	}
	if f.script != "" {
		return exit(headless.Run(ctx, headless.Options{
			Script: f.script, Format: f.format, Validate: f.validate, Lang: lang, In: in, Out: out, Err: errs,
			Open: func(ctx context.Context) (*bench.Bench, error) {
				return bench.Open(ctx, bench.Options{Seed: f.seed, Toxiproxy: f.toxiproxyAPI})
			},
		}))
	}
	return nil
}
