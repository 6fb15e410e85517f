package lab

import (
	"fmt"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/check"
)

// oneReport says what became of a single message.
func oneReport(m ledger.Message) words.Text {
	after := seconds(m.Reported - m.Sent)
	switch m.Report {
	case ledger.AckedReport:
		return words.Textf("acked: %s, partition %d, offset %d, after %s", "acquitté : %s, partition %d, offset %d, en %s",
			m.Topic, m.Partition, m.Offset, after)
	case ledger.FiredReport:
		return words.Textf("fired: nobody asked for an ack", "parti : sans acquittement demandé")
	case ledger.FailedReport:
		return words.Textf("failed after %s: %s", "refusé au bout de %s : %s", after, Why(m))
	case ledger.UnknownReport:
		return words.Textf("unknown after %s: %s; it may be in the log", "sort inconnu au bout de %s : %s ; il est peut-être dans le journal",
			after, Why(m))
	}
	return words.Text{}
}

// Why says in a few words why a message was not acked: scripts, the console line
// by line and the HTTP API say it so. What nobody has words for is told in the
// client's own. Of a message it takes the topic, the reason and the client's error.
func Why(m ledger.Message) words.Text {
	switch m.Reason {
	case ledger.Timeout:
		return words.Text{En: "no answer in time", Fr: "pas de réponse à temps"}
	case ledger.Disconnected:
		return words.Text{En: "the connection was cut or refused", Fr: "la connexion a été coupée ou refusée"}
	case ledger.BudgetSpent:
		return words.Text{En: "the delivery budget is spent", Fr: "le budget de livraison est épuisé"}
	case ledger.UnknownTopic:
		return words.Textf("there is no topic %s", "il n’y a pas de topic %s", m.Topic)
	case ledger.NoPartition:
		return words.Textf("topic %s has no such partition", "le topic %s n’a pas cette partition", m.Topic)
	case ledger.TooLarge:
		return words.Textf("larger than %d bytes", "plus de %d octets", kafka.MaxMessageBytes)
	case ledger.NoBroker:
		return words.Text{En: "no broker could be reached", Fr: "aucun broker n’a pu être joint"}
	case ledger.Closing:
		return words.Text{En: "the bench was closed or reset", Fr: "le banc a été fermé ou remis à zéro"}
	case ledger.Interrupted:
		return words.Text{En: "stopped before the producer took it", Fr: "arrêté avant que le producteur ne le prenne"}
	case ledger.RefusedBy:
		return refusalInWords(m.Err)
	}
	return words.Text{En: m.Err, Fr: m.Err}
}

// refusalInWords says why a broker refused: the name of its error, which the
// client's text begins with, and what that means.
func refusalInWords(text string) words.Text {
	const few = "NOT_ENOUGH_REPLICAS"
	if name, _, _ := strings.Cut(text, ":"); name == few {
		return words.Textf("the broker refuses: %s, fewer replicas in sync than min.insync.replicas asks for",
			"le broker refuse : %s, moins de réplicas à jour que min.insync.replicas n’en exige", few)
	}
	return words.Textf("the broker refuses: %s", "le broker refuse : %s", text)
}

// seconds is a time as it is read: 0.9 ms, 3 ms, 5.03 s.
func seconds(d time.Duration) words.Text {
	if d < time.Millisecond {
		s := fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond))
		return words.Text{En: s + " ms", Fr: strings.Replace(s, ".", ",", 1) + "\u00a0ms"}
	}
	if d < time.Second {
		return words.Text{En: fmt.Sprintf("%d ms", d.Milliseconds()), Fr: fmt.Sprintf("%d\u00a0ms", d.Milliseconds())}
	}
	s := fmt.Sprintf("%.2f", d.Seconds())
	return words.Text{En: s + " s", Fr: strings.Replace(s, ".", ",", 1) + "\u00a0s"}
}

// counted is how a number of messages is told in a list: "2 acked".
type counted struct {
	n             int64
	en, fr, frOne string // frOne: of a single one
}

// listed joins what there is at least one of.
func listed(all ...counted) words.Text {
	var en, fr []string
	for _, c := range all {
		if c.n == 0 {
			continue
		}
		french := c.fr
		if c.n == 1 {
			french = c.frOne
		}
		en = append(en, fmt.Sprintf("%d %s", c.n, c.en))
		fr = append(fr, fmt.Sprintf("%d %s", c.n, french))
	}
	return words.Text{En: strings.Join(en, ", "), Fr: strings.Join(fr, ", ")}
}

// ReportsSoFar says what the reports of a send are so far, and how many are still
// to come. Of an async send that is more than its line knew when it ended.
func ReportsSoFar(t ledger.BatchTotals, c *Send) words.Text {
	return listed(
		counted{t.Acked, "acked", "acquittés", "acquitté"},
		counted{t.Fired, "fired, no ack asked", "sans acquittement", "sans acquittement"},
		counted{t.Failed, "failed", "refusés", "refusé"},
		counted{t.Unknown, "unknown", "de sort inconnu", "de sort inconnu"},
		counted{int64(c.Count) - t.Acked - t.Failed - t.Unknown - t.Fired, "in flight", "en vol", "en vol"},
	)
}

// verdictInWords says what the last audit of the whole run found, and what it
// could not judge.
func verdictInWords(s *ledger.Snapshot) words.Text {
	verdict := totalsInWords(s.All)
	if s.Audit.Pending == 0 {
		return verdict
	}
	return words.Textf("%s; %s", "%s ; %s", verdict, PendingInWords(s.Audit.Pending))
}

// PendingInWords says of messages that others had asked for by the end of an
// audit, and that were not handed over, that they have no verdict.
func PendingInWords(n int64) words.Text {
	if n == 1 {
		return words.Textf("1 message was pending: asked for, not handed over by then, not judged", "1 message était en attente : demandé, pas encore remis, pas jugé")
	}
	return words.Textf("%d messages were pending: asked for, not handed over by then, not judged", "%d messages étaient en attente : demandés, pas encore remis, pas jugés", n)
}

func totalsInWords(t ledger.Totals) words.Text {
	verdicts := listed(
		counted{t.Once, "once", "en une seule copie", "en une seule copie"},
		counted{t.Duplicates, "duplicated", "en doublon", "en doublon"},
		counted{t.Lost, "acked, then lost", "acquittés mais perdus", "acquitté mais perdu"},
		counted{t.Absent, "not written", "non écrits", "non écrit"},
	)
	// These stand beside the verdicts, which divide the messages.
	flags := listed(
		counted{t.Ghosts, pick(t.Ghosts == 1, "ghost", "ghosts") + " (not acked and written anyway)", "fantômes (écrits malgré tout)", "fantôme (écrit malgré tout)"},
		counted{t.Reordered, "out of order", "dans le désordre", "dans le désordre"},
	)
	if verdicts.En == "" {
		return words.Text{En: "nothing was sent", Fr: "rien n’a été envoyé"}
	}
	if flags.En != "" {
		verdicts = words.Textf("%s; of these, %s", "%s ; dont %s", verdicts, flags)
	}
	copies := words.Textf("%d copies", "%d copies", t.Copies)
	switch t.Copies {
	case 0:
		copies = words.Textf("0 copies", "0 copie")
	case 1:
		copies = words.Textf("1 copy", "1 copie")
	}
	return words.Textf("%s in the log; messages: %s", "%s dans le journal ; messages : %s", copies, verdicts)
}

// proxiesInWords says what is in force.
func proxiesInWords(states []chaos.State) words.Text {
	var en, fr []string
	for _, s := range states {
		up := words.Text{En: "up", Fr: "en service"}
		if !s.Up {
			up = words.Text{En: "DOWN", Fr: "HORS SERVICE"}
		}
		en = append(en, fmt.Sprintf("broker %d: %s → %s, %s", s.Broker, s.Listen, s.Upstream, up.En))
		fr = append(fr, fmt.Sprintf("broker %d : %s → %s, %s", s.Broker, s.Listen, s.Upstream, up.Fr))
		for _, t := range s.Toxics {
			ownerEn, ownerFr := "", ""
			if t.Foreign {
				ownerEn, ownerFr = ", ≈ added by others", ", ≈ ajouté par d’autres"
			}
			en = append(en, "  "+t.Name+": "+t.Describe(words.English)+ownerEn)
			fr = append(fr, "  "+t.Name+" : "+t.Describe(words.French)+ownerFr)
		}
	}
	return words.Text{En: strings.Join(en, "\n"), Fr: strings.Join(fr, "\n")}
}

// standingInWords says who is up, who leads and who is in sync.
func standingInWords(s cluster.Standing) words.Text {
	var en, fr []string
	for _, b := range s.Brokers {
		state := map[cluster.State]words.Text{
			cluster.Up: {En: "up", Fr: "en service"}, cluster.Stopped: {En: "STOPPED", Fr: "ARRÊTÉ"}, cluster.Frozen: {En: "FROZEN", Fr: "GELÉ"},
			cluster.Silent: {En: "NOT ANSWERING", Fr: "NE RÉPOND PAS"},
		}[b.State]
		en = append(en, fmt.Sprintf("broker %d: %s", b.ID, state.En))
		fr = append(fr, fmt.Sprintf("broker %d : %s", b.ID, state.Fr))
	}
	for _, p := range s.Partitions {
		leads := words.Textf("led by broker %d", "leader : broker %d", p.Leader)
		if p.Leader == cluster.Nobody {
			leads = words.Text{En: "led by NOBODY", Fr: "AUCUN leader"}
		}
		inSync := words.Textf("in sync: %s of %s", "à jour : %s sur %s", ids(p.InSync), ids(p.Replicas))
		if len(p.Replicas) == 0 {
			inSync = words.Text{En: "no replicas (simulated)", Fr: "pas de réplicas (simulé)"}
		}
		en = append(en, fmt.Sprintf("%s/%d: %s, %s", s.Topic, p.Partition, leads.En, inSync.En))
		fr = append(fr, fmt.Sprintf("%s/%d : %s, %s", s.Topic, p.Partition, leads.Fr, inSync.Fr))
	}
	return words.Text{En: strings.Join(en, "\n"), Fr: strings.Join(fr, "\n")}
}

func ids(list []int32) string {
	if len(list) == 0 {
		return "—"
	}
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ", "), "[]")
}

// brokerInWords says what only looks like what was asked for.
func brokerInWords(simulated bool, action bench.Action) words.Text {
	if simulated && action == bench.Kill {
		return words.Text{
			En: "simulated: this cluster keeps one copy of everything, apart from its brokers, so nothing dies with one. For real: atelier --cluster apache",
			Fr: "simulé : ce cluster ne garde qu’une copie de tout, à part de ses brokers ; rien ne meurt avec l’un d’eux. Pour de vrai : atelier --cluster apache",
		}
	}
	return words.Text{}
}

// notHeld is an expectation that the values contradict.
func notHeld(expression string, values map[string]any) error {
	return words.Errorf("expected %s, but found %s", "attendu : %s ; trouvé : %s", expression, check.InWords(values))
}

func notInTime(expression string, timeout time.Duration, values map[string]any) error {
	return words.Errorf("waited %[2]s in vain for %[1]s; last seen: %[3]s", "%[2]s d’attente en vain de %[1]s ; vu en dernier : %[3]s",
		expression, timeout, check.InWords(values))
}
