package ask

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// misformatted is what fmt writes where verbs and arguments don't fit; what
// somebody sent may have a percent sign, too.
var misformatted = regexp.MustCompile(`%!.?\((EXTRA|MISSING|BADINDEX|\w+=)`)

// FuzzSend reads whatever bodies and queries there are: each is a message that
// can be sent, or wrong in a way that is said in both languages.
func FuzzSend(f *testing.F) {
	for _, seed := range [][2]string{
		{`{"topic":"reliability-test","key":"plain-1","message":"Plain test message 1"}`, "mode=plain"},
		{`{"isIdempotent":true,"isAsync":true,"partition":1}`, "sendMode=async&eventId=x"},
		{`{"partition":1.0,"topic":null}`, "partition=1&isAsync=false"},
		{`{"eventId":"é\u0000"}`, "topic=a%00b&key=%ff"},
		{`{"partition":"1"}`, "isIdempotent=1"},
		{`{"partition":1e999}`, "mode=sync&mode=async"},
		{`[1,2`, "%zz;&&=="},
		{`null`, "topic=.."},
		{`{"":1}`, "="},
		{`{"a":1,"A":{"b":[{"c":1,"C":2}]}}`, "%!"},
		{"", "partition=-1&partition=99999999999"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, body, query string) {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/send", strings.NewReader(body))
		r.URL.RawQuery = query
		m, err := ReadSend(httptest.NewRecorder(), r, Send{})
		var w *Wrong
		switch {
		case errors.As(err, &w):
			for _, said := range []string{w.Detail.En, w.Detail.Fr, w.Action.En, w.Action.Fr} {
				if said == "" || misformatted.MatchString(said) {
					t.Errorf("%+v", w)
				}
			}
			if w.Field == "" || w.Kind == 0 {
				t.Errorf("%+v", w)
			}
		case err != nil:
			t.Error(err)
		case m.Topic != "" && !legalTopic(m.Topic), m.Partition < -1,
			m.Mode != Plain && m.Mode != Idempotent, m.Sending != Sync && m.Sending != Async:
			t.Errorf("%+v", m)
		}
	})
}
