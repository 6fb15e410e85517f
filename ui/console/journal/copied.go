package journal

import (
	"strings"

	"atelier/ui/console/pane"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Key copies the verdicts out.
func (j *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	return pane.CopyOut(k.String(), j.Pick("verdict", "verdict"), j.markdown)
}

// Help lists what the keys do.
func (j *Pane) Help() []pane.Hint { return pane.CopyHints() }

// markdown is the verdicts as a table, and the records that they speak of.
func (j *Pane) markdown() string {
	s := j.Seen.Snap
	if s == nil || len(s.Messages) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("## " + j.Pick("Verdict of run ", "Verdict de l’essai ") + telling.Escaped(s.Run) + "\n\n")
	if j.Seen.Veiled {
		b.WriteString(j.Pick("What the log says is ", "Ce que dit le journal est ") + telling.Veiled().In(j.Lang) + ".\n\n")
	} else if s.Audit.Ended < 0 || !s.Audit.Settled {
		b.WriteString(j.Pick("The log was not read back: nothing is judged.", "Le journal n’a pas été relu : rien n’est jugé.") + "\n\n")
	}
	if !j.Seen.Veiled && s.Audit.Settled && s.Audit.Pending > 0 {
		b.WriteString(j.pending(s) + "\n\n")
	}
	b.WriteString(j.Pick("| | report | the log says |\n| --- | --- | --- |\n", "| | rapport | le journal dit |\n| --- | --- | --- |\n"))
	j.cast.Of(s)
	for _, r := range verdicts(nil, s, &j.cast, j.Lang) {
		report := r.report.Words
		if r.told != "" {
			report += j.Pick(": ", "\u00a0: ") + r.told
		}
		b.WriteString("| " + telling.Escaped(r.name) + " | " + telling.Escaped(report) + " | " + telling.Escaped(together(r.verdict)) + " |\n")
	}
	if len(s.Tails) == 0 {
		return b.String()
	}
	b.WriteString("\n")
	for i := range s.Tails {
		t := &s.Tails[i]
		b.WriteString("- " + telling.Escaped(partition(t.Partition)) + j.Pick(": ", "\u00a0: ") + telling.Escaped(strings.Join(j.records(t), ", ")) + "\n")
	}
	return b.String()
}
