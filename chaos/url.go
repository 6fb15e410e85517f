package chaos

import "net"

// Everywhere says whether an address to listen on is every address of this
// machine.
func Everywhere(addr string) bool { return isUnspecified(hostOf(addr)) }

// OnLoopback says whether an address to listen on is reached from this machine
// alone.
func OnLoopback(addr string) bool { return isLoopback(hostOf(addr)) }

// URL is where what listens on an address is reached from this machine: nobody
// can open http://[::]:8474.
func URL(addr string) string {
	if Everywhere(addr) {
		_, port, _ := net.SplitHostPort(addr)
		addr = net.JoinHostPort("127.0.0.1", port)
	}
	return "http://" + addr
}
