package lab

import "atelier/lessons/bench"

// needsOf are what a script is going to ask of a cluster.
func needsOf(s *Script) bench.Needs {
	n := bench.Needs{Create: map[string]int32{}}
	for _, line := range s.Lines {
		command := line.Command
		if after, ok := command.(*After); ok {
			command = after.Command
		}
		switch c := command.(type) {
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
