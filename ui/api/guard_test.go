package api_test

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/ui/api"
)

// A web page can reach this machine's loopback by a name of its own; it must not
// get an answer.
func TestNoRebinding(t *testing.T) {
	w := open(t)
	_, port, err := net.SplitHostPort(w.server.Addr())
	if err != nil {
		t.Fatal(err)
	}
	for host, status := range map[string]int{
		"localhost": 200, "localhost:" + port: 200, "127.0.0.1:9": 200, "127.1.2.3": 200, "[::1]:" + port: 200, "LOCALHOST": 200,
		"evil.example": 403, "evil.example:" + port: 403, "localhost.evil.example": 403, "127.0.0.1.evil.example": 403, "192.168.0.7": 403, "127.0.0.1.": 403,
	} {
		if a := w.do(http.MethodGet, "/api/v1/status", "", "Host", host); a.status != status {
			t.Errorf("%s: %d %s", host, a.status, a.text)
		} else if status == 403 && !strings.Contains(a.text, "ask "+w.url+",") {
			t.Errorf("it does not say where to ask: %s", a.text)
		}
	}
}

// A page of another origin can send forms and plain text without asking first.
func TestNoOtherOrigin(t *testing.T) {
	w := open(t)
	for _, headers := range [][]string{
		{"Origin", "http://evil.example", "Content-Type", "text/plain"},
		{"Origin", "null", "Content-Type", "text/plain"},
		{"Sec-Fetch-Site", "cross-site", "Content-Type", "text/plain"},
		{"Origin", "http://localhost:1", "Content-Type", "text/plain"},
	} {
		a := w.do(http.MethodPost, "/api/v1/lab", "send 1 plain", headers...)
		if a.status != http.StatusForbidden || a.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%v: %d", headers, a.status)
		}
	}
	if sent := w.bench.Ledger().Snapshot().All.Sent; sent != 0 {
		t.Errorf("%d were sent", sent)
	}
	w.do(http.MethodPost, "/api/v1/send", "", "Origin", w.url, "Sec-Fetch-Site", "same-origin").want(t, http.StatusOK, nil)
	if a := w.do(http.MethodOptions, "/api/v1/send", "", "Origin", "http://evil.example", "Access-Control-Request-Method", "POST"); a.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error(a.header)
	}
}

func TestAnotherOriginThatIsAllowed(t *testing.T) {
	const page = "http://localhost:3000"
	w := open(t, func(o *api.Options) { o.Origins = []string{page} })
	a := w.do(http.MethodOptions, "/api/v1/send", "", "Origin", page, "Access-Control-Request-Method", "POST")
	if a.status != http.StatusNoContent || a.header.Get("Access-Control-Allow-Origin") != page {
		t.Error(a.status, a.header)
	}
	if a := w.do(http.MethodPost, "/api/v1/send", "", "Origin", page); a.status != http.StatusOK || a.header.Get("Access-Control-Allow-Origin") != page {
		t.Error(a.status, a.header)
	}
	w.do(http.MethodPost, "/api/v1/send", "", "Origin", "http://evil.example").want(t, http.StatusForbidden, nil)
}

func TestTheToken(t *testing.T) {
	const token = "a-token-that-nobody-guesses"
	w := open(t, func(o *api.Options) { o.Token = token })
	for _, path := range []string{"/health", "/health/ready", "/openapi.json", "/docs/"} {
		w.get(path).want(t, http.StatusOK, nil)
	}
	for _, shown := range []string{"", "Bearer", "Bearer ", "Bearer wrong", "Bearer " + token + "x", "Bearer " + token[:5], token, "Basic " + token} {
		a := w.do(http.MethodPost, "/api/v1/send", "", "Authorization", shown)
		if a.status != http.StatusUnauthorized || a.header.Get("WWW-Authenticate") == "" {
			t.Errorf("%q: %d", shown, a.status)
		}
	}
	w.do(http.MethodGet, "/metrics", "").want(t, http.StatusUnauthorized, nil)
	w.do(http.MethodPost, "/api/v1/send", "", "Authorization", "bearer "+token).want(t, http.StatusOK, nil) // schemes have no case
	// Whoever knows the token may call the server what he likes.
	w.do(http.MethodPost, "/api/v1/send", "", "Authorization", "Bearer "+token, "Host", "kafka.example").want(t, http.StatusOK, nil)
}

func TestAnAddressThatOthersReachWantsAToken(t *testing.T) {
	for addr, ok := range map[string]bool{
		"127.0.0.1:0": true, "localhost:18081": true, "[::1]:0": true,
		"0.0.0.0:0": false, ":18081": false, "192.168.1.1:1": false, "[::]:0": false, "kafka.example:1": false, "nonsense": false, "": false,
	} {
		err := api.CheckAddr(addr, "")
		if (err == nil) != ok {
			t.Errorf("%s: %v", addr, err)
		}
		if err != nil && words.Tell(words.French, err) == words.Tell(words.English, err) {
			t.Errorf("%s: no French", addr)
		}
	}
	if err := api.CheckAddr("0.0.0.0:0", "x"); err != nil {
		t.Error(err)
	}
}

// A default that is taken is a free port instead; one that was asked for is an
// error.
func TestATakenAddress(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	w := open(t, func(o *api.Options) { o.Addr, o.Asked = taken.Addr().String(), false })
	if !w.server.Announced() || w.server.Addr() == taken.Addr().String() {
		t.Error(w.server.Addr())
	}
	w.get("/health").want(t, http.StatusOK, nil)
	_, err = api.Serve(t.Context(), api.Options{Bench: w.bench, Addr: taken.Addr().String(), Asked: true})
	if err == nil || !strings.Contains(err.Error(), "cannot listen") {
		t.Error(err)
	}
}

// A request must end, and its head be small.
func TestLimits(t *testing.T) {
	w := open(t)
	conn, err := net.Dial("tcp", w.server.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n")); err != nil {
		return // it hung up meanwhile
	}
	head := make([]byte, 12)
	if _, err := conn.Read(head); err == nil && string(head) != "HTTP/1.1 431" {
		t.Errorf("%q", head)
	}
}
