package cluster

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"atelier/assets/words"
	"atelier/kafka/access"

	"github.com/twmb/franz-go/pkg/kmsg"
)

// InWords says why a connection did not come to be, looking at the port once
// more where that tells.
func InWords(ctx context.Context, a *access.Access, err error) error {
	var refused *access.Refused
	if !errors.As(err, &refused) {
		return err
	}
	switch refused.Step {
	case access.Connecting:
		return unreachableInWords(refused.Address, refused.Cause)
	case access.Encrypting:
		return tlsInWords(ctx, a, refused.Address, refused.Cause)
	}
	switch {
	case len(refused.Offered) > 0:
		return words.Errorf(
			"the broker at %s does not take %s: it takes %s. Set sasl.mechanism to one of these",
			"le broker %s n’accepte pas %s : il accepte %s. Donnez l’une de ces valeurs à sasl.mechanism",
			refused.Address, a.Mechanism, strings.Join(printable(refused.Offered), ", "))
	case errors.Is(err, access.ErrCredentials):
		return words.Errorf(
			"the broker at %s refuses the user %q: the name or the password is wrong, or this user has no %s password. Check sasl.username and sasl.password",
			"le broker %s refuse l’utilisateur %q : le nom ou le mot de passe est faux, ou cet utilisateur n’a pas de mot de passe %s. Vérifiez sasl.username et sasl.password",
			refused.Address, a.Username, a.Mechanism)
	case looksKafka(ctx, plainly(a), refused.Address):
		return words.Errorf(
			"the broker at %s answers, but does no SASL on this port. Set security.protocol=%s, or take the port of its SASL listener",
			"le broker %s répond, mais ne fait pas de SASL sur ce port. Mettez security.protocol=%s, ou prenez le port de son listener SASL",
			refused.Address, plainly(a).Protocol)
	}
	return silentInWords(ctx, a, refused.Address, refused.Cause)
}

// plainly is the same access without SASL.
func plainly(a *access.Access) *access.Access {
	if a.Encrypted() {
		return &access.Access{Protocol: access.SSL, TLS: a.TLS}
	}
	return &access.Access{Protocol: access.Plaintext}
}

// closedPort is an address where nobody listens, in words.
type closedPort struct{ error }

// Unwrap returns the words.
func (e closedPort) Unwrap() error { return e.error }

// silentPort is an address where somebody listens and nobody answers, in words.
type silentPort struct{ error }

// Unwrap returns the words.
func (e silentPort) Unwrap() error { return e.error }

// isDown says whether an address may be that of a broker that is down or frozen:
// it can come back, and nothing there has to be changed.
func isDown(err error) bool {
	var closed closedPort
	var silent silentPort
	return errors.As(err, &closed) || errors.As(err, &silent)
}

// unreachableInWords says why nobody could be connected to.
func unreachableInWords(address string, err error) error {
	var dns *net.DNSError
	var timeout net.Error
	host, _, _ := net.SplitHostPort(address)
	switch {
	case errors.As(err, &dns):
		return words.Errorf(
			"the name %q of %s does not resolve (%s). Is it spelt right, and known to this machine (DNS, hosts file, VPN)?",
			"le nom %q de %s est introuvable (%s). Est-il bien écrit, et connu de cette machine (DNS, fichier hosts, VPN) ?", host, address, dns.Err)
	case isRefused(err):
		return closedPort{words.Errorf(
			"no broker answers at %s: nobody listens on this port. Is the cluster up, and is this the port of a listener?",
			"aucun broker ne répond à %s : personne n’écoute sur ce port. Le cluster est-il démarré, et est-ce le port d’un listener ?", address)}
	case errors.As(err, &timeout) && timeout.Timeout():
		return words.Errorf(
			"no broker answers at %s: no connection in time. A firewall, a VPN that is off, or a machine that is down?",
			"aucun broker ne répond à %s : pas de connexion à temps. Un pare-feu, un VPN coupé, ou une machine arrêtée ?", address)
	}
	return words.Errorf(
		"no broker answers at %s: %v. Write HOST:PORT of a listener",
		"aucun broker ne répond à %s : %v. Écrivez HÔTE:PORT d’un listener", address, err)
}

// tlsInWords says why TLS did not begin.
func tlsInWords(ctx context.Context, a *access.Access, address string, err error) error {
	var authority x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	host, _, _ := net.SplitHostPort(address)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return words.Errorf(
			"the certificate of the broker at %s is not valid now, only from %s to %s. Its owner must renew it; and is this machine's clock right?",
			"le certificat du broker %s n’est pas valable en ce moment, mais du %s au %s. Son propriétaire doit le renouveler ; et l’horloge de cette machine est-elle juste ?",
			address, moment(invalid.Cert.NotBefore), moment(invalid.Cert.NotAfter))
	case errors.As(err, &name):
		return words.Errorf(
			"the certificate of the broker at %s is not for %q but for %s. Use a name that it bears, in --brokers and in advertised.listeners",
			"le certificat du broker %s n’est pas au nom de %q mais de %s. Employez un nom qu’il porte, dans --brokers et dans advertised.listeners",
			address, host, namesOf(name.Certificate))
	case errors.As(err, &authority):
		return words.Errorf(
			"the certificate of the broker at %s is signed by an authority that is not trusted here. Give the authority's certificate: ssl.ca.location=ca.pem",
			"le certificat du broker %s est signé par une autorité qui n’est pas reconnue ici. Donnez le certificat de l’autorité : ssl.ca.location=ca.pem", address)
	case wantsCertificate(err):
		return clientCertificateInWords(address, err)
	case looksKafka(ctx, nil, address):
		plain := access.Plaintext
		if a.Authenticated() && len(mechanisms(ctx, nil, address)) > 0 {
			plain = access.SASLPlaintext
		}
		return words.Errorf(
			"the broker at %s speaks plain Kafka on this port, not TLS. Set security.protocol=%s, or take the port of its TLS listener",
			"le broker %s parle Kafka en clair sur ce port, pas TLS. Mettez security.protocol=%s, ou prenez le port de son listener TLS", address, plain)
	}
	if err := strangerInWords(a, address, banner(ctx, nil, address)); err != nil {
		return err
	}
	switch {
	case isTimeout(err):
		return hangsInWords(address)
	case hungUp(err):
		return hangsUpInWords(address)
	}
	return words.Errorf(
		"TLS with the broker at %s does not begin: %v. Is this the port of a TLS listener?",
		"TLS avec le broker %s ne commence pas : %v. Est-ce le port d’un listener TLS ?", address, err)
}

// wantsCertificate says whether a broker ended TLS for want of a certificate
// of ours. Go gives the alerts of the other end no type.
func wantsCertificate(err error) bool {
	text := err.Error()
	for _, alert := range []string{
		"certificate required", "bad certificate", "unknown certificate", "expired certificate", "revoked certificate", "handshake failure",
	} {
		if strings.Contains(text, "remote error: tls: "+alert) {
			return true
		}
	}
	return false
}

func clientCertificateInWords(address string, err error) error {
	return words.Errorf(
		"the broker at %s wants a certificate of ours, and one that it trusts: %v. Set ssl.certificate.location and ssl.key.location; if they are set, is that certificate still valid, and of the right authority?",
		"le broker %s veut un certificat de notre part, et qu’il reconnaisse : %v. Définissez ssl.certificate.location et ssl.key.location ; s’ils le sont, ce certificat est-il encore valable, et de la bonne autorité ?", address, err)
}

// silentInWords says why a port took a connection and gave no answer of
// Kafka's.
func silentInWords(ctx context.Context, a *access.Access, address string, err error) error {
	var other *access.NotKafka
	switch {
	case wantsCertificate(err):
		return clientCertificateInWords(address, err)
	case errors.As(err, &other):
		if err := strangerInWords(a, address, other.Began); err != nil {
			return err
		}
		return words.Errorf(
			"what answers at %s is not Kafka: its answer begins with %q. Is this the port of a broker?",
			"ce qui répond à %s n’est pas Kafka : la réponse commence par %q. Est-ce le port d’un broker ?", address, other.Began)
	case isTimeout(err):
		// Some wait for the end of a line before they complain.
		if err := strangerInWords(a, address, banner(ctx, plainly(a), address)); err != nil {
			return err
		}
		return hangsInWords(address)
	}
	// It hung up. A door that wants more than we showed?
	if offered := mechanisms(ctx, a, address); len(offered) > 0 && !a.Authenticated() {
		protocol := access.SASLPlaintext
		if a.Encrypted() {
			protocol = access.SASLSSL
		}
		return words.Errorf(
			"the broker at %s wants to know who we are: it takes %s. Set security.protocol=%s, sasl.mechanism, sasl.username and sasl.password (--command-config)",
			"le broker %s veut savoir qui nous sommes : il accepte %s. Définissez security.protocol=%s, sasl.mechanism, sasl.username et sasl.password (--command-config)",
			address, strings.Join(printable(offered), ", "), protocol)
	}
	if !a.Encrypted() && speaksTLS(ctx, address) {
		return encryptedInWords(a, address)
	}
	if hungUp(err) {
		return hangsUpInWords(address)
	}
	return words.Errorf(
		"%s accepts connections, but does not answer as Kafka does: %v. Is this the port of a broker?",
		"%s accepte les connexions mais ne répond pas comme Kafka : %v. Est-ce le port d’un broker ?", address, err)
}

func hangsInWords(address string) error {
	return silentPort{words.Errorf(
		"%s accepts connections, but says nothing within %s. Is the broker overloaded or frozen, or is this another service's port?",
		"%s accepte les connexions mais se tait pendant %s. Le broker est-il débordé ou figé, ou est-ce le port d’un autre service ?",
		address, answerTimeout)}
}

// hungUp says whether the other end closed the connection.
func hungUp(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

func hangsUpInWords(address string) error {
	return words.Errorf(
		"%s accepts connections and hangs up without a word. Is this the port of a broker, and does what stands before it (a proxy, a port forwarding) still lead to one?",
		"%s accepte les connexions et raccroche sans un mot. Est-ce le port d’un broker, et ce qui se tient devant lui (un proxy, un renvoi de port) mène-t-il encore à un broker ?",
		address)
}

// encryptedInWords says that a port speaks TLS, where we spoke in plain text.
func encryptedInWords(a *access.Access, address string) error {
	protocol := access.SSL
	if a.Authenticated() {
		protocol = access.SASLSSL
	}
	return words.Errorf(
		"the port %s speaks TLS, and we spoke to it in plain text. Set security.protocol=%s (--command-config), or take the port of a plain listener",
		"le port %s parle TLS, et nous lui avons parlé en clair. Mettez security.protocol=%s (--command-config), ou prenez le port d’un listener en clair",
		address, protocol)
}

// strangerInWords knows some that are no brokers by how they answer.
func strangerInWords(a *access.Access, address string, began []byte) error {
	var who string
	switch {
	case bytes.HasPrefix(began, []byte("HTTP")), bytes.HasPrefix(began, []byte("<")):
		who = "HTTP"
	case bytes.HasPrefix(began, []byte("SSH-")):
		who = "SSH"
	case isTLS(began):
		return encryptedInWords(a, address)
	default:
		return nil
	}
	return words.Errorf(
		"%s is not a Kafka broker: it speaks %s. Give the port of a listener (often 9092)",
		"%s n’est pas un broker Kafka : il parle %s. Donnez le port d’un listener (souvent 9092)", address, who)
}

// produceVersion is the version of the requests that our producers send: those
// of Kafka 2.8.
const produceVersion = 9

func oldInWords(address string, answer *kmsg.ApiVersionsResponse) error {
	for _, key := range answer.ApiKeys {
		if key.ApiKey == kmsg.Produce.Int16() && key.MaxVersion < produceVersion {
			return words.Errorf(
				"the broker at %s is older than Kafka 2.8, the oldest that this lab works with. Give it a newer one",
				"le broker %s est plus ancien que Kafka 2.8, le plus ancien que ce labo accepte. Donnez-lui en un plus récent", address)
		}
	}
	return nil
}

// isTLS knows a record of TLS by its first bytes: an alert or a handshake.
func isTLS(began []byte) bool {
	return len(began) >= 2 && (began[0] == 0x15 || began[0] == 0x16) && began[1] == 3
}

// isRefused says whether nobody listens; Windows has a number of its own for it.
func isRefused(err error) bool {
	const onWindows = syscall.Errno(10061)
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, onWindows)
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

func moment(t time.Time) words.Text {
	return words.Text{En: words.English.Moment(t), Fr: words.French.Moment(t)}
}

// namesOf lists the names that a certificate bears.
func namesOf(c *x509.Certificate) string {
	names := printable(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		names = printable([]string{c.Subject.CommonName})
	}
	return strings.Join(names, ", ")
}

// printable takes from words of others what is no plain text.
func printable(texts []string) []string {
	clean := make([]string, 0, len(texts))
	for _, t := range texts {
		clean = append(clean, strings.Map(func(r rune) rune {
			if r < ' ' || r > '~' {
				return '·'
			}
			return r
		}, t))
	}
	return clean
}
