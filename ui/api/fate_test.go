package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"atelier/chaos"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
)

// blackHole lets requests through and no answer back.
func (w *world) blackHole(stream string) {
	w.Helper()
	if err := w.bench.AddToxic(w.Context(), chaos.Toxic{Kind: "timeout", Stream: stream, Attributes: map[string]int64{"timeout": 0}}); err != nil {
		w.Fatal(err)
	}
}

// until waits for the ledger to stand in some way.
func (w *world) until(stands func(*ledger.Snapshot) bool) {
	w.Helper()
	ledgertest.Until(w, w.bench.Ledger(), stands)
}

func departed(n int64) func(*ledger.Snapshot) bool {
	return func(s *ledger.Snapshot) bool { return s.All.Attempts >= n }
}

// inBoth checks a sentence of a problem in each language.
func (w *world) inBoth(path string, says func(a answer) string, en, fr string) {
	w.Helper()
	for lang, want := range map[string]string{"en": en, "fr": fr} {
		a := w.do(http.MethodGet, path, "", "Accept-Language", lang)
		if got := says(a); !strings.Contains(got, want) {
			w.Errorf("no %q in %s", want, a.text)
		}
	}
}

func problemOf(a answer, field string) string {
	p, _ := a.body["problem"].(map[string]any)
	return fmt.Sprint(p[field])
}

func action(a answer) string { return problemOf(a, "action") }
func detail(a answer) string { return problemOf(a, "detail") }

// After a reset a message may stand in the log: sending it again may make a
// duplicate, and the advice says so.
func TestTheAdviceAfterAReset(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.blackHole(chaos.Downstream)
	a := w.post("/api/v1/test/plain-async", "")
	w.until(departed(1))
	if err := w.bench.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := "/api/v1/status?requestId=" + a.body["requestId"].(string)
	w.inBoth(path, action, "look first: read topic test-topic for a record whose header event-id is "+a.body["eventId"].(string), "regardez d’abord")
	w.inBoth(path, action, "may write it twice", "peut l’écrire deux fois")
}

// Where the process closes there is no new run, and what had no report is told
// at the end.
func TestTheAdviceAtTheEnd(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.blackHole(chaos.Downstream)
	w.post("/api/v1/test/idempotent-async", "").want(t, http.StatusAccepted, nil)
	w.until(departed(1))
	waits := make(chan answer, 1)
	go func() {
		a, err := w.try(http.MethodPost, "/api/v1/test/plain", "")
		if err != nil {
			t.Error(err)
		}
		waits <- a
	}()
	w.until(departed(2))
	if err := w.server.Close(w.bench.Close); err != nil {
		t.Error(err)
	}
	a := <-waits
	a.want(t, http.StatusServiceUnavailable, map[string]any{"type": "urn:atelier:problem:closing", "mayBeInLog": true})
	if says := fmt.Sprint(a.body["action"]); !strings.Contains(says, "is closing") || strings.Contains(says, "new run") || !strings.Contains(says, "twice") {
		t.Error(says)
	}
	says, any := w.server.Left()
	if !any || says.En != "1 async request had no report when the atelier closed: 1 unknown (may be in the log)" || !strings.Contains(says.Fr, "1 de sort inconnu") {
		t.Error(says)
	}
}

// Where details are not kept any more, nobody says that there were no attempts.
func TestAttemptsThatAreNotKept(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.blackHole(chaos.Downstream)
	const many = 1000
	ids := make([]string, many)
	for i := range ids {
		ids[i] = w.post("/api/v1/test/idempotent-async", "").body["requestId"].(string)
	}
	w.until(func(s *ledger.Snapshot) bool { return s.All.Unknown+s.All.Failed == many })
	notKept := 0
	for _, id := range ids {
		status := w.eventually("/api/v1/status?requestId="+id, func(a answer) bool { return a.body["state"] != "PENDING" })
		p := status.body["problem"].(map[string]any)
		story := w.get("/api/v1/messages/" + id).body["sends"].([]any)[0].(map[string]any)
		attempts, told := status.body["attempts"]
		held := strings.Contains(fmt.Sprint(p["detail"]), "holds the message still")
		if p["mayBeInLog"] == true && told && attempts == 0.0 && !held || !told && status.body["note"] == nil {
			t.Fatal(status.text)
		}
		if story["attempts"] == nil && (story["note"] == nil || story["reason"] == nil) {
			t.Fatal(story)
		}
		if list, is := story["attempts"].([]any); is && told && attempts.(float64) > float64(len(list)) { // one that is held may have gone on
			t.Fatal(attempts, story)
		}
		if !told {
			notKept++
		}
	}
	if notKept == 0 {
		t.Error("everything is kept: this shows nothing")
	}
}

// What ended the wait is said: the retries, or the budget.
func TestOutOfRetries(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.blackHole(chaos.Downstream)
	a := w.post("/api/v1/test/plain-async", "")
	w.until(departed(1))
	for id := range int32(3) {
		if err := w.bench.SwitchProxy(t.Context(), chaos.Broker(id+1), false); err != nil {
			t.Fatal(err)
		}
	}
	path := "/api/v1/status?requestId=" + a.body["requestId"].(string)
	w.eventually(path, func(a answer) bool { return a.body["state"] == "ERROR" })
	w.inBoth(path, detail, "the 2 retries were used up after ", "les 2 nouvelles tentatives étaient épuisées")
	w.inBoth(path, detail, ": the connection was cut or refused. The message may be in the log", "\u00a0: la connexion a été coupée ou refusée. Le message")
	w.inBoth(path, func(a answer) string { return problemOf(a, "title") }, "Out of retries", "Nouvelles tentatives épuisées")
	w.inBoth(path, func(a answer) string { return problemOf(a, "type") }, "out-of-retries", "out-of-retries")
	w.inBoth(path, func(a answer) string { return problemOf(a, "clientError") }, "dial tcp", "dial tcp")

	none := w.post("/api/v1/test/plain", "")
	none.want(t, http.StatusServiceUnavailable, map[string]any{"type": "urn:atelier:problem:no-broker", "mayBeInLog": false})
	for _, want := range []string{"proxy up", `"enabled": true`, "broker 1, broker 2, broker 3"} {
		if !strings.Contains(fmt.Sprint(none.body["action"]), want) {
			t.Error(none.text)
		}
	}
	if strings.Contains(fmt.Sprint(none.body["detail"]), "dial") {
		t.Error(none.text)
	}
}

func TestAnswersAreNotEscapedForHTML(t *testing.T) {
	w := open(t)
	for _, a := range []answer{
		w.get("/api/v1/status?requestId=a-%3Eb"),
		w.post("/api/v1/send", `{"topic":"test-topic","eventId":"a->b"}`),
	} {
		if strings.Contains(a.text, `\u003e`) || !strings.Contains(a.text, "a->b") {
			t.Error(a.text)
		}
	}
}
