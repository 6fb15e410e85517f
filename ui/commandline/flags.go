package commandline

import (
	"errors"

	"atelier/assets/words"

	"github.com/spf13/pflag"
)

// tellDefaults says in the learner's language what a flag is where it is left
// out; pflag would say it in English.
func tellDefaults(fs *pflag.FlagSet, pick func(en, fr string) string) {
	fs.VisitAll(func(f *pflag.Flag) {
		switch f.DefValue {
		case "", "0", "false", "[]":
		default:
			f.Usage += pick(" (default: ", " (par défaut : ") + f.DefValue + ")"
			f.DefValue = ""
		}
	})
}

// flagError says what is wrong with a flag, in both languages.
func flagError(err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		return words.Errorf("unknown option --%s. All options: atelier --help", "option --%s inconnue. Toutes les options : atelier --help", unknown.GetSpecifiedName())
	case errors.As(err, &unknown):
		return words.Errorf("unknown option -%s. All options: atelier --help", "option -%s inconnue. Toutes les options : atelier --help", unknown.GetSpecifiedName())
	case errors.As(err, &bare):
		return words.Errorf("--%s wants a value. All options: atelier --help", "--%s demande une valeur. Toutes les options : atelier --help", bare.GetFlag().Name)
	case errors.As(err, &wrong):
		return words.Errorf("--%s can't be %q. All options: atelier --help", "--%s ne peut pas valoir %q. Toutes les options : atelier --help", wrong.GetFlag().Name, wrong.GetValue())
	}
	return words.Errorf("%v. All options: atelier --help", "%v. Toutes les options : atelier --help", err)
}
