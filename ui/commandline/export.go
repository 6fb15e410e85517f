package commandline

import (
	"atelier/assets/words"
	"atelier/lessons/bench"

	"github.com/spf13/pflag"
)

// ExportLessons is what atelier lessons export is asked for.
type ExportLessons struct {
	Format  string // html or markdown
	Out     string // a file, a folder, or - for the output
	Results bool   // of a real run
	Notes   bool   // the presenter's
}

func (a *Asked) exportLessonsCommand() subcommand {
	e := &ExportLessons{}
	return subcommand{
		use:   "export [OPTIONS]",
		short: words.Text{En: "The course as one HTML page, or as Markdown", Fr: "Le cours en une page HTML, ou en Markdown"},
		long: words.Text{
			En: "Writes the course, to be read elsewhere: as one HTML page that needs nothing beside it, or as Markdown.",
			Fr: "Écrit le cours, pour le lire ailleurs : en une page HTML qui se suffit à elle-même, ou en Markdown.",
		},
		flags: func(fs *pflag.FlagSet, pick func(en, fr string) string) {
			fs.StringVar(&e.Format, "format", "html", pick("html or markdown", "html ou markdown"))
			fs.StringVar(&e.Out, "out", "-", pick("a `FILE`, or a folder (what is one, or has no ending): there, Markdown\nis a file a module. Only an earlier export is replaced", "un `FICHIER`, ou un dossier (s’il en est un, ou sans extension) : le Markdown\ny est un fichier par module. Seul un export antérieur est remplacé"))
			fs.BoolVar(&e.Results, "results", false, pick("run the labs, and put below each what came of it", "exécuter les labs, et mettre sous chacun ce qu’il en fut"))
			fs.BoolVar(&e.Notes, "notes", false, pick("with the presenter's notes", "avec les notes de qui présente"))
			a.lessonsFlag(fs, pick)
			a.labsFlag(fs, pick)
		},
		check: func([]string) (err error) {
			a.ExportLessons = e
			if err := a.oneOf("format", e.Format, "html", "markdown"); err != nil {
				return err
			}
			a.Cluster, err = bench.ParseKind(a.cluster)
			return err
		},
	}
}
