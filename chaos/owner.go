package chaos

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"syscall"
)

// owner is a bench on a Toxiproxy that it does not have for itself, written
// atelier-<host>-<pid>-<random>. Its proxies are called <owner>-broker-<id>,
// its toxics <name>.<owner>: so benches don't collide, each knows its own, and
// what a killed one left can be told from what is in use.
type owner string

func newOwner() owner {
	var random [3]byte
	_, _ = rand.Read(random[:]) // since Go 1.24 it cannot fail
	return owner(fmt.Sprintf("atelier-%s-%d-%s", host(), os.Getpid(), hex.EncodeToString(random[:])))
}

func (o owner) proxy(broker int32) string { return fmt.Sprintf("%s-broker-%d", o, broker) }

func (o owner) suffix() string { return "." + string(o) }

var (
	ownedProxy = regexp.MustCompile(`^atelier-([0-9a-f]{8})-([0-9]+)-[0-9a-f]+-broker-[0-9]+$`)
	ownedToxic = regexp.MustCompile(`\.atelier-([0-9a-f]{8})-([0-9]+)-[0-9a-f]+$`)
)

// isOwned says whether a proxy is a bench's own.
func isOwned(proxy string) bool { return ownedProxy.MatchString(proxy) }

// isLeft says whether a name is one of a bench of this host whose process is
// gone. A process number that somebody else has by now counts as alive.
func isLeft(owned *regexp.Regexp, name string) bool {
	parts := owned.FindStringSubmatch(name)
	if parts == nil || parts[1] != host() {
		return false
	}
	pid, err := strconv.Atoi(parts[2])
	return err == nil && !alive(pid)
}

// host tells apart those among whom a process number means one process: the
// machine, since it was started, and, on Linux, the container.
func host() string {
	name, _ := os.Hostname() // without one, all nameless hosts are one
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	if boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id"); err == nil {
		_, _ = h.Write(boot)
	}
	if space, err := os.Readlink("/proc/self/ns/pid"); err == nil {
		_, _ = h.Write([]byte(space))
	}
	return fmt.Sprintf("%08x", h.Sum32())
}

// alive says whether a process runs, or may.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false // Windows looks at once
	}
	defer func() { _ = p.Release() }()
	if runtime.GOOS == "windows" {
		return true
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, os.ErrPermission)
}
