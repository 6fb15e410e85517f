package commandline

import (
	"runtime"
	"strings"

	"atelier/assets/words"

	"github.com/spf13/pflag"
)

// Environment is the environment of the process, as os.Environ gives it.
type Environment []string

// Get looks up a variable; empty where it is not set.
func (e Environment) Get(name string) string {
	for i := len(e) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(e[i], name+"="); ok {
			return value
		}
	}
	return ""
}

// Names lists the variables that are set, also to nothing.
func (e Environment) Names() []string {
	names := make([]string, 0, len(e))
	for _, variable := range e {
		name, _, _ := strings.Cut(variable, "=")
		names = append(names, name)
	}
	return names
}

// Lang is the language to speak before the flags are read, so that --help and
// every error speak it: what --lang asks for, or else the locale.
func (e Environment) Lang(args []string) words.Lang {
	if asked, err := words.ParseLang(langIn(args, e.Get("ATELIER_LANG"))); err == nil {
		return asked
	}
	return words.FromLocale(e.Get)
}

// langIn finds what --lang asks for.
func langIn(args []string, otherwise string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return otherwise
}

// UTF8 says whether the terminal's locale can show more than ASCII. Where
// nothing is set it is assumed: terminals of our time can.
func (e Environment) UTF8() bool {
	if runtime.GOOS == "windows" {
		return true
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(e.Get(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}

// Dumb says that the terminal can't move its cursor: no screen can be drawn.
func (e Environment) Dumb() bool { return e.Get("TERM") == "dumb" }

// complete sets the flags that the command line left out: from
// ATELIER_<FLAG>, and the brokers also from the names that Kafka's own tools
// and the course's .NET service read.
func (a *Asked) complete(fs *pflag.FlagSet, env Environment) (err error) {
	fs.VisitAll(func(f *pflag.Flag) {
		names := []string{"ATELIER_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))}
		if f.Name == "brokers" {
			names = append(names, "KAFKA_BOOTSTRAP_SERVERS", "Kafka__BootstrapServers")
		}
		for _, name := range names {
			if value := env.Get(name); value != "" && !f.Changed {
				a.given[f.Name] = name
				if fs.Set(f.Name, value) != nil && err == nil {
					err = words.Errorf("%s=%q: --%s can't be that", "%s=%q : --%s ne peut pas valoir cela", name, value, f.Name)
				}
			}
		}
	})
	return err
}
