package lab

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/lessons/bench"
	"atelier/lessons/check"
)

// carryOut does what a command says, except for sends and after lines.
func (x *execution) carryOut(c Command) outcome {
	ctx := x.ctx
	switch c := c.(type) {
	case *Topic:
		return outcome{err: x.Bench.CreateTopic(ctx, cluster.Topic(*c))}
	case *ToxicAdd:
		return outcome{err: x.Bench.AddToxic(ctx, chaos.Toxic{
			On: c.On, Name: c.Name, Kind: c.Kind, Stream: c.Stream, Toxicity: c.Toxicity, Attributes: c.Attributes,
		})}
	case *ToxicsClear:
		return outcome{err: x.Bench.ClearToxics(ctx, chaos.Which(*c))}
	case *ToxicsList, *ProxiesList:
		return x.list(ctx, c)
	case *FaultHide:
		return x.hide(ctx, c)
	case *FaultName:
		return x.name(c)
	case *ProxySwitch:
		return outcome{err: x.Bench.SwitchProxy(ctx, c.On, c.Up)}
	case *Broker:
		simulated := x.Bench.Lacks(bench.Replication) != nil
		return outcome{Progress: Progress{Result: brokerInWords(simulated, c.Action)}, err: x.Bench.SwitchBroker(ctx, c.Broker, c.Action)}
	case *BrokersList:
		return x.brokers(ctx, c)
	case *LeaderMove:
		return outcome{err: x.Bench.MoveLeader(ctx, c.Topic, c.Partition, c.To)}
	case *Wait:
		return outcome{err: pass(ctx, c.For)}
	case *WaitUntil:
		return x.waitUntil(ctx, c)
	case *Audit:
		return x.audit(ctx)
	case *Expect:
		return x.expect(c)
	case *Say:
		return outcome{Progress: Progress{Result: words.Text{En: c.Text, Fr: c.Text}}}
	case *Pause:
		if x.Pause == nil {
			return outcome{}
		}
		return outcome{err: x.Pause(ctx)}
	case *Reset:
		ended := x.Bench.Ledger().Snapshot()
		return outcome{Progress: Progress{Ended: ended}, err: x.Bench.Reset(ctx)}
	}
	return outcome{err: fmt.Errorf("a command that nobody carries out: %T", c)}
}

func pass(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// send hands a batch over and tells what its reports say so far.
func (x *execution) send(sending *bench.Sending, c *Send) outcome {
	err := sending.Send()
	l := x.Bench.Ledger()
	reports := l.Batch(sending.Batch)
	if c.Count == 1 && c.Sending == kafka.Sync {
		for _, m := range l.Snapshot().Messages {
			if m.Ref.Batch == sending.Batch {
				return outcome{Progress: Progress{Batch: sending.Batch, Result: oneReport(m), Reports: &reports}, err: err}
			}
		}
	}
	return outcome{Progress: Progress{Batch: sending.Batch, Result: ReportsSoFar(reports, c), Reports: &reports}, err: err}
}

func (x *execution) list(ctx context.Context, c Command) outcome {
	states, err := x.Bench.Proxies(ctx)
	if err != nil {
		return outcome{err: err}
	}
	told := proxiesInWords(states)
	if _, asked := c.(*ToxicsList); asked && !slices.ContainsFunc(states, func(s chaos.State) bool { return len(s.Toxics) > 0 }) {
		told = words.Textf("no toxic on any proxy's list\n%s", "aucun toxic sur la liste d’un proxy\n%s", told) // one that is hidden is on none
	}
	return outcome{Progress: Progress{Result: told, Proxies: states}}
}

func (x *execution) hide(ctx context.Context, c *FaultHide) outcome {
	seed, err := x.Bench.HideFault(ctx, uint64(c.Seed))
	if x.Bench.ToxiproxyTells() {
		return outcome{Progress: Progress{Result: words.Textf(
			"fault %[1]d is in force, and no view of ours names it; this Toxiproxy is not ours, and its API (/proxies) does, so don't look: send, read the attempts and the log, then say `fault is …`",
			"la panne %[1]d agit, et aucune de nos vues ne la nomme ; ce Toxiproxy n’est pas le nôtre, et son API (/proxies) la nomme, alors ne regardez pas : envoyez, lisez les tentatives et le journal, puis dites `fault is …`", seed)}, err: err}
	}
	return outcome{Progress: Progress{Result: words.Textf(
		"fault %[1]d is in force, and no view names it: send, read the attempts and the log, then say `fault is …`",
		"la panne %[1]d agit, et aucune vue ne la nomme : envoyez, lisez les tentatives et le journal, puis dites `fault is …`", seed)}, err: err}
}

// name tells what an answer got right. A wrong answer is no failure of the run:
// `expect diagnosed` is there to judge.
func (x *execution) name(c *FaultName) outcome {
	j, fault, err := x.Bench.NameFault(chaos.Toxic{Kind: c.Kind, Stream: c.Stream, Attributes: c.Attributes})
	if err != nil {
		return outcome{err: err}
	}
	return outcome{Progress: Progress{Result: j.Explain(fault)}}
}

func (x *execution) brokers(ctx context.Context, c *BrokersList) outcome {
	s, err := x.Bench.Standing(ctx, c.Topic)
	if err != nil {
		return outcome{err: err}
	}
	return outcome{Progress: Progress{Result: standingInWords(s), Standing: &s}}
}

func (x *execution) audit(ctx context.Context) outcome {
	defer x.tellWaiting()()
	if err := x.Bench.Audit(ctx); err != nil {
		return outcome{err: err}
	}
	return outcome{Progress: Progress{Result: verdictInWords(x.Bench.Ledger().Snapshot())}}
}

// expect compares once: the audit before it has made the values final.
func (x *execution) expect(c *Expect) outcome {
	ok, used, err := c.Condition.Eval(check.Of(x.Bench.Ledger().Snapshot()))
	o := outcome{Progress: Progress{Expectation: c.Condition.String(), Values: used}, status: FailedRun}
	switch {
	case err != nil:
		o.err = err
	case !ok:
		o.err = notHeld(c.Condition.String(), used)
	default:
		o.Result = check.InWords(used)
	}
	return o
}

// waitUntil compares at each version of the ledger. A value that is not there
// yet may still come.
func (x *execution) waitUntil(ctx context.Context, c *WaitUntil) outcome {
	timeout := time.NewTimer(c.Timeout)
	defer timeout.Stop()
	o := outcome{Progress: Progress{Expectation: c.Condition.String()}}
	l := x.Bench.Ledger()
	for {
		snap := l.Snapshot()
		ok, used, err := c.Condition.Eval(check.Of(snap))
		if err != nil && !errors.Is(err, check.ErrNoSample) && !errors.Is(err, check.ErrUnknownLabel) {
			o.err, o.status = err, FailedRun
			return o
		}
		o.Values = used
		if ok {
			o.Result = check.InWords(used)
			return o
		}
		select {
		case <-l.Changed(snap.Version):
		case <-ctx.Done():
			o.err = ctx.Err()
			return o
		case <-timeout.C:
			o.err, o.status = notInTime(c.Condition.String(), c.Timeout, used), FailedRun
			return o
		}
	}
}
