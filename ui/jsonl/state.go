package jsonl

import (
	"atelier/chaos"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
)

// jsonReports is what the reports of a send line say so far.
type jsonReports struct {
	Acked   int64 `json:"acked"`
	Failed  int64 `json:"failed"`
	Unknown int64 `json:"unknown"`
	Fired   int64 `json:"fired"`
}

func reportsOf(t *ledger.BatchTotals) *jsonReports {
	if t == nil {
		return nil
	}
	return &jsonReports{t.Acked, t.Failed, t.Unknown, t.Fired}
}

// jsonStanding is who is up, who leads and who is in sync.
type jsonStanding struct {
	Brokers    []cluster.BrokerState    `json:"brokers"`
	Topic      string                   `json:"topic"`
	Partitions []cluster.PartitionState `json:"partitions"`
}

// jsonProxy is the state of a proxy.
type jsonProxy struct {
	Broker   int32       `json:"broker"`
	Name     string      `json:"name"`
	Listen   string      `json:"listen"`
	Upstream string      `json:"upstream"`
	Up       bool        `json:"up"`
	Toxics   []jsonToxic `json:"toxics"`
}

type jsonToxic struct {
	Name       string           `json:"name"`
	Type       string           `json:"type"`
	Stream     string           `json:"stream"`
	Toxicity   float32          `json:"toxicity"`
	Attributes map[string]int64 `json:"attributes"`
	// Approximate is a toxic that somebody else added: since when is known only
	// about.
	Approximate bool `json:"approximate,omitempty"`
}

func proxiesOf(states []chaos.State) []jsonProxy {
	var proxies []jsonProxy
	for _, s := range states {
		p := jsonProxy{Broker: s.Broker, Name: s.Name, Listen: s.Listen, Upstream: s.Upstream, Up: s.Up, Toxics: []jsonToxic{}}
		for _, t := range s.Toxics {
			p.Toxics = append(p.Toxics, jsonToxic{t.Name, t.Kind, t.Stream, t.Toxicity, t.Attributes, t.Foreign})
		}
		proxies = append(proxies, p)
	}
	return proxies
}
