package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"slices"
	"strings"

	"atelier/lessons/check/spell"
)

// guard says who may ask. On loopback everybody may who is on this machine, but
// no web page: neither by a name that leads here (DNS rebinding) nor from
// another origin. Elsewhere a token is wanted.
type guard struct {
	token   [sha256.Size]byte
	wants   bool
	origins []string
	cross   *http.CrossOriginProtection
}

func newGuard(o Options) *guard {
	g := &guard{token: sha256.Sum256([]byte(o.Token)), wants: o.Token != "", origins: o.Origins, cross: http.NewCrossOriginProtection()}
	for _, origin := range o.Origins {
		_ = g.cross.AddTrustedOrigin(origin) // one that is none was refused before
	}
	return g
}

// open are the paths that tell nothing and do nothing: everybody may ask.
func open(path string) bool {
	return path == "/health" || path == "/health/ready" || shows(path)
}

// admit says why a request is not let in; nil where it is.
func (g *guard) admit(r *http.Request) *problem {
	if !g.wants && !ours(r.Host) {
		return refuse(forbidden, "Host", say("this server is not called %s: it answers to localhost and 127.0.0.1 only, so that no web page can reach it by a name of its own", "ce serveur ne s’appelle pas %s : il ne répond qu’à localhost et 127.0.0.1, pour qu’aucune page web ne l’atteigne sous un nom à elle", spell.Quote(r.Host)),
			say("ask %s, or start with --api-token", "demandez %s, ou démarrez avec --api-token", here(r)))
	}
	if err := g.cross.Check(r); err != nil {
		return refuse(forbidden, "Origin", say("a web page of another origin may not ask this", "une page web d’une autre origine ne peut pas demander cela"),
			say("allow it: --api-cors ORIGIN", "autorisez-la : --api-cors ORIGINE"))
	}
	if g.wants && !open(r.URL.Path) && !g.knows(r) {
		return refuse(noToken, "Authorization", say("this server wants the token that it was started with", "ce serveur veut le jeton avec lequel il a été démarré"),
			say("show it: curl -H \"Authorization: Bearer …\"", "montrez-le : curl -H \"Authorization: Bearer …\""))
	}
	return nil
}

// here is where a request came in.
func here(r *http.Request) string {
	if addr, is := r.Context().Value(http.LocalAddrContextKey).(net.Addr); is {
		return "http://" + addr.String()
	}
	return "http://127.0.0.1" // the client is a test
}

// knows compares the token in a time that does not tell how much of it is right.
func (g *guard) knows(r *http.Request) bool {
	scheme, shown, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	hash := sha256.Sum256([]byte(shown))
	return subtle.ConstantTimeCompare(hash[:], g.token[:]) == 1 && strings.EqualFold(scheme, "Bearer")
}

// ours says whether a Host header is a name of this machine's loopback.
func ours(host string) bool {
	if name, port, _ := strings.Cut(host, ":"); (name == "127.0.0.1" || name == "localhost") && !strings.Contains(port, ":") {
		return true // as nearly always
	}
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return loopback(strings.ToLower(strings.Trim(host, "[]")))
}

// share lets web pages of the allowed origins read the answer. It returns true
// where the request was only to ask for that.
func (g *guard) share(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if len(g.origins) == 0 || origin == "" {
		return false
	}
	h := w.Header()
	h.Add("Vary", "Origin")
	if !slices.Contains(g.origins, origin) {
		return false
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Expose-Headers", "Retry-After")
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept-Language, Last-Event-ID")
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
	return true
}
