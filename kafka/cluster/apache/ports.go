package apache

import (
	"errors"
	"net"

	"atelier/kafka/cluster"
)

// errPortTaken is a port that somebody else took between our look and the
// broker's.
var errPortTaken = errors.New("the port is taken")

// freePorts finds ports that nobody listens on.
func freePorts(count int) ([]int, error) {
	var ports []int
	for range count {
		l, err := cluster.Listen()
		if err != nil {
			return nil, err
		}
		defer func() { _ = l.Close() }() // once all are found: each is another
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
