package commandline

import (
	"context"
	"slices"
	"strings"

	"atelier/assets/words"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// subcommand is a command behind atelier: what it is called, takes and checks.
type subcommand struct {
	use         string // its name, and what it takes, as in check [FILE...]
	short, long words.Text
	args        bool // it takes arguments
	flags       func(fs *pflag.FlagSet, pick func(en, fr string) string)
	check       func(args []string) error // what is asked for makes sense; nothing is opened
	parts       []subcommand              // without check: the commands behind it
}

// subcommands adds what stands behind atelier beside its options.
func (a *Asked) subcommands(root *cobra.Command, env Environment, notice func(words.Text), run func(context.Context, *Asked) error) {
	for _, s := range []subcommand{a.doctorCommand(env, notice), a.lessonsCommand(), a.progressCommand()} {
		root.AddCommand(a.command(s, env, run))
	}
	// Cobra's own speaks English alone.
	root.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true, RunE: func(_ *cobra.Command, args []string) error {
		of, _, err := root.Find(args)
		if err != nil {
			of = root
		}
		return of.Help()
	}})
}

func (a *Asked) command(s subcommand, env Environment, run func(context.Context, *Asked) error) *cobra.Command {
	pick := a.Lang.Pick
	c := &cobra.Command{
		Use: s.use, Short: s.short.In(a.Lang), Long: s.long.In(a.Lang), DisableFlagsInUseLine: true,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 && !s.args {
				return words.Errorf("%s takes no %q. More: %[1]s --help", "%s ne prend pas %q. En savoir plus : %[1]s --help", c.CommandPath(), args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if s.check == nil {
				return c.Help()
			}
			if err := a.complete(c.Flags(), env); err != nil {
				return err
			}
			if err := a.readLang(); err != nil {
				return err
			}
			if err := s.check(args); err != nil {
				return err
			}
			return run(c.Context(), a)
		},
	}
	c.Flags().SortFlags = false
	if s.flags != nil {
		s.flags(c.Flags(), pick)
	}
	a.langFlag(c.Flags(), pick)
	tellDefaults(c.Flags(), pick)
	for _, part := range s.parts {
		c.AddCommand(a.command(part, env, run))
	}
	return c
}

// oneOf reads a word that must be one of a few. A variable may be meant for
// another command.
func (a *Asked) oneOf(flag, word string, choices ...string) error {
	if slices.Contains(choices, word) {
		return nil
	}
	list := strings.Join(choices, ", ")
	if variable := a.given[flag]; variable != "" {
		return words.Errorf("%s=%q is nothing for this command: unset it, or give --%s, which goes before it: %s",
			"%s=%q ne convient pas à cette commande : retirez-la, ou donnez --%s, qui passe avant : %s", variable, word, flag, list)
	}
	return words.Errorf("unknown --%s %q: choose %s", "--%s %q inconnu : choisissez %s", flag, word, list)
}
