package bench

import (
	"context"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/ledger"
)

// deathTimeout is how long the proxy of a broker that died may take to close.
const deathTimeout = 2 * time.Second

// brokerDied hears of a broker that ended though nobody asked it to. To the
// ledger it is as one that was killed; the learner hears how it came.
func (b *Bench) brokerDied(broker int32, err error) {
	if b.knows(broker) { // the controller has no proxy, and is no broker
		b.ledger.Apply(ledger.BrokerChanged{At: b.at(), Broker: broker, Up: false})
		ctx, cancel := context.WithTimeout(b.straight.ctx, deathTimeout)
		defer cancel()
		_ = b.proxies.Down(ctx, chaos.Broker(broker)) // it fails where the bench is just closing
	}
	b.notice(words.Textf("%v", "%v", err))
}
