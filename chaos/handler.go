package chaos

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"sync"

	"atelier/assets/words"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
)

// maxBody is how much a request may carry: a populate of a thousand proxies
// fits, a flood does not.
const maxBody = 1 << 20

// handler stands in front of Toxiproxy's own routes. It tells of each change
// before the one who asked for it has the answer, keeps out what would crash
// the process, and keeps readers away from a proxy that is being rewritten,
// which Toxiproxy does not.
type handler struct {
	routes http.Handler
	api    *toxiproxy.ApiServer
	groups *groups
	watch  *watcher
	keep   *keeper
	veil   veil

	// rewriting is held alone by what writes fields that others read without a
	// lock: an update of a proxy or of a toxic. Adding and removing a toxic,
	// which may take long, share it with the readers.
	rewriting sync.RWMutex

	mu       sync.Mutex
	closed   bool
	requests sync.WaitGroup // those under way
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !h.begin() {
		refuse(w, http.StatusServiceUnavailable, net.ErrClosed)
		return
	}
	defer h.requests.Done()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, err)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	answer := &answer{header: make(http.Header), status: http.StatusOK}
	h.veil.over(answer, r, func() { h.serve(answer, r, body) })
	answer.send(w)
}

func (h *handler) begin() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.requests.Add(1)
	}
	return !h.closed
}

// close refuses new requests, and returns what waits for those under way.
func (h *handler) close() *sync.WaitGroup {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	return &h.requests
}

func (h *handler) serve(w *answer, r *http.Request, body []byte) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		h.rewriting.RLock()
		defer h.rewriting.RUnlock()
		h.routes.ServeHTTP(w, r)
		return
	}
	var only []string // the proxies that may change; nil: any
	if proxy, toxic, ok := toxicPath(r.URL.Path); ok && (toxic == "" || r.Method == http.MethodDelete) {
		h.rewriting.RLock()
		defer h.rewriting.RUnlock()
		only = h.groups.touched(proxy)
		defer h.keep.hold(only)()
	} else {
		h.rewriting.Lock()
		defer h.rewriting.Unlock()
	}
	if err := guard(h.groups.toxicOf, r.Method, r.URL.Path, body); err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	h.routes.ServeHTTP(w, r)
	if only == nil {
		h.groups.settle()
		for _, c := range h.keep.chains() {
			h.keep.part(c.proxy.Toxics)
		}
	}
	h.watch.see(func() map[string]State { return statesOf(h.api.Collection.Proxies(), only) }, only)
	if only == nil { // a proxy may be gone
		h.keep.forget()
	}
}

// refuse answers in Toxiproxy's own form.
func refuse(w http.ResponseWriter, status int, err error) {
	text, _ := json.Marshal(toxiproxy.ApiError{Message: words.Tell(words.English, err), StatusCode: status})
	w.Header().Set("Content-Type", "application/json")
	http.Error(w, string(text), status)
}

// answer holds a response back.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

func (a *answer) send(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes()) // the client is gone where this fails
}
