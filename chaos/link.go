package chaos

import (
	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/stream"
)

// kept is one link: one direction of one connection through a proxy.
type kept struct {
	name    string // Toxiproxy's: the client's address and the direction
	link    *toxiproxy.ToxicLink
	ended   chan struct{} // closed when its writer ended
	removed chan struct{} // closed when it left its collection
}

// empty waits for the end of a link's writer, and then takes from its channels
// what nobody else will, from the last to the first, until the link's reader
// has closed the first. stop gives up.
func (l *kept) empty(stop <-chan struct{}) {
	select {
	case <-l.ended:
	case <-stop:
		return
	}
	drain(endOf(l.link), stop)
	select {
	case <-l.removed: // from here on its stubs stay as they are
	case <-stop:
		return
	}
	stubs := stubsOf(l.link)
	for i := len(stubs) - 1; i >= 0; i-- {
		drain(stubs[i].Input, stop)
	}
}

func (l *kept) hasEnded() bool {
	select {
	case <-l.ended:
		return true
	default:
		return false
	}
}

func drain(pieces <-chan *stream.StreamChunk, stop <-chan struct{}) {
	for {
		select {
		case _, open := <-pieces:
			if !open {
				return
			}
		case <-stop:
			return
		}
	}
}
