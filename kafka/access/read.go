package access

import (
	"slices"
	"strings"

	"atelier/assets/words"
)

// The names of settings: Kafka's own, and librdkafka's where they differ.
const (
	keyProtocol       = "security.protocol"
	keyMechanism      = "sasl.mechanism"
	keyMechanisms     = "sasl.mechanisms"
	keyUsername       = "sasl.username"
	keyPassword       = "sasl.password"
	keyJAAS           = "sasl.jaas.config"
	keyCA             = "ssl.ca.location"
	keyCAText         = "ssl.ca.pem"
	keyTrustType      = "ssl.truststore.type"
	keyTrust          = "ssl.truststore.location"
	keyTrustText      = "ssl.truststore.certificates"
	keyTrustPassword  = "ssl.truststore.password"
	keyCertificate    = "ssl.certificate.location"
	keyCertificatePEM = "ssl.certificate.pem"
	keyKey            = "ssl.key.location"
	keyKeyPEM         = "ssl.key.pem"
	keyKeyPassword    = "ssl.key.password"
	keyStoreType      = "ssl.keystore.type"
	keyStore          = "ssl.keystore.location"
	keyStorePassword  = "ssl.keystore.password"
	keyStoreChain     = "ssl.keystore.certificate.chain"
	keyStoreKey       = "ssl.keystore.key"
	keyIdentify       = "ssl.endpoint.identification.algorithm"
	keyVerify         = "enable.ssl.certificate.verification"
)

// known lists the settings that are read, in a file or as a variable.
var known = []string{
	keyProtocol, keyMechanism, keyMechanisms, keyUsername, keyPassword, keyJAAS,
	keyCA, keyCAText, keyTrustType, keyTrust, keyTrustText, keyTrustPassword,
	keyCertificate, keyCertificatePEM, keyKey, keyKeyPEM, keyKeyPassword,
	keyStoreType, keyStore, keyStorePassword, keyStoreChain, keyStoreKey, keyIdentify, keyVerify,
}

// secret lists the settings that are nobody's business. A command line is
// everybody's: the system shows it to whoever asks what runs.
var secret = []string{keyPassword, keyJAAS, keyTrustPassword, keyKeyPEM, keyKeyPassword, keyStorePassword, keyStoreKey}

// Variable is the environment variable of a setting: ATELIER_SASL_PASSWORD for
// sasl.password.
func Variable(key string) string {
	return "ATELIER_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// settings are properties by name, each with its place; later ones win.
type settings struct {
	set      map[string]property
	warnings []words.Text
}

// Sources are where settings come from; each wins over those before it.
type Sources struct {
	File   string                   // a properties file; empty: none
	Getenv func(name string) string // the environment
	Given  []string                 // NAME=VALUE, of the command line
}

// Read reads how a cluster lets us in. Where nothing is set it is a plain
// listener. The warnings name what was not understood or has no effect; neither
// they nor an error hold a secret.
func Read(from Sources) (*Access, []words.Text, error) {
	s := &settings{set: map[string]property{}}
	if from.File != "" {
		properties, err := readProperties(from.File)
		if err != nil {
			return nil, nil, err
		}
		if err := s.take(properties); err != nil {
			return nil, nil, err
		}
	}
	for _, key := range known {
		if value := from.Getenv(Variable(key)); value != "" {
			s.put(property{key, value, Variable(key)})
		}
	}
	given, err := readGiven(from.Given)
	if err == nil {
		err = s.take(given)
	}
	if err != nil {
		return nil, nil, err
	}
	a, err := s.access()
	return a, s.warnings, err
}

// take sets those properties that are read here.
func (s *settings) take(properties []property) error {
	for _, p := range properties {
		if slices.Contains(known, p.key) {
			s.put(p)
			continue
		}
		if err := misspelt(p); err != nil {
			return err
		}
		s.warn("%s: %s is not used here", "%s : %s n’est pas utilisé ici", p.where, p.key)
	}
	return nil
}

// put sets a property; librdkafka's plural and Kafka's singular are one.
func (s *settings) put(p property) {
	if p.key == keyMechanisms {
		p.key = keyMechanism
	}
	s.set[p.key] = p
}

func (s *settings) warn(en, fr string, args ...any) {
	s.warnings = append(s.warnings, words.Textf(en, fr, args...))
}

func (s *settings) access() (*Access, error) {
	a := &Access{Protocol: Plaintext}
	protocol, given := s.set[keyProtocol]
	if given {
		a.Protocol = Protocol(strings.ToUpper(protocol.value))
		if !slices.Contains(Protocols(), string(a.Protocol)) {
			return nil, words.Errorf(
				"%s: unknown security.protocol %q: choose PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL",
				"%s : security.protocol %q inconnu : choisissez PLAINTEXT, SSL, SASL_PLAINTEXT ou SASL_SSL", protocol.where, protocol.value)
		}
	}
	if err := s.idle(a, given); err != nil {
		return nil, err
	}
	if a.Authenticated() {
		if err := s.credentials(a); err != nil {
			return nil, err
		}
	}
	if a.Encrypted() {
		if err := s.encryption(a); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// idle finds settings that the protocol leaves without effect. Where nobody
// chose the protocol that is a mistake: the connection would be open.
func (s *settings) idle(a *Access, given bool) error {
	for _, key := range known {
		p, ok := s.set[key]
		if !ok || key == keyProtocol {
			continue
		}
		if strings.HasPrefix(key, "sasl.") && a.Authenticated() || !strings.HasPrefix(key, "sasl.") && a.Encrypted() {
			continue
		}
		if !given {
			return words.Errorf(
				"%s: %s has no effect without security.protocol: add security.protocol=SASL_SSL (or SSL, or SASL_PLAINTEXT)",
				"%s : %s est sans effet sans security.protocol : ajoutez security.protocol=SASL_SSL (ou SSL, ou SASL_PLAINTEXT)", p.where, key)
		}
		s.warn("%s: %s has no effect with security.protocol=%s", "%s : %s est sans effet avec security.protocol=%s", p.where, key, a.Protocol)
	}
	return nil
}

func (s *settings) credentials(a *Access) error {
	protocol := s.set[keyProtocol].where
	mechanism, ok := s.set[keyMechanism]
	if !ok {
		return words.Errorf(
			"%s: which sasl.mechanism? Add sasl.mechanism=PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512",
			"%s : quel sasl.mechanism ? Ajoutez sasl.mechanism=PLAIN, SCRAM-SHA-256 ou SCRAM-SHA-512", protocol)
	}
	a.Mechanism = strings.ToUpper(mechanism.value)
	if !slices.Contains(Mechanisms(), a.Mechanism) {
		return words.Errorf(
			"%s: the sasl.mechanism %q is not known here: choose PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512",
			"%s : le sasl.mechanism %q n’est pas connu ici : choisissez PLAIN, SCRAM-SHA-256 ou SCRAM-SHA-512", mechanism.where, mechanism.value)
	}
	var password string
	if p, ok := s.set[keyJAAS]; ok {
		j, err := parseJAAS(p)
		if err != nil {
			return err
		}
		if (j.module == "PlainLoginModule") != (a.Mechanism == Plain) {
			return words.Errorf(
				"%s: %s does not go with sasl.mechanism=%s (%s)",
				"%s : %s ne va pas avec sasl.mechanism=%s (%s)", p.where, j.module, a.Mechanism, mechanism.where)
		}
		a.Username, password = j.username, j.password
	}
	if p, ok := s.set[keyUsername]; ok {
		a.Username = p.value
	}
	if p, ok := s.set[keyPassword]; ok {
		password = p.value
	}
	if a.Username == "" || password == "" {
		return words.Errorf(
			"%s: %s wants a user and a password: add sasl.username and sasl.password, or set %s and %s",
			"%s : %s demande un nom et un mot de passe : ajoutez sasl.username et sasl.password, ou définissez %s et %s",
			mechanism.where, a.Mechanism, Variable(keyUsername), Variable(keyPassword))
	}
	a.Password = NewSecret(password)
	return nil
}
