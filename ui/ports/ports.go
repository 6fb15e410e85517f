// Package ports puts the addresses of this very console where the course says
// the usual ones. Where those are taken, by a second console on the machine for
// one, what a lesson shows for a second terminal would reach somebody else's
// bench. The lessons' files and exports keep the usual ones.
package ports

import (
	"net"
	"net/url"
	"regexp"
	"strings"

	"atelier/assets/words"
)

// The usual ports, as the lessons have them.
const (
	API       = "18081"
	Toxiproxy = "8474"
)

// Ports are where this console listens, where that is not where the lessons say.
// The zero Ports are the usual ones.
type Ports struct{ instead *strings.Replacer }

// Of takes the URLs of the HTTP API and of Toxiproxy; empty: there is none.
func Of(api, toxiproxy string) Ports {
	var pairs []string
	for _, at := range [...]struct{ usual, url string }{{API, api}, {Toxiproxy, toxiproxy}} {
		u, err := url.Parse(at.url)
		if err != nil || u.Port() == "" || u.Port() == at.usual && local(u.Hostname()) {
			continue
		}
		for _, host := range [...]string{"localhost", "127.0.0.1"} {
			here := u.Host
			if local(u.Hostname()) {
				here = net.JoinHostPort(host, u.Port())
			}
			pairs = append(pairs, host+":"+at.usual, here)
		}
	}
	if pairs == nil {
		return Ports{}
	}
	return Ports{strings.NewReplacer(pairs...)}
}

func local(host string) bool { return host == "localhost" || host == "127.0.0.1" }

// fence opens and closes a fence of Markdown; behind its indent and its mark
// comes what it says of itself.
var fence = regexp.MustCompile("^([ \t]*)(?:```+|~~~+)(.*)$")

// In has what a lesson shows for a second terminal go to this console, and a
// line of it say so. A fence that needs more than this console (needs=docker)
// names ports that are not ours, and stays.
func (p Ports) In(markdown string, lang words.Lang) string {
	if p.instead == nil || !strings.Contains(markdown, "bash") {
		return markdown
	}
	var out, block strings.Builder
	inside, ours, indent := false, false, ""
	for line := range strings.Lines(markdown) {
		switch mark := fence.FindStringSubmatch(strings.TrimRight(line, "\r\n")); {
		case mark != nil && !inside:
			inside, ours, indent = true, strings.TrimSpace(mark[2]) == "bash", mark[1]
		case mark != nil:
			inside, ours = false, false
			out.WriteString(p.ours(block.String(), indent, lang))
			block.Reset()
		case ours:
			block.WriteString(line)
			continue
		}
		out.WriteString(line)
	}
	return out.String() + block.String()
}

func (p Ports) ours(block, indent string, lang words.Lang) string {
	here := p.instead.Replace(block)
	if here == block {
		return block
	}
	return indent + lang.Pick("# the ports are this console’s", "# les ports sont ceux de cette console") + "\n" + here
}
