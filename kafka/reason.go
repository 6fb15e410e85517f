package kafka

import (
	"errors"
	"net"
	"os"
	"strings"

	"atelier/kafka/ledger"

	"github.com/IBM/sarama"
	"github.com/eapache/go-resiliency/breaker"
	"github.com/twmb/franz-go/pkg/kerr"
)

var (
	errNoSuchPartition = errors.New("the topic has no such partition")
	errSevered         = errors.New("the producer has been closed")
	errBudgetSpent     = errors.New("the delivery budget is spent")
	errBudgetSpentHeld = errors.New("the delivery budget is spent; the client holds the message still, and may yet send it")
	errInterrupted     = errors.New("interrupted before the producer took it")
)

// reasonOf sorts a client's error by what a learner can make of it.
func reasonOf(err error) ledger.Reason {
	var code sarama.KError
	var config sarama.ConfigurationError
	var netErr net.Error
	switch {
	case errors.Is(err, errNoSuchPartition):
		return ledger.NoPartition
	case errors.Is(err, errSevered), errors.Is(err, sarama.ErrShuttingDown), errors.Is(err, sarama.ErrClosedClient):
		return ledger.Closing
	case errors.Is(err, sarama.ErrUnknownTopicOrPartition), errors.Is(err, sarama.ErrInvalidTopic):
		return ledger.UnknownTopic
	case errors.Is(err, sarama.ErrMessageSizeTooLarge),
		errors.As(err, &config) && strings.Contains(string(config), "MaxMessageBytes"):
		return ledger.TooLarge
	case errors.Is(err, sarama.ErrOutOfBrokers), errors.Is(err, sarama.ErrLeaderNotAvailable), errors.Is(err, breaker.ErrBreakerOpen):
		return ledger.NoBroker
	case errors.As(err, &code):
		return ledger.RefusedBy
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		return ledger.Timeout
	case errors.As(err, &netErr), errors.Is(err, net.ErrClosed), errors.Is(err, sarama.ErrNotConnected), isEOF(err):
		return ledger.Disconnected
	}
	return ledger.OtherReason
}

// textOf is an error in the client's own words; a broker's refusal has the name
// before it under which Kafka's own pages know it, as in NOT_ENOUGH_REPLICAS.
func textOf(err error) string {
	var code sarama.KError
	var named *kerr.Error
	if errors.As(err, &code) && errors.As(kerr.ErrorForCode(int16(code)), &named) {
		return named.Message + ": " + strings.TrimPrefix(code.Error(), "kafka server: ")
	}
	return err.Error()
}

// CodeName is the name under which Kafka's own pages know an error code, as in
// NOT_ENOUGH_REPLICAS; empty where they don't know it.
func CodeName(code int16) string {
	var named *kerr.Error
	switch {
	case code == 0:
		return "NONE"
	case errors.As(kerr.ErrorForCode(code), &named) && named.Code == code:
		return named.Message
	}
	return ""
}

func isEOF(err error) bool { return strings.HasSuffix(err.Error(), "EOF") }
