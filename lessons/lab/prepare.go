package lab

import "atelier/lessons/bench"

// needsOf are what a script is going to ask of a cluster. What is skipped asks
// for nothing.
func needsOf(s *Script, lacks []error) bench.Needs {
	n := bench.Needs{Create: map[string]int32{}}
	for i, line := range s.Lines {
		if lacks[i] != nil {
			continue
		}
		switch c := inner(line.Command).(type) {
		case *Send:
			n.Send = append(n.Send, c.Topic)
		case *Topic:
			n.Create[c.Name] = c.Partitions
		case *Audit:
			n.Audit = true
		}
	}
	return n
}

// refused says whether the script asks for what no broker here can be made to do,
// and then ends the run at that line: before anything is sent.
func (x *execution) refused() bool {
	for i, line := range x.script.Lines {
		if x.lacks[i] != nil {
			continue
		}
		var err error
		switch c := inner(line.Command).(type) {
		case *Broker:
			err = x.Bench.CanSwitch(c.Broker, c.Action)
		case *LeaderMove:
			err = x.Bench.CanLead(c.To)
		}
		if err != nil {
			_, late := line.Command.(*After)
			x.finish(i, late, outcome{err: err})
			return true
		}
	}
	return false
}

// inner is the command that an after line holds, and every other as it is.
func inner(c Command) Command {
	if after, ok := c.(*After); ok {
		return after.Command
	}
	return c
}

// maxWarm bounds how many sends are made ready at once.
const maxWarm = 16

// warmUp makes ready the sends from a line on, up to the end of its run or to
// a line that changes who leads what. The budget of a message begins with its
// hand-over, and `after 2500ms` counts from its own line: on a cold cluster both
// would run while the first producer waits for its id.
func (x *execution) warmUp(i int) {
	if _, send := x.script.Lines[i].Command.(*Send); !send || i < x.warm {
		return
	}
	var batches []bench.Batch
	for x.warm = i; x.warm < len(x.script.Lines) && len(batches) < maxWarm; x.warm++ {
		command := inner(x.script.Lines[x.warm].Command)
		if endsWarming(command) {
			break
		}
		if send, is := command.(*Send); is {
			batches = append(batches, bench.Batch(*send))
		}
	}
	_ = x.Bench.Warm(x.ctx, batches) // what is wrong, the sends tell
}

// endsWarming says that what stands behind a command can't be made ready before.
func endsWarming(c Command) bool {
	switch c.(type) {
	case *Topic, *Reset, *LeaderMove, *Broker:
		return true
	}
	return false
}
