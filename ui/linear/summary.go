package linear

import (
	"strconv"

	"atelier/lessons/course"
	"atelier/ui/transcript"
)

// summary tells what was done: of every module what it comes to, of one that is
// asked for all, with the evidence. Its words are those of atelier progress.
func (f *front) summary(rest string) {
	if rest == "" {
		f.summaries()
		return
	}
	n, err := strconv.Atoi(rest)
	m, _ := f.moduleOf(n)
	if err != nil || m == nil {
		f.say("There is no module %s.", "Il n’y a pas de module %s.", outside(rest))
		return
	}
	rows := f.transcript(m).Rows()
	for i := range rows {
		if r := &rows[i]; r.Kind != transcript.Head && r.Kind != transcript.Nothing { // those are of the whole course
			f.write(r.Mark() + r.Text)
		}
	}
}

// summaries tells of every module what it comes to.
func (f *front) summaries() {
	rows := f.transcript(f.Modules[f.Lang]...).Rows()
	for i := range rows {
		switch rows[i].Kind {
		case transcript.Head, transcript.Nothing, transcript.Heading, transcript.Sum:
			f.write(rows[i].Text)
		}
	}
	f.say("With a module's number you hear its evidence: progress %d. The certificate is written outside: atelier progress --certificate FILE",
		"Avec le numéro d’un module, vous en entendez les preuves : bilan %d. L’attestation s’écrit au-dehors : atelier progress --certificate FICHIER",
		f.current().Number)
}

func (f *front) transcript(of ...*course.Module) *transcript.Transcript {
	return transcript.Of(f.Progress.State(), of, f.Lang, f.Now())
}
