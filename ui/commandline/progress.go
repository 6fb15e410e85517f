package commandline

import (
	"atelier/assets/words"

	"github.com/spf13/pflag"
)

// Progress is what atelier progress is asked for.
type Progress struct {
	Format      string // text, json or markdown
	Certificate string // the file to write one to, - for the output; empty: none
	Name        string // of the learner, on the certificate
}

func (a *Asked) progressCommand() subcommand {
	p := &Progress{}
	return subcommand{
		use: "progress [OPTIONS]",
		short: words.Text{
			En: "What you have done, with its evidence; and a certificate",
			Fr: "Ce que vous avez fait, preuves à l’appui ; et une attestation",
		},
		long: words.Text{
			En: "What you have done, predicted, answered and shown, module by module: which run proved it, when, on which cluster, with which numbers.",
			Fr: "Ce que vous avez fait, prédit, répondu et montré, module par module : quel essai l’a prouvé, quand, sur quel cluster, avec quels nombres.",
		},
		flags: func(fs *pflag.FlagSet, pick func(en, fr string) string) {
			fs.StringVar(&p.Format, "format", "text", pick("text, json or markdown", "text, json ou markdown"))
			fs.StringVar(&p.Certificate, "certificate", "", pick("write a certificate in Markdown to a new `FILE`, or - to the output", "écrire une attestation en Markdown dans un nouveau `FICHIER`, ou - en sortie"))
			fs.StringVar(&p.Name, "name", "", pick("whose certificate it is: a `NAME`", "à quel `NOM` établir l’attestation"))
			a.lessonsFlag(fs, pick)
		},
		check: func([]string) error {
			a.Progress = p
			if p.Name != "" && p.Certificate == "" {
				return words.Errorf("--name wants --certificate FILE", "--name demande --certificate FICHIER")
			}
			return a.oneOf("format", p.Format, "text", "json", "markdown")
		},
	}
}
