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
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"atelier/assets/words"
	"atelier/kafka/access"
	"atelier/kafka/ledger/tape"
	"atelier/lessons"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/ui/console"
	"atelier/ui/headless"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func main() {
	// The first signal ends what runs, in order; a second one does not wait.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	p := program{
		environ: os.Environ(), in: os.Stdin, out: os.Stdout, errs: os.Stderr,
		terminal: term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()),
	}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// program is the command line, with everything that it takes from outside.
type program struct {
	environ   []string
	in        io.Reader
	out, errs io.Writer
	terminal  bool // in and out are a learner's terminal

	lang     words.Lang
	flags    flags
	access   *access.Access // how --brokers let us in
	recorder *tape.Recorder // nil where nothing is recorded

	telling sync.Mutex // notices come from several goroutines
	screen  bool       // the console is on: notices wait in held
	held    []words.Text
}

// flags are what the command line asks for.
type flags struct {
	script, format string
	validate       bool
	record, replay string
	brokers        []string
	commandConfig  string
	topicPrefix    string
	cluster        string
	toxiproxyAPI   string
	lang           string
	lesson         string
	theme          string
	ascii          bool
	seed           uint64
}

// status is an exit status on its way up.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func (p *program) run(ctx context.Context, args []string) int {
	p.lang = words.FromLocale(p.getenv)
	if asked, err := words.ParseLang(langIn(args, p.getenv("ATELIER_LANG"))); err == nil {
		p.lang = asked // so that --help and every error speak it
	}
	root := p.command()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var s status
	switch {
	case err == nil:
		return headless.ExitPassed
	case errors.As(err, &s):
		return int(s)
	}
	fmt.Fprintln(p.errs, words.Tell(p.lang, err))
	return headless.ExitInvalid
}

// langIn finds what --lang asks for, before the flags are parsed.
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

func (p *program) command() *cobra.Command {
	pick := p.lang.Pick
	root := &cobra.Command{
		Use:   "atelier",
		Short: pick("See what a Kafka producer does when the network does not", "Voir ce que fait un producteur Kafka quand le réseau lâche"),
		Long: pick(
			"A workshop console: real Kafka producers, real network faults, and the log read back as proof.\nWithout a flag it opens the console on an embedded cluster; nothing else is needed.",
			"Une console d’atelier : de vrais producteurs Kafka, de vraies pannes réseau, et le journal relu pour preuve.\nSans option, elle s’ouvre sur un cluster embarqué ; rien d’autre n’est nécessaire."),
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return words.Errorf(
					"unknown command %q: to run a script, use atelier --script %[1]s; all options: atelier --help",
					"commande %q inconnue : pour exécuter un script, tapez atelier --script %[1]s ; toutes les options : atelier --help", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return p.dispatch(cmd.Context(), cmd.Flags()) },
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.errs)
	root.SetUsageTemplate(pick(usageEnglish, usageFrench))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return words.Errorf("%v. All options: atelier --help", "%v. Toutes les options : atelier --help", err)
	})
	f, fs := &p.flags, root.Flags()
	fs.SortFlags = false
	fs.StringVar(&f.script, "script", "", pick("run a script or a lesson without a screen; - reads the standard input", "exécuter un script ou une leçon sans écran ; - lit l’entrée standard"))
	fs.StringVar(&f.format, "format", "text", pick("of --script: text, json, junit or tap; of --replay: text or json", "pour --script : text, json, junit ou tap ; pour --replay : text ou json"))
	fs.BoolVar(&f.validate, "validate", false, pick("with --script: read it, don't run it", "avec --script : lire sans exécuter"))
	fs.StringVar(&f.record, "record", "", pick("write everything that happens to a new FILE", "écrire tout ce qui se passe dans un nouveau FICHIER"))
	fs.StringVar(&f.replay, "replay", "", pick("tell what was recorded in FILE; - reads the standard input", "raconter ce qui fut enregistré dans FICHIER ; - lit l’entrée standard"))
	fs.StringSliceVar(&f.brokers, "brokers", nil, pick("a Kafka that is already there: HOST:PORT,…", "un Kafka qui existe déjà : HÔTE:PORT,…"))
	fs.StringVar(&f.commandConfig, "command-config", "", pick("how they let us in: a FILE with the settings of Kafka's own tools\n(security.protocol, sasl.mechanism, …; each also as ATELIER_SASL_MECHANISM, …)", "comment ils nous laissent entrer : un FICHIER aux réglages des outils de Kafka\n(security.protocol, sasl.mechanism, … ; chacun aussi en ATELIER_SASL_MECHANISM, …)"))
	fs.StringVar(&f.topicPrefix, "topic-prefix", "", pick("put before every topic's name on that Kafka", "placé devant le nom de chaque topic sur ce Kafka"))
	fs.StringVar(&f.cluster, "cluster", "", pick("where no --brokers are given: embedded, or apache (needs Java)", "sans --brokers : embedded, ou apache (demande Java)"))
	fs.StringVar(&f.toxiproxyAPI, "toxiproxy-api", "", pick("where the embedded Toxiproxy's API listens (default 127.0.0.1:8474)", "où écoute l’API du Toxiproxy embarqué (127.0.0.1:8474 par défaut)"))
	fs.StringVar(&f.lang, "lang", "", pick("fr or en (default: the locale's)", "fr ou en (par défaut : celle de la locale)"))
	fs.StringVar(&f.lesson, "lesson", "", pick("begin at a module, or a step of it: N or N.STEP", "commencer à un module, ou à une étape : N ou N.ÉTAPE"))
	fs.StringVar(&f.theme, "theme", "", pick("dark or light (default: the terminal's)", "dark ou light (par défaut : celui du terminal)"))
	fs.BoolVar(&f.ascii, "ascii", false, pick("draw with ASCII only", "dessiner en ASCII seulement"))
	fs.Uint64Var(&f.seed, "seed", 0, pick("make run ids repeatable", "rendre les identifiants reproductibles"))
	root.PersistentFlags().BoolP("help", "h", false, pick("show this help", "afficher cette aide"))
	return root
}

const (
	usageEnglish = "Usage:\n  {{.UseLine}}\n\nOptions (each is also an environment variable: ATELIER_BROKERS for --brokers):\n{{.Flags.FlagUsages}}"
	usageFrench  = "Utilisation :\n  {{.UseLine}}\n\nOptions (chacune existe en variable d’environnement : ATELIER_BROKERS pour --brokers) :\n{{.Flags.FlagUsages}}"
)

// dispatch picks the front end.
func (p *program) dispatch(ctx context.Context, fs *pflag.FlagSet) error {
	if err := p.readEnvironment(fs); err != nil {
		return err
	}
	if p.flags.lang != "" {
		lang, err := words.ParseLang(p.flags.lang)
		if err != nil {
			return err
		}
		p.lang = lang
	}
	if p.flags.replay != "" {
		return p.replay(ctx)
	}
	if fs.Changed("brokers") && len(p.flags.brokers) == 0 {
		return words.Errorf("--brokers is empty: give HOST:PORT, or leave it out", "--brokers est vide : donnez HÔTE:PORT, ou retirez l’option")
	}
	if _, err := bench.ParseKind(p.flags.cluster); err != nil {
		return err
	}
	if err := p.readAccess(); err != nil {
		return err
	}
	if p.flags.record != "" {
		return p.recorded(ctx)
	}
	return p.perform(ctx)
}

// perform runs the front end that is asked for.
func (p *program) perform(ctx context.Context) error {
	if p.flags.script != "" {
		return exitWith(headless.Run(ctx, headless.Options{
			Script: p.flags.script, Format: p.flags.format, Validate: p.flags.validate,
			Lang: p.lang, In: p.in, Out: p.out, Err: p.errs, Open: p.open,
		}))
	}
	if p.flags.validate {
		return words.Errorf("--validate wants --script FILE", "--validate demande --script FICHIER")
	}
	if !p.terminal {
		return words.Errorf(
			"the console needs a terminal, and this is none. To run without a screen: atelier --script FILE",
			"la console demande un terminal, et il n’y en a pas ici. Pour exécuter sans écran : atelier --script FICHIER")
	}
	return p.console(ctx)
}

// recorded performs, and records what happens.
func (p *program) recorded(ctx context.Context) (err error) {
	if p.flags.validate {
		return words.Errorf("--validate runs nothing: leave --record out", "--validate n'exécute rien : retirez --record")
	}
	if p.recorder, err = tape.Create(p.flags.record, p.notice); err != nil {
		return err
	}
	err = p.perform(ctx)
	if p.recorder.Close() != nil && err == nil { // a notice has said why
		return status(headless.ExitError)
	}
	return err
}

// replay tells what a recording holds.
func (p *program) replay(ctx context.Context) error {
	if p.flags.script != "" || p.flags.record != "" {
		return words.Errorf(
			"--replay runs nothing: leave --script and --record out",
			"--replay n'exécute rien : retirez --script et --record")
	}
	return exitWith(headless.Replay(ctx, headless.ReplayOptions{
		Recording: p.flags.replay, Format: p.flags.format, Lang: p.lang, In: p.in, Out: p.out, Err: p.errs,
	}))
}

func exitWith(code int) error {
	if code == headless.ExitPassed {
		return nil
	}
	return status(code)
}

// readEnvironment sets the flags that the command line left out: from
// ATELIER_<FLAG>, and the brokers also from the names that Kafka's own tools
// and the course's .NET service read.
func (p *program) readEnvironment(fs *pflag.FlagSet) (err error) {
	fs.VisitAll(func(f *pflag.Flag) {
		names := []string{"ATELIER_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))}
		if f.Name == "brokers" {
			names = append(names, "KAFKA_BOOTSTRAP_SERVERS", "Kafka__BootstrapServers")
		}
		for _, name := range names {
			if value := p.getenv(name); value != "" && !f.Changed {
				if e := fs.Set(f.Name, value); e != nil && err == nil {
					err = words.Errorf("%s=%q: %v", "%s=%q : %v", name, value, e)
				}
			}
		}
	})
	return err
}

var legalPrefix = regexp.MustCompile(`^[a-zA-Z0-9._-]{0,100}$`)

// readAccess reads how the brokers let us in, where there are some.
func (p *program) readAccess() (err error) {
	f := &p.flags
	switch {
	case len(f.brokers) == 0 && f.commandConfig != "":
		return words.Errorf("--command-config wants --brokers", "--command-config demande --brokers")
	case len(f.brokers) == 0 && f.topicPrefix != "":
		return words.Errorf("--topic-prefix wants --brokers", "--topic-prefix demande --brokers")
	case !legalPrefix.MatchString(f.topicPrefix):
		return words.Errorf(
			"--topic-prefix %q: Kafka allows only a-z A-Z 0-9 . _ -, and here at most 100 of them",
			"--topic-prefix %q : Kafka n’admet que a-z A-Z 0-9 . _ -, et ici 100 au plus", f.topicPrefix)
	case len(f.brokers) == 0:
		return nil
	}
	var warnings []words.Text
	p.access, warnings, err = access.Read(f.commandConfig, p.getenv)
	for _, w := range warnings {
		p.notice(w)
	}
	return err
}

// notice tells something that is no error.
func (p *program) notice(text words.Text) {
	p.telling.Lock()
	defer p.telling.Unlock()
	if p.screen {
		p.held = append(p.held, text)
		return
	}
	fmt.Fprintln(p.errs, text.In(p.lang))
}

// onScreen says whether the console is on. Notices that came meanwhile are
// told when it goes.
func (p *program) onScreen(on bool) {
	p.telling.Lock()
	defer p.telling.Unlock()
	p.screen = on
	for _, text := range p.held {
		fmt.Fprintln(p.errs, text.In(p.lang))
	}
	p.held = nil
}

// open makes the bench. What can't be had is an experiment that can't be
// carried out, and says so.
func (p *program) open(ctx context.Context) (*bench.Bench, error) {
	kind, err := bench.ParseKind(p.flags.cluster)
	if err != nil {
		return nil, err
	}
	o := bench.Options{
		Brokers: p.flags.brokers, Access: p.access, TopicPrefix: p.flags.topicPrefix, Notice: p.notice, Cluster: kind, Seed: p.flags.seed,
		Progress:  func(w words.Text) { fmt.Fprintln(p.errs, w.In(p.lang)+" …") },
		Toxiproxy: p.flags.toxiproxyAPI, ToxiproxyAsked: p.flags.toxiproxyAPI != "",
	}
	if p.recorder != nil {
		o.Listen = p.recorder.Hear
	}
	if p.flags.script == "" {
		o.Memory = tape.DefaultMemory
	}
	return bench.Open(ctx, o)
}

// console opens the console and closes the bench behind it.
func (p *program) console(ctx context.Context) error {
	lesson, step, err := parseLesson(p.flags.lesson)
	if err != nil {
		return err
	}
	theme := console.Theme(p.flags.theme)
	switch p.flags.theme {
	case "", "dark", "light":
	default:
		return words.Errorf("unknown theme %q: choose dark or light", "thème %q inconnu : choisissez dark ou light", p.flags.theme)
	}
	modules := map[words.Lang][]*course.Module{}
	for _, lang := range []words.Lang{words.English, words.French} {
		if modules[lang], err = course.Load(lessons.Content, lang); err != nil {
			return err
		}
	}
	if err := hasLesson(modules[p.lang], p.flags.lesson, lesson, step); err != nil {
		return err
	}
	b, err := p.open(ctx)
	if err != nil {
		fmt.Fprintln(p.errs, words.Tell(p.lang, err))
		return status(headless.ExitError)
	}
	p.onScreen(true)
	err = console.Run(ctx, console.Options{
		Bench: b, Modules: modules, Lesson: lesson, Step: step, Lang: p.lang, Cluster: p.clusterName(),
		Theme: theme, NoColor: p.getenv("NO_COLOR") != "", ASCII: p.flags.ascii || !p.utf8(), Environ: p.environ,
	}, p.in, p.out)
	err = errors.Join(err, b.Close())
	p.onScreen(false)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return status(headless.ExitInterrupted)
	}
	fmt.Fprintln(p.errs, words.Tell(p.lang, err))
	return status(headless.ExitError)
}

func (p *program) clusterName() words.Text {
	if len(p.flags.brokers) > 0 {
		return words.Text{En: p.flags.brokers[0], Fr: p.flags.brokers[0]}
	}
	if bench.Kind(p.flags.cluster) == bench.Apache {
		return words.Text{En: "Apache Kafka", Fr: "Apache Kafka"}
	}
	return words.Text{En: "embedded", Fr: "embarqué"}
}

// parseLesson reads N or N.STEP; nothing is module 0, step 1.
func parseLesson(s string) (module, step int, err error) {
	if s == "" {
		return 0, 1, nil
	}
	number, rest, found := strings.Cut(s, ".")
	module, err = strconv.Atoi(number)
	step = 1
	if err == nil && found {
		step, err = strconv.Atoi(rest)
	}
	if err != nil || module < 0 || step < 1 {
		return 0, 0, words.Errorf("--lesson %q: write 3 for a module, 3.2 for its second step", "--lesson %q : écrivez 3 pour un module, 3.2 pour sa deuxième étape", s)
	}
	return module, step, nil
}

// hasLesson says whether a module and a step that were asked for exist.
func hasLesson(modules []*course.Module, asked string, number, step int) error {
	if asked == "" {
		return nil
	}
	var there []string
	for _, m := range modules {
		if m.Number != number {
			there = append(there, strconv.Itoa(m.Number))
			continue
		}
		if step <= len(m.Steps) {
			return nil
		}
		return words.Errorf("--lesson %s: module %d has %d steps", "--lesson %s : le module %d a %d étapes", asked, number, len(m.Steps))
	}
	return words.Errorf("--lesson %s: there is no module %d here; there is %s", "--lesson %s : il n’y a pas de module %d ici ; il y a %s",
		asked, number, strings.Join(there, ", "))
}

// utf8 says whether the terminal's locale can show more than ASCII. Where
// nothing is set it is assumed: terminals of our time can.
func (p *program) utf8() bool {
	if runtime.GOOS == "windows" {
		return true
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(p.getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}

func (p *program) getenv(name string) string {
	for i := len(p.environ) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(p.environ[i], name+"="); ok {
			return value
		}
	}
	return ""
}
