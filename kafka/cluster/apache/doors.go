package apache

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Door is a listener of every broker beside its plain one, which the cluster's
// own commands take: with it a cluster lets its clients in as a company's does.
type Door struct {
	Name     string // of the listener: capital letters
	Protocol string // of it, in Kafka's own names: SASL_SSL
	// Settings are the listener's own, in Kafka's own names, without the
	// listener.name.<name> that Kafka wants before them.
	Settings map[string]string
}

// DoorAddresses are where the brokers, by id, keep a door; nil where there is
// none of that name.
func (c *Cluster) DoorAddresses(name string) []string {
	at := slices.IndexFunc(c.options.Doors, func(d Door) bool { return d.Name == name })
	if at < 0 {
		return nil
	}
	var list []string
	for _, n := range c.brokers {
		list = append(list, n.doors[at])
	}
	return list
}

// listeners are a broker's listeners, advertised as they are, and the settings
// of its doors.
func (n *node) listeners(doors []Door) string {
	listeners, protocols := []string{"PLAINTEXT://" + n.address}, []string{"CONTROLLER:PLAINTEXT", "PLAINTEXT:PLAINTEXT"}
	var b strings.Builder
	for i, d := range doors {
		listeners = append(listeners, d.Name+"://"+n.doors[i])
		protocols = append(protocols, d.Name+":"+d.Protocol)
		for _, key := range slices.Sorted(maps.Keys(d.Settings)) {
			fmt.Fprintf(&b, "listener.name.%s.%s=%s\n", strings.ToLower(d.Name), key, escaped(d.Settings[key]))
		}
	}
	all := strings.Join(listeners, ",")
	return fmt.Sprintf("listeners=%s\nadvertised.listeners=%[1]s\nlistener.security.protocol.map=%s\n", all, strings.Join(protocols, ",")) + b.String()
}

// escaped is a value as a properties file writes it.
func escaped(value string) string {
	return strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(value)
}
