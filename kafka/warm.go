package kafka

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/IBM/sarama"
)

// A cluster that has just started hands out no producer ids for a moment, and
// says so; sarama asks three times within 150 ms.
const (
	coldPatience = 3 * time.Second
	coldPause    = 50 * time.Millisecond
)

// Warm makes ready what a first hand-over of these settings to this topic would
// otherwise wait for: what the cluster says of the topic, and an open producer
// with its id. It takes the straight road alone and departs nothing: to open a
// producer is not yet to dial a broker through its proxy. What can't be had now
// is asked for again by the send, which reports why.
func (o *Producers) Warm(ctx context.Context, s Settings, topic string) error {
	if err := o.known(topic); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, coldPatience)
	defer cancel()
	again := time.NewTicker(coldPause)
	defer again.Stop()
	for {
		_, err := o.get(s)
		if !notYet(err) {
			return err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return err
		}
	}
}

// notYet says that a broker answered that it can't answer yet.
func notYet(err error) bool {
	var code sarama.KError
	return errors.As(err, &code) && slices.Contains([]sarama.KError{
		sarama.ErrOffsetsLoadInProgress, sarama.ErrConsumerCoordinatorNotAvailable, sarama.ErrNotController,
		sarama.ErrBrokerNotAvailable, sarama.ErrRequestTimedOut,
	}, code)
}
