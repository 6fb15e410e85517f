package contact

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
)

// lines are what each Enter runs.
func lines(scene int) []string {
	switch scene {
	case 1:
		return []string{"reset", "send 1 plain async as A", "wait until A.done timeout=15s"}
	case 2:
		return []string{"toxic latency latency=5s stream=downstream", "send 1 plain async as B", "after 2500ms toxics clear", "wait until B.done timeout=15s"}
	case last:
		return []string{"audit"}
	}
	return nil
}

func source(scene int) string { return strings.Join(lines(scene), "\n") }

// told is what a scene says, one idea at a time.
func (d *Dialog) told(w int) []screen.Line {
	var rows []screen.Line
	for i, s := range d.paragraphs() {
		st := screen.Ink
		if i == 0 {
			st = screen.Bold
		}
		rows = append(rows, screen.Wrap(screen.Text(s, st), w)...)
	}
	return rows
}

func (d *Dialog) paragraphs() []string {
	switch {
	case d.scene == 0:
		return []string{
			d.say("You transfer 100 €. The network loses the answer. How many transfers stand in the log?", "Vous virez 100 €. Le réseau perd la réponse. Combien de virements dans le journal ?"),
			"",
			d.say("Kafka keeps messages in a log: a list that only grows.", "Kafka garde les messages dans un journal : une liste qui ne fait que grandir."),
			d.say("Your program is the producer: it sends. A machine, the broker, writes, and answers “written”.", "Votre programme est le producteur : il envoie. Une machine, le broker, écrit, puis répond « c’est écrit »."),
			"",
			d.say("Three minutes, three times Enter. What you will see is real.", "Trois minutes, trois fois Entrée. Ce que vous verrez est réel."),
		}
	case d.scene == 1 && d.running:
		return []string{d.say("Message A is on its way.", "Le message A est en route.")}
	case d.scene == 1:
		return []string{
			d.say("A is acked: the broker wrote it, and its answer came back.", "A est acquitté : le broker l’a écrit, et sa réponse est revenue."),
			d.say("◆ is where the message arrived, ✓ where the answer was heard.", "◆ : le message est arrivé. ✓ : la réponse est revenue."),
			d.say("Now the network will hold every answer back for five seconds. Longer than the producer waits.", "Maintenant, le réseau va retenir chaque réponse cinq secondes. Plus longtemps que le producteur n’attend."),
		}
	case d.scene == 2 && d.running:
		return []string{
			d.say("Message B arrives, but its answer does not come back.", "Le message B arrive, mais sa réponse ne revient pas."),
			d.say("✗ is where the producer stops waiting. It heard nothing, so it sends B again.", "✗ : le producteur cesse d’attendre. Il n’a rien entendu, alors il renvoie B."),
		}
	case d.scene == 2:
		return d.afterLoss()
	case d.running:
		return []string{d.say("The log is read back, message by message.", "Le journal est relu, message par message.")}
	}
	return d.verdict()
}

func (d *Dialog) afterLoss() []string {
	head := d.say("The network has recovered, and B is acked. All is well, says the producer.", "Le réseau est rétabli, et B est acquitté. Tout va bien, dit le producteur.")
	if !d.acked {
		head = d.say("The producer gave up: it does not know what became of B.", "Le producteur a renoncé : il ignore ce que B est devenu.")
	}
	return []string{head, d.say("Is it? The log alone knows how many times B was written.", "Vraiment ? Seul le journal sait combien de fois B a été écrit.")}
}

// say is a sentence in the dialog's language, its French set as French is.
func (d *Dialog) say(en, fr string, args ...any) string {
	s := words.Textf(en, fr, args...).In(d.Lang)
	if d.ASCII {
		s = strings.ReplaceAll(s, "€", "EUR")
	}
	return s
}

// verdict says what the log holds, as it was measured.
func (d *Dialog) verdict() []string {
	times := strconv.FormatInt(d.copies, 10)
	if d.copies == 3 {
		times = d.say("three", "trois")
	}
	var head string
	switch d.copies {
	case 0:
		head = d.say("B is not in the log.", "B n’est pas dans le journal.")
	case 1:
		head = d.say("B is there once: this time, nothing was written twice.", "B y est une fois : cette fois, rien n’a été écrit deux fois.")
	default:
		head = d.say("B is there %s times.", "B y est %s fois.", times)
	}
	more := []string{head}
	if d.copies > 1 {
		more = append(more,
			d.say("One transfer of 100 €, %s in the log; and the producer was told: acked.", "Un virement de 100 €, %s dans le journal ; et l’on a dit au producteur : acquitté.", times),
			d.say("Each time, the broker had written it. Only its answer was late.", "Chaque fois, le broker l’avait écrit. Seule sa réponse tardait."))
	}
	return append(more, d.say("Why, when, and what helps: that is the course.", "Pourquoi, quand, et que faire : c’est le cours."))
}

// lineRows are the lines that Enter runs next, or that run.
func (d *Dialog) lineRows(w int) []screen.Line {
	scene, ran := d.scene, d.running || d.scene == last
	if !ran {
		scene++
	}
	var rows []screen.Line
	for i, s := range lines(scene) {
		mark, st := "☐", screen.Faint
		if ran && i < len(d.states) {
			switch d.states[i] {
			case lab.Started:
				mark, st = pane.Spinner(d.beat), screen.Pending
			case lab.Done:
				mark, st = "✓", screen.Fine
			case lab.Failed:
				mark, st = "✗", screen.Failed
			}
		}
		rows = append(rows, screen.Text(d.Sign(mark)+" ", st|screen.Bold).Add(screen.Cut(s, w-4), screen.Code))
	}
	if d.failed != nil && !d.running {
		s := screen.Plain(words.Tell(d.Lang, d.failed))
		if d.stopped {
			s = d.say("Stopped.", "Arrêté.")
		}
		rows = append(rows, screen.Indented(screen.Text("✗ ", screen.Failed|screen.Bold), screen.Text("  ", screen.Ink), screen.Text(s, screen.Failed), w)...)
	}
	return rows
}

// action says what Enter does, at the bottom.
func (d *Dialog) action(a screen.Area) {
	if d.running {
		a.Put(2, a.H-2, pane.Spinner(d.beat)+d.say(" under way…", " en cours…"), screen.Pending)
		return
	}
	does := [last + 1]string{
		d.say("send message A", "envoyer le message A"),
		d.say("hold the answers back, and send message B", "retenir les réponses, et envoyer le message B"),
		d.say("read the log", "lire le journal"),
		d.say("to the course", "vers le cours"),
	}[d.scene]
	key := d.say(" Enter ", " Entrée ")
	if d.whole() {
		key = d.say(" Any key ", " Une touche ")
	}
	x := a.Put(2, a.H-2, key, screen.Accent|screen.Bold|screen.Reverse)
	x = a.Put(x+1, a.H-2, does, screen.Accent|screen.Bold)
	if d.scene < last {
		a.Put(x+2, a.H-2, strconv.Itoa(d.scene+1)+"/"+strconv.Itoa(last), screen.Faint)
	}
}
