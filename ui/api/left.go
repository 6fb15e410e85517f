package api

import (
	"strings"
	"sync/atomic"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// left counts the async requests that had no report when the end began, by what
// became of them: nobody can ask about them any more.
type left struct{ acked, failed, unknown atomic.Int64 }

func (l *left) count(k ledger.Kind) {
	switch k {
	case ledger.AckedReport, ledger.FiredReport:
		l.acked.Add(1)
	case ledger.FailedReport:
		l.failed.Add(1)
	default:
		l.unknown.Add(1)
	}
}

// closing says whether the end has begun: of the API, or of its bench.
func (s *Server) closing() bool { return s.ctx.Err() != nil || s.bench.Closed() }

// Left says how many async requests had no report when the end began, and what
// became of them; any is false where there were none. It is the last word once
// the bench has closed.
func (s *Server) Left() (says words.Text, any bool) {
	acked, failed, unknown := s.left.acked.Load(), s.left.failed.Load(), s.left.unknown.Load()
	all := acked + failed + unknown
	if all == 0 {
		return words.Text{}, false
	}
	var en, fr []string
	add := func(n int64, inEn, inFr, inFrs string) {
		if n == 0 {
			return
		}
		if n > 1 {
			inFr = inFrs
		}
		t := words.Textf("%d "+inEn, "%d "+inFr, n)
		en, fr = append(en, t.En), append(fr, t.Fr)
	}
	add(acked, "acked", "acquittée", "acquittées")
	add(failed, "failed (nothing was written)", "refusée (rien n’a été écrit)", "refusées (rien n’a été écrit)")
	add(unknown, "unknown (may be in the log)", "de sort inconnu (peut-être dans le journal)", "de sort inconnu (peut-être dans le journal)")
	what := words.Text{En: strings.Join(en, ", "), Fr: strings.Join(fr, ", ")}
	if all == 1 {
		return words.Textf("1 async request had no report when the atelier closed: %s", "1 requête async était sans rapport à la fermeture : %s", what), true
	}
	return words.Textf("%d async requests had no report when the atelier closed: %s", "%d requêtes async étaient sans rapport à la fermeture : %s", all, what), true
}
