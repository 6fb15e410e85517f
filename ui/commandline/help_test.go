package commandline

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"atelier/assets/words"

	"github.com/spf13/cobra"
)

// What cobra and pflag say by themselves is English.
func TestTheHelpSpeaksOneLanguage(t *testing.T) {
	root := Command(words.French, Environment{}, func(words.Text) {}, func(context.Context, *Asked) error { return nil })
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		for _, english := range []string{"[flags]", "(default", "Usage", "help for"} {
			if got := c.UsageString(); strings.Contains(got, english) {
				t.Errorf("%s: %q is in\n%s", c.CommandPath(), english, got)
			}
		}
		for _, part := range c.Commands() {
			if !part.Hidden {
				each(part)
			}
		}
	}
	each(root)
	if got := root.UsageString(); !strings.Contains(got, "atelier [serve] [options]") || !strings.Contains(got, "(par défaut : on)") {
		t.Error(got)
	}
}

func TestAWrongFlagIsSaidInTheLearnersLanguage(t *testing.T) {
	for args, want := range map[string]string{
		"--bogus":        "option --bogus inconnue. Toutes",
		"-x":             "option -x inconnue. Toutes",
		"--seed":         "--seed demande une valeur. Toutes",
		"--seed=never":   "--seed ne peut pas valoir « never ». Toutes",
		"doctor --bogus": "option --bogus inconnue. Toutes",
	} {
		root := Command(words.French, Environment{}, func(words.Text) {}, func(context.Context, *Asked) error { return nil })
		var out bytes.Buffer
		Streams(root, strings.NewReader(""), &out, &out)
		root.SetArgs(strings.Fields(args))
		err := root.Execute()
		if err == nil || !strings.Contains(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(words.Tell(words.French, err)), want) {
			t.Errorf("%s: %q", args, words.Tell(words.French, err))
		}
	}
}
