package chaos

import (
	"net"
	"strconv"
	"strings"

	"atelier/assets/words"
)

// Map says which addresses are one place under two names: as this machine
// knows it, and as Toxiproxy does, which may run in a container. It holds for
// brokers and for the listeners of proxies alike.
type Map []Names

// Names are the two names of one place, each HOST:PORT.
type Names struct{ Ours, Theirs string }

// ParseMap reads OURS=THEIRS pairs. Its errors are for the learner.
func ParseMap(pairs []string) (Map, error) {
	var m Map
	for _, pair := range pairs {
		ours, theirs, ok := strings.Cut(pair, "=")
		names := Names{strings.TrimSpace(ours), strings.TrimSpace(theirs)}
		if !ok || !isAddress(names.Ours) || !isAddress(names.Theirs) || isUnspecified(hostOf(names.Ours)) {
			return nil, words.Errorf(
				"%q is no pair of addresses: write ours=theirs, as in localhost:9092=kafka:29092",
				"%q n’est pas une paire d’adresses : écrivez la nôtre=la sienne, comme localhost:9092=kafka:29092", pair)
		}
		m = append(m, names)
	}
	return m, nil
}

func isAddress(s string) bool {
	_, port, err := net.SplitHostPort(s)
	n, e := strconv.ParseUint(port, 10, 16)
	return err == nil && e == nil && n > 0
}

// theirs is what Toxiproxy calls an address of ours.
func (m Map) theirs(ours string) string {
	for _, n := range m {
		if sameAddress(n.Ours, ours) {
			return n.Theirs
		}
	}
	return ours
}

// ours is what we call an address of Toxiproxy's; false where nobody said.
func (m Map) ours(theirs string) (string, bool) {
	for _, n := range m {
		if sameAddress(n.Theirs, theirs) {
			return n.Ours, true
		}
	}
	return "", false
}

// sameAddress says whether two addresses are the same place on one machine:
// however they write its loopback, or that they mean all of its addresses.
func sameAddress(a, b string) bool {
	hostA, portA, errA := net.SplitHostPort(a)
	hostB, portB, errB := net.SplitHostPort(b)
	if errA != nil || errB != nil || portA != portB {
		return false
	}
	return strings.EqualFold(hostA, hostB) ||
		isLoopback(hostA) && isLoopback(hostB) || isUnspecified(hostA) && isUnspecified(hostB)
}

func hostOf(address string) string {
	host, _, _ := net.SplitHostPort(address)
	return host
}

// isLoopback says whether a host means the machine that says it.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// isUnspecified says whether a listener's host means all addresses.
func isUnspecified(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || ip != nil && ip.IsUnspecified()
}

// isHere says whether a host is this machine, by a name or an address of it.
func isHere(host string) bool {
	if isLoopback(host) {
		return true
	}
	ours, err := net.InterfaceAddrs()
	ips, e := net.LookupIP(host)
	if err != nil || e != nil {
		return false
	}
	for _, ip := range ips {
		for _, own := range ours {
			if n, ok := own.(*net.IPNet); ok && n.IP.Equal(ip) {
				return true
			}
		}
	}
	return false
}
