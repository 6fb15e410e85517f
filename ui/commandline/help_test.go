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

// A variable that can't be used is named, also where it is right for another
// command.
func TestAWrongVariableIsNamed(t *testing.T) {
	for _, c := range []struct{ variable, args, want string }{
		{"ATELIER_SEED=x", "", `ATELIER_SEED="x": --seed can't be that`},
		{"ATELIER_FORMAT=tap", "doctor", `ATELIER_FORMAT="tap" is nothing for this command: unset it, or give --format, which goes before it: text, json`},
		{"ATELIER_FORMAT=tap", "doctor --format=json", ""},
		{"ATELIER_FORMAT=json", "doctor", ""},
		{"ATELIER_SCRIPT=", "", ""},
		{"", "--script=", "--script is empty: give a FILE, or leave it out"},
		{"", "--replay=", "--replay is empty"},
		{"", "--brokers=,,", "an address is missing beside a comma"},
		{"", "serve foo", `atelier serve takes no "foo"`},
		{"", "lessons check --brokers=x:1", "unknown option --brokers"},
	} {
		root := Command(words.English, Environment{c.variable}, func(words.Text) {}, func(context.Context, *Asked) error { return nil })
		root.SetArgs(strings.Fields(c.args))
		said := ""
		if err := root.Execute(); err != nil {
			said = words.Tell(words.English, err)
		}
		if (c.want == "") != (said == "") || !strings.Contains(said, c.want) {
			t.Errorf("%s atelier %s: %q", c.variable, c.args, said)
		}
	}
}

// The labs of lessons run on a cluster of ours: there are no --brokers to leave
// out.
func TestTheHelpNamesNoOptionThatIsUnknown(t *testing.T) {
	root := Command(words.English, Environment{}, func(words.Text) {}, func(context.Context, *Asked) error { return nil })
	for _, name := range []string{"check", "export"} {
		c, _, err := root.Find([]string{"lessons", name})
		if got := c.UsageString(); err != nil || strings.Contains(got, "--brokers") || !strings.Contains(got, "--cluster") {
			t.Errorf("%v\n%s", err, got)
		}
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
