package cluster

import (
	"fmt"
	"math/rand/v2"
	"net"

	"atelier/assets/words"
)

// The ports of brokers and of their proxies lie below those that systems give to
// who connects (Linux from 32768, Windows and macOS from 49152), so that no
// connection takes the port of one that is stopped.
const firstPort, lastPort = 20_000, 32_000

// Listen listens on a port of 127.0.0.1 that stays free while nobody listens on
// it. The caller closes the listener.
func Listen() (net.Listener, error) {
	at := rand.IntN(lastPort - firstPort)
	for range lastPort - firstPort {
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", firstPort+at)); err == nil {
			return l, nil
		}
		at = (at + 1) % (lastPort - firstPort)
	}
	return nil, words.Errorf(
		"no free port between %d and %d on this machine", "pas de port libre entre %d et %d sur cette machine", firstPort, lastPort)
}
