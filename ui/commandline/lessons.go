package commandline

import (
	"atelier/assets/words"
	"atelier/lessons/bench"

	"github.com/spf13/pflag"
)

// CheckLessons is what atelier lessons check is asked for.
type CheckLessons struct {
	Paths []string // folders and files; none: the course itself
	Code  string   // the folder of the code that lessons quote; empty: none was named
	Run   bool     // the labs, too
}

// lessonsCommand is atelier lessons: lessons as files, for who writes them and
// for who reads them elsewhere.
func (a *Asked) lessonsCommand() subcommand {
	return subcommand{
		use:   "lessons COMMAND",
		short: words.Text{En: "Check lessons of your own; export the course", Fr: "Vérifier vos propres leçons ; exporter le cours"},
		long: words.Text{
			En: "The lessons as files. Lessons of your own take the course’s place with --lessons DIR; lessons/AUTHORS.md says how to write them.",
			Fr: "Les leçons en fichiers. Vos propres leçons prennent la place du cours par --lessons DOSSIER ; lessons/AUTHORS.md dit comment les écrire.",
		},
		parts: []subcommand{a.checkLessonsCommand(), a.exportLessonsCommand()},
	}
}

func (a *Asked) checkLessonsCommand() subcommand {
	c := &CheckLessons{}
	return subcommand{
		use:   "check [DIR|FILE ...] [OPTIONS]",
		args:  true,
		short: words.Text{En: "Form, links, quotes, labels, translations; --run: the labs", Fr: "Forme, liens, citations, étiquettes, traductions ; --run : les labs"},
		long: words.Text{
			En: "Says what is wrong with lessons, each with file:line:column: their form, what labs and checks name, where links lead, code that they quote, what one language has and the other has not. Without an argument it checks the course itself.\n" +
				"Exit status: 0 all is well; 1 a lab did not show what the lesson says (--run); 2 a lesson is wrong; 3 a lab could not be carried out.",
			Fr: "Dit ce qui ne va pas dans des leçons, chaque fois avec fichier:ligne:colonne : leur forme, ce que nomment labs et vérifications, où mènent les liens, le code qu’elles citent, ce qu’une langue a et l’autre non. Sans argument, vérifie le cours lui-même.\n" +
				"Code de sortie : 0 tout va bien ; 1 un lab n’a pas montré ce que dit la leçon (--run) ; 2 une leçon est fautive ; 3 un lab n’a pas pu être mené.",
		},
		flags: func(fs *pflag.FlagSet, pick func(en, fr string) string) {
			fs.BoolVar(&c.Run, "run", false, pick("run the labs, too", "exécuter aussi les labs"))
			fs.StringVar(&c.Code, "code", "", pick("the `DIR` that quoted files are in (default: the working directory)", "le `DOSSIER` où sont les fichiers cités (par défaut : le dossier courant)"))
			a.labsFlag(fs, pick)
		},
		check: func(args []string) (err error) {
			a.CheckLessons, c.Paths = c, args
			a.Cluster, err = bench.ParseKind(a.cluster)
			return err
		},
	}
}
