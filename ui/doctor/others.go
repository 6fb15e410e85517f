package doctor

import (
	"context"
	"strings"
	"sync"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/cluster"
)

// othersTime is how long a Kafka or a Toxiproxy may take.
const othersTime = 15 * time.Second

// kafka reaches the given cluster as the bench would: as its settings say, by
// any of its addresses, and then at the address that each broker advertises. It
// asks for no topic and makes none.
func (o *Options) kafka(ctx context.Context) []Finding {
	ctx, cancel := context.WithTimeout(ctx, othersTime)
	defer cancel()
	f := Finding{
		Part: "kafka", ID: "brokers", Name: words.Text{En: "cluster", Fr: "cluster"}, State: Found, Needed: true,
		For: words.Text{En: "the bench, with --brokers", Fr: "le banc, avec --brokers"},
		Get: words.Text{En: "see what is said above; --command-config FILE says how it lets us in", Fr: "voyez ce qui est dit plus haut ; --command-config FICHIER dit comment il nous laisse entrer"},
	}
	var mu sync.Mutex
	var list []Finding
	e, err := cluster.Attach(ctx, cluster.AttachOptions{
		Addresses: o.Brokers, Access: o.Access,
		Front: func(context.Context, int32, string) error { return nil },
		Notice: func(w words.Text) {
			mu.Lock()
			defer mu.Unlock()
			list = append(list, Finding{
				Part: "kafka", ID: "notice", Name: words.Text{En: "notice", Fr: "à savoir"}, State: Wrong, Saw: w,
				For: f.For,
			})
		},
	})
	if err != nil {
		if ctx.Err() != nil {
			err = words.Errorf("no answer within %v", "pas de réponse en %v", othersTime)
		}
		f.State, f.Saw = Missing, text(err)
		return []Finding{f}
	}
	brokers := e.Brokers()
	_ = e.Close()
	var at []string
	for _, b := range brokers {
		at = append(at, b.Direct)
	}
	f.Saw = words.Textf("%d brokers: %s", "%d brokers : %s", len(brokers), strings.Join(at, ", "))
	mu.Lock()
	defer mu.Unlock()
	return append([]Finding{f}, list...)
}

func (o *Options) toxiproxy(ctx context.Context) []Finding {
	ctx, cancel := context.WithTimeout(ctx, othersTime)
	defer cancel()
	f := Finding{
		Part: "toxiproxy", ID: "toxiproxy", Name: words.Text{En: "Toxiproxy", Fr: "Toxiproxy"}, State: Found, Needed: true,
		Saw: words.Textf("answers at %s", "répond à %s", o.Toxiproxy),
		For: words.Text{En: "the faults, with --toxiproxy (without it, the atelier has its own)", Fr: "les pannes, avec --toxiproxy (sans elle, l’atelier a le sien)"},
		Get: words.Text{En: "start it, or leave --toxiproxy out", Fr: "démarrez-le, ou retirez --toxiproxy"},
	}
	if err := chaos.Knock(ctx, o.Toxiproxy); err != nil {
		f.State, f.Saw = Missing, text(err)
	}
	return []Finding{f}
}
