package kafka

import (
	"errors"
	"fmt"

	"atelier/kafka/ledger"

	"github.com/IBM/sarama"
)

// Control is the straight road to a cluster: metadata and producer ids. All
// producers of a bench share it; whoever connects closes it.
type Control struct{ client sarama.Client }

// Connect opens the straight road. The addresses are those that the straight
// dialer takes. It does not wait for the cluster: the first request does.
func Connect(addresses []string, straight Dialer, clientID string) (*Control, error) {
	client, err := sarama.NewClient(addresses, controlConfig(clientID, straight))
	if err != nil {
		return nil, fmt.Errorf("connect to %v: %w", addresses, err)
	}
	return &Control{client}, nil
}

// Refresh asks anew who leads the partitions of topics.
func (c *Control) Refresh(topics ...string) error {
	if len(topics) == 0 {
		return nil // sarama would take none for all
	}
	return c.client.RefreshMetadata(topics...)
}

// ErrUnknownTopic says that the cluster has no such topic.
var ErrUnknownTopic = errors.New("the cluster has no such topic")

// Known says whether a topic can be sent to: ErrUnknownTopic where the cluster
// has none, another error where it does not answer. What is known is not asked
// for again.
func (c *Control) Known(topic string) error {
	_, err := c.client.Partitions(topic)
	if err != nil && reasonOf(err) == ledger.UnknownTopic {
		return fmt.Errorf("%w: %w", ErrUnknownTopic, err)
	}
	return err
}

// Close closes the straight road's connections.
func (c *Control) Close() error { return c.client.Close() }
