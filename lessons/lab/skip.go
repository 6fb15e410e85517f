package lab

import "atelier/assets/recordings"

// lacking says for each line what the cluster lacks for it: from a reset that
// says what it needs to the next reset.
func lacking(b Bench, s *Script) []error {
	lacks := make([]error, len(s.Lines))
	var lack error
	for i, line := range s.Lines {
		if reset, is := line.Command.(*Reset); is {
			lack = nil
			if reset.Needs != "" {
				lack = recordings.Instead(b.Lacks(reset.Needs), reset.Recording)
			}
		}
		lacks[i] = lack
	}
	return lacks
}

// skip tells that a line is not carried out, and why. That is no failure.
func (x *execution) skip(i int) {
	x.mu.Lock()
	x.ended[i] = true
	x.mu.Unlock()
	x.tell(Progress{Index: i, Line: x.script.Lines[i], State: Skipped, Lacks: x.lacks[i]})
}

// skips counts what was skipped.
func (x *execution) skips() (n Skips) {
	for i, line := range x.script.Lines {
		if x.lacks[i] == nil || !x.ended[i] {
			continue
		}
		switch line.Command.(type) {
		case *Reset:
			n.Blocks++
		case *Expect:
			n.Checks++
		}
	}
	return n
}
