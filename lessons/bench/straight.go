package bench

import (
	"context"
	"net"
	"time"

	"atelier/chaos"
	"atelier/kafka/access"
)

// How long a dial may take: on loopback, what takes longer is down; the way to
// another machine, with its handshakes, is longer.
const (
	dialTimeout = time.Second
	farTimeout  = 5 * time.Second
)

// straight dials brokers past their proxies, as the cluster lets us in.
type straight struct {
	roads    *chaos.Roads
	access   *access.Access
	patience time.Duration
	ctx      context.Context // ends with the bench, and with it every dial
	end      context.CancelFunc
}

func newStraight(roads *chaos.Roads, o Options) straight {
	s := straight{roads: roads, access: o.Access, patience: dialTimeout}
	if len(o.Brokers) > 0 {
		s.patience = farTimeout
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	return s
}

// Dial opens a connection to a broker's own address, whichever is given.
func (s straight) Dial(network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(s.ctx, s.patience)
	defer cancel()
	return s.access.Dial(ctx, network, s.roads.Direct(address))
}
