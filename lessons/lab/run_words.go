package lab

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
)

// oneReport says what became of a single message.
func oneReport(m ledger.Message) words.Text {
	after := (m.Reported - m.Sent).Round(time.Millisecond)
	switch m.Report {
	case ledger.AckedReport:
		return words.Textf("acked: %s, partition %d, offset %d, after %s", "acquitté : %s, partition %d, offset %d, en %s",
			m.Topic, m.Partition, m.Offset, after)
	case ledger.FiredReport:
		return words.Textf("fired: nobody asked for an ack", "parti : sans acquittement demandé")
	case ledger.FailedReport:
		return words.Textf("failed after %s: %s", "refusé au bout de %s : %s", after, reasonInWords(m))
	case ledger.UnknownReport:
		return words.Textf("unknown after %s: %s; it may be in the log", "sort inconnu au bout de %s : %s ; il est peut-être dans le journal",
			after, reasonInWords(m))
	}
	return words.Text{}
}

func reasonInWords(m ledger.Message) words.Text {
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
	}
	return words.Text{En: m.Err, Fr: m.Err}
}

// manyReports counts the reports of a batch so far.
func manyReports(t ledger.BatchTotals, c *Send) words.Text {
	known := t.Acked + t.Failed + t.Unknown + t.Fired
	var en, fr []string
	add := func(n int64, e, f string) {
		if n > 0 {
			en, fr = append(en, fmt.Sprintf("%d %s", n, e)), append(fr, fmt.Sprintf("%d %s", n, f))
		}
	}
	add(t.Acked, "acked", "acquittés")
	add(t.Fired, "fired", "sans acquittement")
	add(t.Failed, "failed", "refusés")
	add(t.Unknown, "unknown", "de sort inconnu")
	add(int64(c.Count)-known, "in flight", "en vol")
	return words.Text{En: strings.Join(en, ", "), Fr: strings.Join(fr, ", ")}
}

// verdictInWords says what an audit of the whole run found.
func verdictInWords(t ledger.Totals) words.Text {
	var en, fr []string
	add := func(n int64, e, f string) {
		if n > 0 {
			en, fr = append(en, fmt.Sprintf("%d %s", n, e)), append(fr, fmt.Sprintf("%d %s", n, f))
		}
	}
	add(t.Once, "once", "en une seule copie")
	add(t.Duplicates, "duplicate", "en doublon")
	add(t.Lost, "acked, then lost", "acquittés mais perdus")
	add(t.Absent, "not written", "non écrits")
	add(t.Ghosts, "of them ghosts (written anyway)", "dont fantômes (écrits malgré tout)")
	add(t.Reordered, "out of order", "dans le désordre")
	if len(en) == 0 {
		return words.Text{En: "nothing was sent", Fr: "rien n’a été envoyé"}
	}
	return words.Textf("%d copies in the log: %s", "%d copies dans le journal : %s",
		t.Copies, words.Text{En: strings.Join(en, ", "), Fr: strings.Join(fr, ", ")})
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
			en = append(en, "  "+t.Name+": "+t.Describe(words.English))
			fr = append(fr, "  "+t.Name+" : "+t.Describe(words.French))
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
		}[b.State]
		en = append(en, fmt.Sprintf("broker %d: %s", b.ID, state.En))
		fr = append(fr, fmt.Sprintf("broker %d : %s", b.ID, state.Fr))
	}
	for _, p := range s.Partitions {
		leads := words.Textf("led by broker %d", "leader : broker %d", p.Leader)
		if p.Leader == 0 {
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

// valuesInWords lists what an expression read, by name.
func valuesInWords(values map[string]any) words.Text {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		parts = append(parts, fmt.Sprintf("%s = %s", name, number(values[name])))
	}
	list := strings.Join(parts, ", ")
	return words.Text{En: list, Fr: list}
}

func number(v any) string {
	if f, ok := v.(float64); ok {
		return fmt.Sprint(math.Round(f*1000) / 1000)
	}
	return fmt.Sprint(v)
}

// notHeld is an expectation that the values contradict.
func notHeld(expression string, values map[string]any) error {
	return words.Errorf("expected %s, but found %s", "attendu : %s ; trouvé : %s", expression, valuesInWords(values))
}

func notInTime(expression string, timeout time.Duration, values map[string]any) error {
	return words.Errorf("waited %[2]s in vain for %[1]s; last seen: %[3]s", "%[2]s d’attente en vain de %[1]s ; vu en dernier : %[3]s",
		expression, timeout, valuesInWords(values))
}
