package commandline

import (
	"net"
	"strconv"
	"strings"

	"atelier/assets/words"
)

// readBrokers reads where a Kafka that is there is reached.
func (a *Asked) readBrokers() error {
	if len(a.Brokers) > 0 && a.cluster != "" {
		return words.Errorf(
			"--brokers (or KAFKA_BOOTSTRAP_SERVERS) names a Kafka that is there, and --cluster asks for one of our own: give one of the two",
			"--brokers (ou KAFKA_BOOTSTRAP_SERVERS) désigne un Kafka qui existe, et --cluster en demande un à nous : donnez l’un des deux")
	}
	// First of all: a password with a comma in it is cut in two.
	for _, address := range a.Brokers {
		if strings.Contains(address, "@") {
			return words.Errorf(
				"--brokers takes HOST:PORT, and no user or password before an @: write those as sasl.username and sasl.password (--command-config)",
				"--brokers attend HÔTE:PORT, sans nom ni mot de passe devant un @ : ceux-ci s’écrivent sasl.username et sasl.password (--command-config)")
		}
	}
	for _, address := range a.Brokers {
		if strings.TrimSpace(address) == "" {
			return words.Errorf("--brokers: an address is missing beside a comma. Write HOST:PORT,HOST:PORT",
				"--brokers : il manque une adresse à côté d’une virgule. Écrivez HÔTE:PORT,HÔTE:PORT")
		}
	}
	for i, address := range a.Brokers {
		a.Brokers[i] = strings.TrimSpace(address)
		if err := checkAddress(a.Brokers[i]); err != nil {
			return err
		}
	}
	return nil
}

func checkAddress(address string) error {
	if scheme, rest, is := strings.Cut(address, "://"); is {
		return words.Errorf(
			"--brokers `%s://%s`: a broker is no URL. Write HOST:PORT, without %[1]s://",
			"--brokers `%s://%s` : un broker n’est pas une URL. Écrivez HÔTE:PORT, sans %[1]s://", scheme, rest)
	}
	host, port, err := net.SplitHostPort(address)
	number, wrong := strconv.Atoi(port)
	switch {
	case err != nil && !strings.Contains(address, ":"):
		return words.Errorf(
			"--brokers `%s`: the port is missing. Write HOST:PORT, for instance %[1]s:9092",
			"--brokers `%s` : il manque le port. Écrivez HÔTE:PORT, par exemple %[1]s:9092", address)
	case err != nil || strings.ContainsAny(host, "/ \t"):
		return words.Errorf(
			"--brokers `%s` is no address: write HOST:PORT, and an IPv6 host in brackets, as [::1]:9092",
			"--brokers `%s` n’est pas une adresse : écrivez HÔTE:PORT, et un hôte IPv6 entre crochets, comme [::1]:9092", address)
	case host == "":
		return words.Errorf(
			"--brokers `%s`: the host is missing. Write HOST:PORT, for instance localhost%[1]s",
			"--brokers `%s` : il manque l’hôte. Écrivez HÔTE:PORT, par exemple localhost%[1]s", address)
	case wrong != nil || number < 1 || number > 65535:
		return words.Errorf(
			"--brokers `%s`: %s is no port. Write a number from 1 to 65535, often 9092",
			"--brokers `%s` : %s n’est pas un port. Écrivez un nombre de 1 à 65535, souvent 9092", address, strconv.Quote(port))
	}
	return nil
}

// withoutUser is what may be said again of what stands where an address should.
func withoutUser(s string) string { return s[strings.LastIndex(s, "@")+1:] }
