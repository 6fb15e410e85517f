package commandline

import (
	"atelier/assets/words"
	"atelier/ui/doctor"

	"github.com/spf13/pflag"
)

// Doctor is what atelier doctor is asked for.
type Doctor struct {
	Format string   // text or json
	Tools  []string // of doctor.Tools()
}

func (a *Asked) doctorCommand(env Environment, notice func(words.Text)) subcommand {
	d := &Doctor{}
	all, tools := false, map[string]*bool{}
	return subcommand{
		use:   "doctor [OPTIONS]",
		short: words.Text{En: "What is there of what the atelier needs or can use", Fr: "Ce qu’il y a de ce que l’atelier demande ou peut employer"},
		long: words.Text{
			En: "Looks at the terminal, ports and folders; and, where that is asked for, at tools, a Kafka and a Toxiproxy. What is not found is told with what it is needed for and how to get it. It changes nothing.\nExit status: 0 all that is needed is there; 1 it is not.",
			Fr: "Examine le terminal, les ports et les dossiers ; et, sur demande, des outils, un Kafka et un Toxiproxy. Ce qui n’est pas trouvé est dit, avec ce à quoi il sert et comment l’obtenir. Ne change rien.\nCode de sortie : 0 tout ce qu’il faut est là ; 1 ce n’est pas le cas.",
		},
		flags: func(fs *pflag.FlagSet, pick func(en, fr string) string) {
			fs.StringVar(&d.Format, "format", "text", pick("text or json", "text ou json"))
			for _, name := range doctor.Tools() {
				tools[name] = fs.Bool(name, false, pick("is "+name+" there, and of use?", name+" est-il là, et utilisable ?"))
			}
			fs.BoolVar(&all, "all", false, pick("all these tools", "tous ces outils"))
			a.brokersFlags(fs, pick)
			a.toxiproxyFlag(fs, pick)
		},
		check: func([]string) error {
			a.Doctor, d.Tools = d, nil
			for _, name := range doctor.Tools() {
				if all || *tools[name] {
					d.Tools = append(d.Tools, name)
				}
			}
			if err := a.oneOf("format", d.Format, "text", "json"); err != nil {
				return err
			}
			if err := a.readBrokers(); err != nil {
				return err
			}
			if err := a.readToxiproxy(); err != nil {
				return err
			}
			return a.readAccess(env, notice)
		},
	}
}
