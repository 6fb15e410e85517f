package console

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atelier/kafka/ledger"
	"atelier/lessons/course"
	"atelier/lessons/standstill/standstilltest"
)

// solutions are lines that solve the exercises without a recipe, by module: those
// of the presenter's notes, written out. Each begins on a clean bench.
var solutions = map[int][][]string{
	1: {
		{"send 3 plain sync key=order-2 as A", "send 3 plain sync key=order-3 as A", "send 3 plain sync key=order-6 as A", "audit", "expect A.partitions == 1 and A.once == 9"},
		{"toxic latency latency=200ms stream=downstream", "send 1 plain sync as A", "expect A.p50 >= 200ms and A.retries == 0"},
		// What was fired is not written yet: whoever types as fast as a test looks first.
		{"send 1 fire-and-forget sync as A", "audit", "toxic timeout timeout=2s stream=upstream", "send 1 fire-and-forget sync as A", "audit", "expect A.fired == 2 and A.once == 1 and A.absent == 1"},
	},
	2: {
		{"toxic latency latency=20ms stream=downstream", "send 100 plain sync as A", "expect A.throughput < 50/s and A.retries == 0"},
		{"send 1 plain async linger=500ms as A", "send 20 plain sync as B", "wait until A.done", "expect A.p50 > B.p50 and A.throughput < B.throughput"},
	},
	3: {
		{"toxic latency latency=5s stream=downstream", "send 1 plain async as A", "after 1500ms toxics clear", "wait until A.done", "audit", "expect A.acked == 1 and A.copies == 2"},
		{"toxic timeout timeout=2s stream=upstream", "send 1 idempotent async as A", "wait until A.done", "audit", "expect A.unknown == 1 and A.absent == 1"},
		{"toxic latency latency=1s stream=upstream", "send 1 idempotent async as A", "wait until A.done", "audit", "expect A.unknown == 1 and A.ghosts == 1"},
	},
	4: {
		{
			"send 400 plain async rate=100/s retries=30 backoff=200ms total=9s as A &", "wait 1s", "proxy down", "wait 4s", "proxy up",
			"wait until A.done", "audit", "expect A.acked == 400 and A.absent == 0",
		},
		{
			"send 100 fire-and-forget async rate=100/s as A", "wait until A.done", "wait 300ms", "proxy down", "wait 2s", "proxy up",
			"send 100 fire-and-forget async rate=100/s as A", "wait until A.done", "audit", "expect A.fired > A.copies",
		},
		{"send 400 plain async rate=100/s as C &", "wait 1s", "proxy down", "wait 600ms", "proxy up", "wait until C.done", "audit", "expect C.acked == 400 and C.lost == 0"},
	},
	5: {
		{"send 10 plain async as A", "wait until A.done", "audit", "expect duplicates == 0"},
		{
			"toxic latency latency=5s stream=downstream", "send 10 idempotent async linger=100ms as A", "wait until A.done timeout=20s", "audit",
			"expect A.unknown == 10 and A.absent == 0",
		},
		{"send 1 plain sync partition=9 as A", "audit", "expect A.failed == 1 and A.absent == 1"},
	},
	6: {
		{"toxic bandwidth rate=1 stream=downstream", "send 1 plain sync request=40ms backoff=20ms as A", "audit", "expect A.duplicates == 1"},
		{"toxic latency latency=5s stream=downstream", "send 1 plain sync retries=0 request=9s total=10s as A", "audit", "expect A.acked == 1 and A.copies == 1"},
		{
			"toxic latency latency=5s stream=downstream", "send 1 idempotent async as A", "after 1700ms toxics clear", "wait until A.done", "audit",
			"expect A.acked == 1 and A.attempts == 2 and A.copies == 1",
		},
	},
}

// probes are the examination of a hidden fault: a small patient probe, and a
// large one.
var probes = []string{
	"send 1 plain async retries=0 request=9s total=10s as S &", "send 1 plain async retries=0 request=9s total=10s size=5KB as L &",
	"wait until S.done and L.done timeout=20s", "audit",
}

// exercises solves the exercise of a module at the prompt.
func (s *sitting) exercises(m *course.Module) {
	var typed []string
	for _, lines := range solutions[m.Number] {
		s.carriesOut(lines)
		typed = append(typed, lines...)
	}
	switch m.Number {
	case 5: // the condition can fail: it does under a fault that is taken away in time
		late := []string{"toxic latency latency=5s stream=downstream", "send 10 plain async as A", "after 2500ms toxics clear", "wait until A.done", "expect A.acked == 10", "audit"}
		s.carriesOut(late)
		s.types("expect duplicates == 0")
		s.offers("✗ expect duplicates == 0")
	case 6:
		s.carriesOut(append([]string{"fault hidden"}, probes...))
		s.names()
		typed = append(typed, "expect diagnosed")
		if failed := s.typesAll([]string{"expect diagnosed"}); failed != "" {
			s.Fatal(failed)
		}
	}
	s.cleans()
	for _, b := range m.Steps[len(m.Steps)-1].Blocks {
		if note, is := b.(course.Note); is {
			for _, proof := range regexp.MustCompile("`(expect [^`]*)`").FindAllStringSubmatch(oneLine(note.Markdown), -1) {
				if !slices.Contains(typed, proof[1]) {
					s.Errorf("module %d: nobody wrote %s", m.Number, proof[1])
				}
			}
		}
	}
}

// carriesOut types lines on a clean bench; all of them once more where the
// machine stood still meanwhile.
func (s *sitting) carriesOut(lines []string) {
	s.Helper()
	standstilltest.Try(s, func(t testing.TB) {
		s.cleans()
		if failed := s.typesAll(lines); failed != "" {
			t.Fatal(failed)
		}
	})
}

// typesAll types lines one by one, until one fails: which, and the screen.
func (s *sitting) typesAll(lines []string) (failed string) {
	s.Helper()
	for _, line := range lines {
		s.types(line)
		if failed = s.succeeds(line); failed != "" {
			break
		}
	}
	return failed
}

// cleans resets the bench.
func (s *sitting) cleans() {
	s.press("r")
	s.until("a clean bench", func(m *Model, _ string) bool { return len(m.session.runs) == 0 })
	if failed := s.succeeds("reset"); failed != "" {
		s.Fatal(failed)
	}
}

// succeeds reads at the prompt that a line was carried out, or is under way; else
// it says that it failed, and the screen.
func (s *sitting) succeeds(line string) (failed string) {
	s.Helper()
	const shown = 16 // of a line at the prompt, at least
	line = strings.TrimRight(line[:min(len(line), shown)], " ")
	s.until("the line "+line, func(m *Model, screen string) bool {
		row := strings.Split(screen, "\n")[m.screen.Prompt.Y]
		if strings.Contains(row, "✗") {
			failed = line + " failed:\n" + screen
			return true
		}
		return strings.Contains(row, " "+line)
	})
	return failed
}

// investigates names the fault that an experiment of the step has hidden, where
// none of its lines does. Of the first, the direction is mistaken once.
func (s *sitting) investigates(step *course.Step) {
	hides := false
	for _, b := range step.Blocks {
		if l, is := b.(course.Lab); is {
			hides = strings.Contains(l.Source, "fault hidden") && !strings.Contains(l.Source, "fault is")
		}
	}
	if !hides {
		return
	}
	if s.errs("fault") {
		fault := s.diagnosis()
		if strings.Contains(fault, "upstream") {
			fault = strings.Replace(fault, "upstream", "downstream", 1)
		} else {
			fault = strings.Replace(fault, "downstream", "upstream", 1)
		}
		s.types("fault is " + fault)
		s.reads(s.say("Not yet. Kind: right. Direction: no.", "Pas encore. Genre : juste. Sens : non."))
	}
	s.names()
}

// names says at the prompt what the hidden fault is.
func (s *sitting) names() {
	fault := s.diagnosis()
	s.types("fault is " + fault)
	s.reads(s.say("Yes: ", "Oui : "))
}

// diagnosis is what the moments of the two probes say of the fault. A learner
// reads them off the lanes.
func (s *sitting) diagnosis() (fault string) {
	s.look(func(m *Model) {
		var small, large *ledger.Attempt
		for _, message := range m.book.Snapshot().Messages {
			at := m.book.Snapshot().Attempt(message.Attempts[0])
			switch message.Label {
			case "S":
				small = at
			case "L":
				large = at
			}
		}
		there, back := small.Arrived-small.Departed, small.Heard-small.Answered
		switch {
		case small.Arrived < 0:
			fault = fmt.Sprintf("timeout timeout=%dms stream=upstream", (small.Ended - small.Departed).Milliseconds())
		case small.Heard < 0:
			fault = fmt.Sprintf("timeout timeout=%dms stream=downstream", (small.Ended - small.Departed).Milliseconds())
		case large.Arrived-large.Departed > 2*there && there > back:
			fault = fmt.Sprintf("bandwidth rate=%.0f stream=upstream", float64(large.Size)/float64((large.Arrived-large.Departed).Milliseconds()))
		case there > back:
			fault = fmt.Sprintf("latency latency=%dms stream=upstream", there.Milliseconds())
		default:
			fault = fmt.Sprintf("latency latency=%dms stream=downstream", back.Milliseconds())
		}
	})
	return fault
}
