package access

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"os"
	"strings"

	"atelier/assets/words"
)

// encryption makes the TLS settings.
func (s *settings) encryption(a *Access) error {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	for _, check := range []func(*tls.Config) error{s.stores, s.trust, s.identity, s.verification} {
		if err := check(config); err != nil {
			return err
		}
	}
	a.TLS = config
	return nil
}

// stores refuses Java's own formats, in words.
func (s *settings) stores(*tls.Config) error {
	for _, key := range []string{keyTrustType, keyStoreType} {
		if p, ok := s.set[key]; ok && !strings.EqualFold(p.value, "PEM") {
			return words.Errorf(
				"%s: %s=%s can't be read here: export it as PEM (keytool -exportcert -rfc, or openssl pkcs12 -nodes) and write %[2]s=PEM",
				"%s : %s=%s n’est pas lisible ici : exportez-le en PEM (keytool -exportcert -rfc, ou openssl pkcs12 -nodes) et écrivez %[2]s=PEM",
				p.where, key, p.value)
		}
	}
	for _, key := range []string{keyTrustPassword, keyStorePassword} {
		if p, ok := s.set[key]; ok {
			s.warn("%s: %s has no effect: PEM files take ssl.key.password", "%s : %s est sans effet : les fichiers PEM prennent ssl.key.password", p.where, key)
		}
	}
	return nil
}

// pick returns the PEM text of the first setting that is there: a file's, or
// one that stands in the setting itself.
func (s *settings) pick(files, texts []string) (text []byte, from property, err error) {
	for _, key := range files {
		if p, ok := s.set[key]; ok {
			text, err := os.ReadFile(p.value)
			if err != nil {
				return nil, p, words.Errorf("%s: %s can't be read: %v", "%s : %s est illisible : %v", p.where, key, err)
			}
			return text, p, nil
		}
	}
	for _, key := range texts {
		if p, ok := s.set[key]; ok {
			return []byte(p.value), p, nil
		}
	}
	return nil, property{}, nil
}

// trust reads the authorities; without any, the system's own are trusted.
func (s *settings) trust(config *tls.Config) error {
	text, from, err := s.pick([]string{keyCA, keyTrust}, []string{keyCAText, keyTrustText})
	if err != nil || from.key == "" {
		return err
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(text) {
		return words.Errorf(
			"%s: %s holds no certificate in PEM (-----BEGIN CERTIFICATE-----). A Java keystore is exported with keytool -exportcert -rfc",
			"%s : %s ne contient aucun certificat PEM (-----BEGIN CERTIFICATE-----). Un keystore Java s’exporte avec keytool -exportcert -rfc",
			from.where, from.key)
	}
	return nil
}

// identity reads our own certificate and its key, where the broker wants one.
func (s *settings) identity(config *tls.Config) error {
	chain, certificate, err := s.pick([]string{keyCertificate, keyStore}, []string{keyCertificatePEM, keyStoreChain})
	if err != nil {
		return err
	}
	key, from, err := s.pick([]string{keyKey}, []string{keyKeyPEM, keyStoreKey})
	if err != nil {
		return err
	}
	if from.key == "" {
		key, from = chain, certificate // a PEM keystore holds both
	}
	switch {
	case certificate.key == "" && from.key == "":
		return nil
	case certificate.key == "":
		return words.Errorf(
			"%s: %s without a certificate: add ssl.certificate.location",
			"%s : %s sans certificat : ajoutez ssl.certificate.location", from.where, from.key)
	}
	if key, err = openKey(key, s.set[keyKeyPassword].value); err != nil {
		return words.Errorf("%s: %s: %v", "%s : %s : %v", from.where, from.key, err)
	}
	pair, err := tls.X509KeyPair(chain, key)
	if err != nil {
		return words.Errorf(
			"%s: this certificate and its key (%s) can't be used: %v",
			"%s : ce certificat et sa clé (%s) sont inutilisables : %v", certificate.where, from.where, err)
	}
	config.Certificates = []tls.Certificate{pair}
	return nil
}

// openKey returns the key of a PEM text, decrypted.
func openKey(text []byte, password string) ([]byte, error) {
	for rest := text; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return nil, words.Errorf("no private key in PEM here", "pas de clé privée PEM ici")
		}
		legacy := strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED")
		if !strings.HasSuffix(block.Type, "PRIVATE KEY") {
			continue
		}
		encrypted := block.Type == "ENCRYPTED PRIVATE KEY"
		switch {
		case !encrypted && !legacy:
			return pem.EncodeToMemory(block), nil
		case legacy:
			return nil, words.Errorf(
				"this key is encrypted in an outdated way: convert it with openssl pkcs8 -topk8",
				"cette clé est chiffrée d’une façon obsolète : convertissez-la avec openssl pkcs8 -topk8")
		case password == "":
			return nil, words.Errorf(
				"this key is encrypted: set ssl.key.password, or %s",
				"cette clé est chiffrée : définissez ssl.key.password, ou %s", Variable(keyKeyPassword))
		}
		der, err := decryptPKCS8(block.Bytes, password)
		if err != nil {
			return nil, err
		}
		return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
	}
}

// verification reads how strictly the broker's certificate is looked at.
func (s *settings) verification(config *tls.Config) error {
	if p, ok := s.set[keyVerify]; ok {
		switch strings.ToLower(p.value) {
		case "true":
		case "false":
			s.warn("%s: the brokers' certificates are not verified: anybody in between can read along",
				"%s : les certificats des brokers ne sont pas vérifiés : n’importe qui peut lire au passage", p.where)
			config.InsecureSkipVerify = true
			return nil
		default:
			return words.Errorf("%s: %s is true or false, not %q", "%s : %s vaut true ou false, non %q", p.where, p.key, p.value)
		}
	}
	p, ok := s.set[keyIdentify]
	switch {
	case !ok || strings.EqualFold(p.value, "https"):
		return nil
	case p.value != "" && !strings.EqualFold(p.value, "none"):
		return words.Errorf("%s: %s is https or none, not %q", "%s : %s vaut https ou none, non %q", p.where, p.key, p.value)
	}
	// Go verifies either all or nothing: the chain is verified here.
	config.InsecureSkipVerify = true
	roots := config.RootCAs
	config.VerifyConnection = func(state tls.ConnectionState) error {
		options := x509.VerifyOptions{Roots: roots, Intermediates: x509.NewCertPool()}
		for _, c := range state.PeerCertificates[1:] {
			options.Intermediates.AddCert(c)
		}
		_, err := state.PeerCertificates[0].Verify(options)
		return err
	}
	return nil
}
