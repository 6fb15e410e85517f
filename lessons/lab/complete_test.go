package lab_test

import (
	"slices"
	"strings"
	"testing"

	"atelier/lessons/lab"
)

func TestComplete(t *testing.T) {
	names := lab.Names{Labels: []string{"A", "slow"}, Topics: []string{"orders", "atelier"}, Toxics: []string{"latency_downstream"}, Brokers: []int32{1, 2, 7}}
	for _, c := range []struct {
		prefix string
		want   string // all candidates; "…" for: these are the first
	}{
		{"se", "send"},
		{"to", "topic toxic toxics"},
		{"reset ", "needs=leaders needs=replication needs=brokers recording=acks1-loss"},
		{"", "topic send toxic toxics fault proxies proxy broker brokers leader after wait audit expect say pause reset"},
		{"send", ""},
		{"send ", "plain idempotent fire-and-forget"},
		{"send 10 i", "idempotent"},
		{"send 10 plain a", "async acks= as"},
		{"send 10 plain async ac", "acks="},
		{"send 10 plain async acks=", "acks=0 acks=1 acks=all"},
		{"send 10 plain async acks=1 ac", ""},
		{"send 10 plain async compression=l", "compression=lz4"},
		{"send 10 plain as ", "A slow"},
		{"send 10 plain as s", "slow"},
		{`send 1 plain value="a`, ""},
		{"send 1 plain # a", ""},
		{"toxic l", "latency limit_data"},
		{"toxic latency ", "latency= jitter= stream= broker= name= toxicity="},
		{"toxic latency latency=5s ", "jitter= stream= broker= name= toxicity="},
		{"toxic latency stream=", "stream=downstream stream=upstream"},
		{"toxics ", "clear"},
		{"fault ", "hidden is"},
		{"fault hidden ", "seed="},
		{"fault is l", "latency limit_data"},
		{"fault is latency ", "latency= jitter= stream="},
		{"fault is latency stream=", "stream=downstream stream=upstream"},
		{"expect A.dia", ""},
		{"wait until dia", "diagnosed"},
		{"proxy ", "down up"},
		{"proxy down ", "broker="},
		{"broker st", "stop start"},
		{"broker f", "freeze"},
		{"topic x partitions=1 ", "replication= min-insync="},
		{"broker stop ", "1 2 7"},
		{"broker stop 1 ", ""},
		{"proxy down broker=", "broker=1 broker=2 broker=7"},
		{"toxic latency broker=7", ""},
		{"toxics clear ", "latency_downstream stream= broker="},
		{"toxics clear latency_downstream ", "stream= broker="},
		{"toxics clear stream=", "stream=downstream stream=upstream"},
		{"toxics clear stream=upstream br", "broker="},
		{"toxics clear broker=", "broker=1 broker=2 broker=7"},
		{"send 1 plain topic=o", "topic=orders"},
		{"send 1 plain topic=at", "topic=atelier"},
		{"brokers o", "orders"},
		{"leader move orders/", "orders/0 orders/1 orders/2"},
		{"leader move orders/1 ", "to="},
		{"leader move orders/1 to=", "to=1 to=2 to=7"},
		{"leader ", "move"},
		{"after ", "500ms 2500ms 5s"},
		{"after 2s t", "topic toxic toxics"},
		{"after 2s toxics ", "clear"},
		{"expect A.du", "A.duplicates"},
		{"expect A.duplicates > 0 and slow.p", "slow.partitions slow.p50 slow.p95 slow.p99"},
		{"expect (A.don", "(A.done"},
		{"expect sen", "sent"},
		{"wait ", "until 500ms 1s"},
		{"wait until A.d", "A.done"},
		{"wait until A.done t", "throughput timeout="},
		{"nonsense ", ""},
	} {
		got := strings.Join(lab.Complete(c.prefix, names), " ")
		if got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.prefix, got, c.want)
		}
	}
}

func TestCompletionsOfCommandsAreCommands(t *testing.T) {
	for _, c := range lab.Complete("", lab.Names{}) {
		if slices.Contains(lab.Complete(c, lab.Names{}), c) {
			t.Errorf("%s completes to itself", c)
		}
	}
}
