// Package accesstest makes what the tests of secured clusters need: an
// authority of their own, and certificates of it, good and bad.
package accesstest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Name is the common name of every certificate that an authority signs.
const Name = "atelier tests"

// Authority signs certificates for tests. What fails here is no test's
// subject: it panics.
type Authority struct {
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// NewAuthority makes an authority. Its files go with the test.
func NewAuthority(t testing.TB) *Authority { return In(t.TempDir()) }

// In makes an authority whose files are the caller's to remove.
func In(dir string) *Authority {
	a := &Authority{dir: dir, key: newKey()}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "an authority of the tests"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &a.key.PublicKey, a.key)
	must(err)
	a.cert, err = x509.ParseCertificate(der)
	must(err)
	return a
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	return key
}

// Certificate signs a certificate for hosts (names or addresses) that ends
// some time from now, or ended some time ago.
func (a *Authority) Certificate(ends time.Duration, hosts ...string) tls.Certificate {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: Name},
		NotBefore: time.Now().Add(ends - 2*time.Hour), NotAfter: time.Now().Add(ends),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	key := newKey()
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	must(err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// Good is a broker's certificate as it should be, on loopback.
func (a *Authority) Good() tls.Certificate {
	return a.Certificate(time.Hour, "127.0.0.1", "localhost")
}

// Server is a good broker's configuration, on loopback.
func (a *Authority) Server() *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{a.Good()}}
}

// Pool trusts the authority.
func (a *Authority) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return pool
}

// PEM is the authority's own certificate.
func (a *Authority) PEM() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw}))
}

// PEM is a certificate and its key.
func PEM(pair tls.Certificate) (certificate, key string) {
	der, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	must(err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// CAFile is the authority's own certificate, in PEM.
func (a *Authority) CAFile() string { return a.write("ca.pem", a.PEM()) }

// ClientFiles are a client's certificate and its key, in PEM.
func (a *Authority) ClientFiles() (certificate, key string) {
	certificate, key = PEM(a.Certificate(time.Hour, "client"))
	return a.write("client.pem", certificate), a.write("client.key", key)
}

func (a *Authority) write(name, text string) string {
	path := filepath.Join(a.dir, name)
	must(os.WriteFile(path, []byte(text), 0o600))
	return path
}
