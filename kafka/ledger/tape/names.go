package tape

import (
	"reflect"

	"atelier/kafka/ledger"
)

// kinds are the events that a recording holds, under names that never change:
// files outlive this code.
var kinds = []kind{
	of[ledger.RunBegan]("run-began"),
	of[ledger.BatchOpened]("batch-opened"),
	of[ledger.Sent]("sent"),
	of[ledger.BatchClosed]("batch-closed"),
	of[ledger.Departed]("departed"),
	of[ledger.Arrived]("arrived"),
	of[ledger.Answered]("answered"),
	of[ledger.Heard]("heard"),
	of[ledger.Ended]("ended"),
	of[ledger.DialRefused]("dial-refused"),
	of[ledger.Reported]("reported"),
	of[ledger.ToxicAdded]("toxic-added"),
	of[ledger.ToxicRemoved]("toxic-removed"),
	of[ledger.ProxyChanged]("proxy-changed"),
	of[ledger.BrokerChanged]("broker-changed"),
	of[ledger.LeaderChanged]("leader-changed"),
	of[ledger.AuditBegan]("audit-began"),
	of[ledger.CopiesRead]("copies-read"),
	of[ledger.AuditEnded]("audit-ended"),
	of[ledger.FaultHidden]("fault-hidden"),
	of[ledger.FaultNamed]("fault-named"),
}

// kind is one type of event, with how it is read.
type kind struct {
	name   string
	goType reflect.Type
	decode func(line []byte) (ledger.Event, error)
}

func of[E ledger.Event](name string) kind {
	return kind{name, reflect.TypeFor[E](), func(line []byte) (ledger.Event, error) {
		var e E
		err := strictly(line, &e)
		return e, err
	}}
}

var (
	byName = map[string]*kind{}
	byType = map[reflect.Type]*kind{}
)

func init() {
	for i := range kinds {
		byName[kinds[i].name] = &kinds[i]
		byType[kinds[i].goType] = &kinds[i]
	}
}
