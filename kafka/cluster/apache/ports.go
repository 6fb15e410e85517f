package apache

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"

	"atelier/assets/words"
)

// errPortTaken is a port that somebody else took between our look and the
// broker's.
var errPortTaken = errors.New("the port is taken")

// freePorts finds ports that nobody listens on. They lie below the ephemeral
// ones, so that while a broker is stopped no connection takes its port.
func freePorts(count int) ([]int, error) {
	const first, last = 20_000, 32_000
	var ports []int
	at := first + rand.IntN(last-first)
	for range last - first {
		if at++; at == last {
			at = first
		}
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", at))
		if err != nil {
			continue
		}
		_ = l.Close()
		if ports = append(ports, at); len(ports) == count {
			return ports, nil
		}
	}
	return nil, words.Errorf(
		"no free ports between %d and %d on this machine", "pas de ports libres entre %d et %d sur cette machine", first, last)
}
