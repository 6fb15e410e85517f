package summary

import (
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/markdown"
	"atelier/ui/console/screen"
	"atelier/ui/transcript"
)

// set is a row of the transcript as rows of the page.
func (d *Dialog) set(r *transcript.Row, w int) []screen.Line {
	var rows []screen.Line
	if r.Apart {
		rows = append(rows, nil)
	}
	if r.Kind == transcript.Heading {
		return append(rows, d.heading(r, w)...)
	}
	first := screen.Text(strings.Repeat(" ", r.In), screen.Ink)
	rest := first
	if mark, st := d.mark(r); mark != "" {
		first = first.Add(mark+" ", st)
		rest = rest.Add(strings.Repeat(" ", screen.Width(mark)+1), screen.Ink)
	}
	if r.Kind == transcript.Ticked || r.Kind == transcript.Asked { // a lesson's own prose
		body := markdown.Render(r.Text, w-rest.Width())
		for i := range body {
			prefix := rest
			if i == 0 {
				prefix = first
			}
			rows = append(rows, append(append(screen.Line{}, prefix...), d.fade(body[i], r.Tone)...))
		}
		return rows
	}
	return append(rows, screen.Indented(first, rest, screen.Text(screen.Plain(r.Text), style(r)), w)...)
}

// heading is a module, with a bar of how far the learner is in it where there
// is room for one.
func (d *Dialog) heading(r *transcript.Row, w int) []screen.Line {
	const bar = 8
	rows := screen.Wrap(screen.Text(screen.Plain(r.Text), style(r)), w)
	gap := w - rows[0].Width() - bar
	if len(rows) > 1 || r.All == 0 || gap < 2 {
		return rows
	}
	full := r.Done * bar / r.All
	return []screen.Line{rows[0].
		Add(" "+strings.Repeat("╌", gap-2)+" ", screen.Quiet).
		Add(strings.Repeat("▰", full)+strings.Repeat("▱", bar-full), screen.Accent)}
}

// mark stands before what was asked for, and says how it stands.
func (d *Dialog) mark(r *transcript.Row) (string, screen.Style) {
	switch {
	case r.Kind == transcript.Ticked && r.Tone == transcript.Done:
		return d.Sign("☑"), screen.Fine | screen.Bold
	case r.Kind == transcript.Ticked && r.Tone == transcript.Undone:
		return d.Sign("☐"), screen.Faint
	case r.Kind == transcript.Ticked && d.ASCII:
		return "[-]", screen.Faint
	case r.Kind == transcript.Ticked:
		return "–", screen.Faint
	case r.Kind == transcript.Answered && r.Tone == transcript.Done:
		return d.Sign("✓"), screen.Fine | screen.Bold
	case r.Kind == transcript.Answered && r.Tone == transcript.Against:
		return d.Sign("✗"), screen.Failed
	}
	return "", screen.Ink
}

// fade dims prose of what was not done.
func (d *Dialog) fade(l screen.Line, tone transcript.Tone) screen.Line {
	if tone == transcript.Undone {
		for i := range l {
			l[i].Style = screen.Faint
		}
	}
	return l
}

func style(r *transcript.Row) screen.Style {
	switch r.Kind {
	case transcript.Head, transcript.Nothing:
		return screen.Bold
	case transcript.Heading:
		return map[transcript.Tone]screen.Style{
			transcript.Done: screen.Fine | screen.Bold, transcript.Halfway: screen.Accent | screen.Bold, transcript.Undone: screen.Faint,
		}[r.Tone]
	case transcript.Sum, transcript.Evidence:
		if r.Tone == transcript.Against {
			return screen.Failed
		}
		return screen.Faint
	case transcript.Stage:
		if r.Tone == transcript.Done {
			return screen.Bold
		}
		return screen.Faint | screen.Bold
	}
	if r.Tone == transcript.Undone {
		return screen.Faint
	}
	return screen.Ink
}

// foot says where the certificate can be written, or what became of it.
func (d *Dialog) foot() []screen.Line {
	w := max(min(d.W-4, widest), 1)
	say := func(mark, text string, st screen.Style) []screen.Line {
		return screen.Indented(screen.Text(mark+" ", st|screen.Bold), screen.Text(strings.Repeat(" ", screen.Width(mark)+1), screen.Ink), screen.Text(screen.Plain(text), st), w)
	}
	switch {
	case d.told == nil, !d.told.Started() && !d.asked:
		return nil
	case !d.told.Started():
		return say("–", d.Pick("Nothing to certify yet.", "Rien à attester pour l’instant."), screen.Faint)
	case d.from.Dir == "":
		return say("–", d.Pick("Certificate: there is no folder to write to here.", "Attestation : ici, aucun dossier où écrire."), screen.Faint)
	case d.writing:
		return say("●", d.Pick("The certificate is being written…", "L’attestation s’écrit…"), screen.Pending)
	case d.outcome.Err != nil:
		return say(d.Sign("✗"), words.Tell(d.Lang, d.outcome.Err), screen.Failed)
	case d.outcome.Path != "":
		return say(d.Sign("✓"), words.Textf("Certificate written to %s", "Attestation écrite dans %s", d.outcome.Path).In(d.Lang), screen.Fine)
	}
	text := words.Textf("writes the certificate to a new file in %s", "écrit l’attestation dans un nouveau fichier de %s", d.from.Dir).In(d.Lang)
	return screen.Indented(screen.Text(" c ", screen.Accent|screen.Bold|screen.Reverse).Add(" ", screen.Ink), screen.Text("    ", screen.Ink), screen.Text(screen.Plain(text), screen.Ink), w)
}
