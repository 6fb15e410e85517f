package cluster

import (
	"net"
	"testing"
)

// apart are ports that no atelier gives.
func apart() *ports { return &ports{first: 16_000, last: 18_000} }

// A port that nobody listens on just now is not given again before the others
// are.
func TestPortsAreGivenInTurn(t *testing.T) {
	p := apart()
	defer p.close(t)
	seen := map[int]bool{}
	for range 100 { // of a stretch: others may have some of it
		port := give(t, p)
		if seen[port] {
			t.Fatalf("%d is given again", port)
		}
		seen[port] = true
	}
}

// No atelier gives ports from another's stretch while there are some without an
// owner; after that it still gives ports.
func TestEachAtelierGivesPortsOfItsOwn(t *testing.T) {
	owners := map[int]int{}
	var all []*ports
	for i := range 4 + 2 {
		p := apart()
		defer p.close(t)
		all = append(all, p)
		give(t, p)
		s := p.stretches[0]
		if owner, has := owners[s.first]; has && s.mark != nil {
			t.Errorf("%d and %d have the stretch from %d", owner, i, s.first)
		}
		owners[s.first] = i
	}
	if last := all[len(all)-1].stretches[0]; last.mark != nil {
		t.Errorf("the last one says that the stretch from %d is its own", last.first)
	}
}

func TestAStretchThatIsUsedUp(t *testing.T) {
	p := apart()
	defer p.close(t)
	held := map[int]bool{}
	for range stretchLength + 1 {
		l, err := p.listen()
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		held[l.Addr().(*net.TCPAddr).Port] = true
	}
	if len(held) != stretchLength+1 || len(p.stretches) < 2 {
		t.Errorf("%d ports of %d stretches", len(held), len(p.stretches))
	}
}

// give returns a port that nobody listens on any more.
func give(t *testing.T, p *ports) int {
	t.Helper()
	l, err := p.listen()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (p *ports) close(t *testing.T) {
	for _, s := range p.stretches {
		if s.mark == nil {
			continue
		}
		if err := s.mark.Close(); err != nil {
			t.Error(err)
		}
	}
}
