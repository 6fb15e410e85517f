package chaos

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// A server that dies with a request of ours on a connection that it had kept
// open: what we asked it to remove is gone with it, and no complaint.
func TestServerGoneWithARequest(t *testing.T) {
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			_, _ = w.Write([]byte(`{}`))
			return
		}
		_ = server.Listener.Close()
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = conn.Close()
	}))
	defer server.Close()
	a := newAPI(server.URL, "")
	defer a.close()
	if _, err := a.proxies(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.remove(t.Context(), "ours"); !isGone(err) {
		t.Errorf("not known to be gone: %v", err)
	}
}
