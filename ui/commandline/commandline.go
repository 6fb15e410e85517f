// Package commandline reads what the learner asks for: the flags, the
// environment, the locale. What contradicts itself is refused here, before
// anything is opened.
package commandline

import (
	"context"
	"io"
	"regexp"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/access"
	"atelier/lessons/bench"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Asked is what the command line and the environment ask for, once checked.
type Asked struct {
	Script, Format string // of --script
	Validate       bool
	FormatGiven    bool   // it was asked for
	Record, Replay string // recordings to write, and to play or to tell
	Brokers        []string
	Access         *access.Access // how the brokers let us in; nil without brokers
	TopicPrefix    string
	Cluster        bench.Kind
	Toxiproxy      string // of one that is there: its API's URL
	ToxiproxyMap   chaos.Map
	ToxiproxyAPI   string // of the embedded one: where its API listens
	Lang           words.Lang
	LangGiven      bool // it was asked for, not taken from the locale
	Theme          string
	ASCII          bool
	Linear         bool // plain lines instead of a screen
	Still          bool // --motion off
	Seed           uint64
	Serve          bool // the HTTP API alone
	API            API

	api        string
	LessonsDir string // a trainer's own lessons in place of the course; empty: the course

	// What one of the commands is asked for; nil where it is another one.
	Progress      *Progress
	CheckLessons  *CheckLessons
	ExportLessons *ExportLessons
	Doctor        *Doctor

	// given are the variables that flags were taken from, by the flag's name.
	given map[string]string

	commandConfig, cluster, lang, lesson, motion string
	commandProperties, toxiproxyMap              []string
}

// serve is the one command that is no option.
const serve = "serve"

// Command makes the command that reads the command line, in a language, and
// then runs what was asked for. notice hears what the learner should know of
// the settings. All its errors are for the learner.
func Command(lang words.Lang, env Environment, notice func(words.Text), run func(context.Context, *Asked) error) *cobra.Command {
	pick := lang.Pick
	asked := &Asked{Lang: lang, given: map[string]string{}}
	root := &cobra.Command{
		Use:   "atelier [serve] [options]",
		Short: pick("See what a Kafka producer does when the network does not", "Voir ce que fait un producteur Kafka quand le réseau lâche"),
		Long: pick(
			"A workshop console: real Kafka producers, real network faults, and the log read back as proof.\nWithout a flag it opens the console on an embedded cluster; nothing else is needed.\natelier serve is the HTTP API alone, without a screen.",
			"Une console d’atelier : de vrais producteurs Kafka, de vraies pannes réseau, et le journal relu pour preuve.\nSans option, elle s’ouvre sur un cluster embarqué ; rien d’autre n’est nécessaire.\natelier serve est l’API HTTP seule, sans écran."),
		SilenceErrors: true, SilenceUsage: true, DisableFlagsInUseLine: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args: func(_ *cobra.Command, args []string) error {
			if asked.Serve = len(args) > 0 && args[0] == serve; asked.Serve {
				args = args[1:]
			}
			switch {
			case len(args) > 0 && asked.Serve:
				return words.Errorf("atelier serve takes no %q. All options: atelier --help", "atelier serve ne prend pas %q. Toutes les options : atelier --help", args[0])
			case len(args) > 0:
				return words.Errorf(
					"unknown command %q: to run a script, use atelier --script %[1]s; all options: atelier --help",
					"commande %q inconnue : pour exécuter un script, tapez atelier --script %[1]s ; toutes les options : atelier --help", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := asked.complete(cmd.Flags(), env); err != nil {
				return err
			}
			if err := asked.check(cmd.Flags(), env, notice); err != nil {
				return err
			}
			return run(cmd.Context(), asked)
		},
	}
	root.SetUsageTemplate(pick(usageEnglish, usageFrench))
	asked.subcommands(root, env, notice, run)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return flagError(err) })
	asked.flags(root.Flags(), pick)
	tellDefaults(root.Flags(), pick)
	root.PersistentFlags().BoolP("help", "h", false, pick("show this help", "afficher cette aide"))
	return root
}

// Streams sets what the command reads and writes by itself, as for --help.
func Streams(c *cobra.Command, in io.Reader, out, errs io.Writer) {
	c.SetIn(in)
	c.SetOut(out)
	c.SetErr(errs)
}

const (
	usageEnglish = "Usage:\n  {{.UseLine}}\n{{if .HasAvailableSubCommands}}\nCommands:{{range .Commands}}{{if .IsAvailableCommand}}\n  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}\n{{end}}{{if .HasAvailableFlags}}\nOptions (each is also an environment variable: ATELIER_LANG for --lang):\n{{.Flags.FlagUsages}}{{end}}"
	usageFrench  = "Utilisation :\n  {{.UseLine}}\n{{if .HasAvailableSubCommands}}\nCommandes :{{range .Commands}}{{if .IsAvailableCommand}}\n  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}\n{{end}}{{if .HasAvailableFlags}}\nOptions (chacune existe en variable d’environnement : ATELIER_LANG pour --lang) :\n{{.Flags.FlagUsages}}{{end}}"
)

func (a *Asked) flags(fs *pflag.FlagSet, pick func(en, fr string) string) {
	fs.SortFlags = false
	fs.StringVar(&a.Script, "script", "", pick("run a script, a lesson or a module (by its number) without a screen;\n- reads the standard input", "exécuter un script, une leçon ou un module (par son numéro) sans écran ;\n- lit l’entrée standard"))
	fs.StringVar(&a.Format, "format", "text", pick("of --script: text, json, junit or tap; of --replay: text or json", "pour --script : text, json, junit ou tap ; pour --replay : text ou json"))
	fs.BoolVar(&a.Validate, "validate", false, pick("with --script: read it, don't run it", "avec --script : lire sans exécuter"))
	fs.StringVar(&a.Record, "record", "", pick("write everything that happens to a new FILE", "écrire tout ce qui se passe dans un nouveau FICHIER"))
	fs.StringVar(&a.Replay, "replay", "", pick("play what was recorded in FILE, slowly; without a terminal, or with --format,\ntell what came of it (- reads the standard input)", "rejouer au ralenti ce qui fut enregistré dans FICHIER ; sans terminal, ou avec\n--format, dire ce qu’il en fut (- lit l’entrée standard)"))
	a.brokersFlags(fs, pick)
	fs.StringVar(&a.TopicPrefix, "topic-prefix", "", pick("put before every topic's name on that Kafka", "placé devant le nom de chaque topic sur ce Kafka"))
	a.clusterFlag(fs, pick("where no --brokers are given: embedded, or apache (needs Java)", "sans --brokers : embedded, ou apache (demande Java)"))
	a.toxiproxyFlag(fs, pick)
	fs.StringSliceVar(&a.toxiproxyMap, "toxiproxy-map", nil, pick("what it knows under other names (in Docker):\nOURS=THEIRS,… as in localhost:9092=kafka:29092", "ce qu’il connaît sous d’autres noms (dans Docker) :\nNÔTRE=SIEN,… comme localhost:9092=kafka:29092"))
	fs.StringVar(&a.ToxiproxyAPI, "toxiproxy-api", "", pick("where the embedded Toxiproxy's API listens (default 127.0.0.1:8474)", "où écoute l’API du Toxiproxy embarqué (127.0.0.1:8474 par défaut)"))
	a.apiFlags(fs, pick)
	a.langFlag(fs, pick)
	a.lessonsFlag(fs, pick)
	fs.StringVar(&a.lesson, "lesson", "", pick("begin at a module, or a step of it: N or N.STEP", "commencer à un module, ou à une étape : N ou N.ÉTAPE"))
	fs.StringVar(&a.Theme, "theme", "", pick("dark or light (default: the terminal's)", "dark ou light (par défaut : celui du terminal)"))
	fs.StringVar(&a.motion, "motion", "on", pick("off stills everything that only moves to be seen", "off immobilise tout ce qui ne bouge que pour se voir"))
	fs.BoolVar(&a.ASCII, "ascii", false, pick("draw with ASCII only", "dessiner en ASCII seulement"))
	fs.BoolVar(&a.Linear, "linear", false, pick("plain lines instead of a screen: each event one sentence,\nfor screen readers, pipes and logs", "des lignes simples au lieu d’un écran : chaque événement en une phrase,\npour les lecteurs d’écran, les tubes et les journaux"))
	fs.Uint64Var(&a.Seed, "seed", 0, pick("make run ids repeatable", "rendre les identifiants reproductibles"))
}

func (a *Asked) langFlag(fs *pflag.FlagSet, pick func(en, fr string) string) {
	fs.StringVar(&a.lang, "lang", "", pick("fr or en (default: the locale's)", "fr ou en (par défaut : celle de la locale)"))
}

// brokersFlags are a Kafka that is there, and how it lets us in.
func (a *Asked) brokersFlags(fs *pflag.FlagSet, pick func(en, fr string) string) {
	fs.StringSliceVar(&a.Brokers, "brokers", nil, pick("a Kafka that is already there: HOST:PORT,…", "un Kafka qui existe déjà : HÔTE:PORT,…"))
	fs.StringVar(&a.commandConfig, "command-config", "", pick("how they let us in: a FILE with the settings of Kafka's own tools\n(security.protocol, sasl.mechanism, …; each also as ATELIER_SASL_MECHANISM, …)", "comment ils nous laissent entrer : un FICHIER aux réglages des outils de Kafka\n(security.protocol, sasl.mechanism, … ; chacun aussi en ATELIER_SASL_MECHANISM, …)"))
	fs.StringArrayVar(&a.commandProperties, "command-property", nil, pick("one of these settings, `NAME=VALUE`; not a password's, which everybody could read", "un de ces réglages, `NOM=VALEUR` ; jamais un mot de passe, que tous pourraient lire"))
}

func (a *Asked) toxiproxyFlag(fs *pflag.FlagSet, pick func(en, fr string) string) {
	fs.StringVar(&a.Toxiproxy, "toxiproxy", "", pick("a Toxiproxy that is already there: the URL of its API", "un Toxiproxy qui existe déjà : l’URL de son API"))
}

func (a *Asked) clusterFlag(fs *pflag.FlagSet, usage string) {
	fs.StringVar(&a.cluster, "cluster", "", usage)
}

// labsFlag is the cluster of a command that knows no --brokers.
func (a *Asked) labsFlag(fs *pflag.FlagSet, pick func(en, fr string) string) {
	a.clusterFlag(fs, pick("what the labs run on: embedded (the default), or apache (needs Java)", "sur quoi tournent les labs : embedded (par défaut), ou apache (demande Java)"))
}

func (a *Asked) lessonsFlag(fs *pflag.FlagSet, pick func(en, fr string) string) {
	fs.StringVar(&a.LessonsDir, "lessons", "", pick("lessons of your own in place of the course: a `DIR` with en/03-name.md, fr/03-nom.md, …", "vos propres leçons à la place du cours : un `DOSSIER` avec fr/03-nom.md, en/03-name.md, …"))
}

// check reads what has a form of its own, and refuses what contradicts itself.
func (a *Asked) check(fs *pflag.FlagSet, env Environment, notice func(words.Text)) (err error) {
	if err := a.readLang(); err != nil {
		return err
	}
	if fs.Changed("brokers") && len(a.Brokers) == 0 {
		return words.Errorf("--brokers is empty: give HOST:PORT, or leave it out", "--brokers est vide : donnez HÔTE:PORT, ou retirez l’option")
	}
	// An unset variable in a script of CI: no script is not what was asked for.
	for _, name := range []string{"script", "record", "replay"} {
		if f := fs.Lookup(name); f.Changed && f.Value.String() == "" {
			return words.Errorf("--%s is empty: give a FILE, or leave it out", "--%s est vide : donnez un FICHIER, ou retirez l’option", name)
		}
	}
	switch a.FormatGiven = fs.Changed("format"); a.motion {
	case "on", "off":
		a.Still = a.motion == "off"
	default:
		return words.Errorf("unknown --motion %q: choose on or off", "--motion %q inconnu : choisissez on ou off", a.motion)
	}
	if a.Cluster, err = bench.ParseKind(a.cluster); err != nil {
		return err
	}
	if err := a.readBrokers(); err != nil {
		return err
	}
	if err := a.readToxiproxy(); err != nil {
		return err
	}
	if err := a.readAccess(env, notice); err != nil {
		return err
	}
	if err := a.readAPI(fs); err != nil {
		return err
	}
	switch {
	case a.Serve && (a.Script != "" || a.Replay != "" || a.Linear):
		return words.Errorf(
			"atelier serve has no other front end beside it: leave --script, --replay and --linear out, or serve (--api ADDR stands beside any)",
			"atelier serve n’a pas d’autre interface à côté : retirez --script, --replay et --linear, ou serve (--api ADRESSE accompagne toute interface)")
	case a.Replay != "" && (a.Script != "" || a.Record != ""):
		return words.Errorf(
			"--replay runs nothing: leave --script and --record out",
			"--replay n’exécute rien : retirez --script et --record")
	case a.Validate && a.Script == "":
		return words.Errorf("--validate wants --script FILE", "--validate demande --script FICHIER")
	case a.Validate && a.Record != "":
		return words.Errorf("--validate runs nothing: leave --record out", "--validate n’exécute rien : retirez --record")
	}
	return nil
}

// readLang reads the language that is asked for, if one is.
func (a *Asked) readLang() (err error) {
	if a.lang == "" {
		return nil
	}
	a.Lang, err = words.ParseLang(a.lang)
	a.LangGiven = err == nil
	return err
}

var legalPrefix = regexp.MustCompile(`^[a-zA-Z0-9._-]{0,100}$`)

// readAccess reads how the brokers let us in, where there are some.
func (a *Asked) readAccess(env Environment, notice func(words.Text)) (err error) {
	switch {
	case len(a.Brokers) == 0 && a.commandConfig != "":
		return words.Errorf("--command-config wants --brokers", "--command-config demande --brokers")
	case len(a.Brokers) == 0 && len(a.commandProperties) > 0:
		return words.Errorf("--command-property wants --brokers", "--command-property demande --brokers")
	case len(a.Brokers) == 0 && a.TopicPrefix != "":
		return words.Errorf("--topic-prefix wants --brokers", "--topic-prefix demande --brokers")
	case !legalPrefix.MatchString(a.TopicPrefix):
		return words.Errorf(
			"--topic-prefix %q: Kafka allows only a-z A-Z 0-9 . _ -, and here at most 100 of them",
			"--topic-prefix %q : Kafka n’admet que a-z A-Z 0-9 . _ -, et ici 100 au plus", a.TopicPrefix)
	case len(a.Brokers) == 0:
		return nil
	}
	if err := access.CheckVariables(env.Names()); err != nil {
		return err
	}
	var warnings []words.Text
	a.Access, warnings, err = access.Read(access.Sources{File: a.commandConfig, Getenv: env.Get, Given: a.commandProperties})
	for _, w := range warnings {
		notice(w)
	}
	return err
}
