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
func (o *Options) kafka() Check {
	of := Finding{
		Part: "kafka", ID: "brokers", Name: words.Text{En: "cluster", Fr: "cluster"}, Needed: true,
		For: words.Text{En: "the bench, with --brokers", Fr: "le banc, avec --brokers"},
		Get: words.Text{En: "see what is said above; --command-config FILE says how it lets us in", Fr: "voyez ce qui est dit plus haut ; --command-config FICHIER dit comment il nous laisse entrer"},
	}
	at := cluster.AttachOptions{Addresses: o.Brokers, Access: o.Access, Front: func(context.Context, int32, string) error { return nil }}
	return Check{Of: of, look: func(ctx context.Context, f Finding) []Finding { return reach(ctx, at, f) }}
}

func reach(ctx context.Context, at cluster.AttachOptions, f Finding) []Finding {
	ctx, cancel := context.WithTimeout(ctx, othersTime)
	defer cancel()
	var mu sync.Mutex
	var list []Finding
	at.Notice = func(w words.Text) {
		mu.Lock()
		defer mu.Unlock()
		list = append(list, Finding{
			Part: "kafka", ID: "notice", Name: words.Text{En: "notice", Fr: "à savoir"}, State: Wrong, Saw: w,
			For: f.For,
		})
	}
	e, err := cluster.Attach(ctx, at)
	if err != nil {
		if ctx.Err() != nil {
			err = words.Errorf("no answer within %v", "pas de réponse en %v", othersTime)
		}
		f.State, f.Saw = Missing, text(err)
		return []Finding{f}
	}
	brokers := e.Brokers()
	_ = e.Close()
	var direct []string
	for _, b := range brokers {
		direct = append(direct, b.Direct)
	}
	f.State, f.Saw = Found, words.Textf("%d brokers: %s", "%d brokers : %s", len(brokers), strings.Join(direct, ", "))
	mu.Lock()
	defer mu.Unlock()
	return append([]Finding{f}, list...)
}

func (o *Options) toxiproxy() Check {
	url := o.Toxiproxy
	of := Finding{
		Part: "toxiproxy", ID: "toxiproxy", Name: words.Text{En: "Toxiproxy", Fr: "Toxiproxy"}, Needed: true,
		For: words.Text{En: "the faults, with --toxiproxy (without it, the atelier has its own)", Fr: "les pannes, avec --toxiproxy (sans elle, l’atelier a le sien)"},
		Get: words.Text{En: "start it, or leave --toxiproxy out", Fr: "démarrez-le, ou retirez --toxiproxy"},
	}
	return Check{Of: of, look: func(ctx context.Context, f Finding) []Finding {
		ctx, cancel := context.WithTimeout(ctx, othersTime)
		defer cancel()
		f.State, f.Saw = Found, words.Textf("answers at %s", "répond à %s", url)
		if err := chaos.Knock(ctx, url); err != nil {
			f.State, f.Saw = Missing, text(err)
		}
		return []Finding{f}
	}}
}
