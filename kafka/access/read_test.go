package access_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/access"
	"atelier/kafka/access/accesstest"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "client.properties")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func none(string) string { return "" }

func from(variables map[string]string) func(string) string {
	return func(name string) string { return variables[name] }
}

func TestReading(t *testing.T) {
	authority := accesstest.NewAuthority(t)
	ca := authority.CAFile()
	certificate, key := authority.ClientFiles()
	caText, _ := os.ReadFile(ca)
	inline := strings.ReplaceAll(strings.TrimSpace(string(caText)), "\n", `\n`)
	for _, c := range []struct {
		name, text string
		env        map[string]string
		want       string // String's
		password   string
		warns      []string
	}{
		{name: "nothing", want: "PLAINTEXT"},
		{
			name: "Kafka's names", text: "security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\n" +
				"sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\\n" +
				"    username=\"alice\" \\\n    password=\"wonder \\\\\"land\\\\\"\";\nssl.truststore.type=PEM\nssl.truststore.location=" + ca,
			want: "SASL_SSL, SCRAM-SHA-512, user alice", password: `wonder "land"`,
		},
		{
			name: "librdkafka's names", text: "security.protocol = sasl_plaintext\nsasl.mechanisms: PLAIN\nsasl.username bob\nsasl.password=p@ss = w\n",
			want: "SASL_PLAINTEXT, PLAIN, user bob", password: "p@ss = w",
		},
		{
			name: "PlainLoginModule", text: "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\n" +
				"sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username='carol' password=secret;",
			want: "SASL_PLAINTEXT, PLAIN, user carol", password: "secret",
		},
		{
			name: "client certificate", text: "security.protocol=SSL\nssl.ca.location=" + ca + "\nssl.certificate.location=" + certificate + "\nssl.key.location=" + key,
			want: "SSL, client certificate",
		},
		{name: "authority in the file", text: "security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.certificates=" + inline, want: "SSL"},
		{name: "names unchecked", text: "security.protocol=SSL\nssl.endpoint.identification.algorithm=\n", want: "SSL"},
		{name: "nothing checked", text: "security.protocol=SSL\nenable.ssl.certificate.verification=false", want: "SSL", warns: []string{"client.properties:2", "not verified"}},
		{name: "the environment alone", env: map[string]string{
			"ATELIER_SECURITY_PROTOCOL": "SASL_PLAINTEXT", "ATELIER_SASL_MECHANISM": "SCRAM-SHA-256", "ATELIER_SASL_USERNAME": "dave", "ATELIER_SASL_PASSWORD": "secret",
		}, want: "SASL_PLAINTEXT, SCRAM-SHA-256, user dave", password: "secret"},
		{
			name: "the environment wins", text: "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.username=a\nsasl.password=b",
			env: map[string]string{"ATELIER_SASL_PASSWORD": "secret"}, want: "SASL_PLAINTEXT, PLAIN, user a", password: "secret",
		},
		{
			name: "what is not ours", text: "# ours\n! mine\nbootstrap.servers=x:1\nacks=all\r\n\nssl.protocol=TLSv1.3\n", want: "PLAINTEXT",
			warns: []string{"client.properties:3: bootstrap.servers", ":4: acks", ":6: ssl.protocol is not used here"},
		},
		{name: "without effect", text: "security.protocol=PLAINTEXT\nsasl.username=a", want: "PLAINTEXT", warns: []string{":2: sasl.username has no effect"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, warnings, err := access.Read(access.Sources{File: write(t, c.text), Getenv: from(c.env)})
			if err != nil {
				t.Fatal(err)
			}
			if a.String() != c.want || a.Password.Reveal() != c.password {
				t.Errorf("got %s, password %q; want %s, %q", a, a.Password.Reveal(), c.want, c.password)
			}
			var all []string
			for _, w := range warnings {
				all = append(all, w.En)
			}
			if len(c.warns) == 0 && len(all) > 0 {
				t.Errorf("warns of %q", all)
			}
			for _, part := range c.warns {
				if !strings.Contains(strings.Join(all, "\n"), part) {
					t.Errorf("does not warn of %q, only of %q", part, all)
				}
			}
		})
	}
}

func TestWrongSettings(t *testing.T) {
	authority := accesstest.NewAuthority(t)
	certificate, key := authority.ClientFiles()
	sasl := "security.protocol=SASL_PLAINTEXT\nsasl.username=alice\nsasl.password=wonder-land\n"
	for _, c := range []struct{ name, text, says string }{
		{"protocol", "\nsecurity.protocol=TLS", `client.properties:2: unknown security.protocol "TLS"`},
		{"a slip", "\nsecurity.protocl=SASL_SSL", "client.properties:2: there is no setting security.protocl: did you mean security.protocol?"},
		{"a slip in front", "securty.protocol=SASL_SSL", "did you mean security.protocol?"},
		{"another slip", "sasl.passwrod=wonder-land", "did you mean sasl.password?"},
		{"no slip", "ssl.no.such.thing.here=1", "there is no setting ssl.no.such.thing.here: correct it"},
		{"mechanism", sasl + "sasl.mechanism=GSSAPI", `:4: the sasl.mechanism "GSSAPI"`},
		{"no mechanism", sasl, ":1: which sasl.mechanism?"},
		{"no password", "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.username=alice", "ATELIER_SASL_PASSWORD"},
		{"no protocol", "sasl.mechanism=PLAIN", ":1: sasl.mechanism has no effect without security.protocol"},
		{"no login module", "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=alice:wonder-land", ":3: this is no login module"},
		{"Kerberos", "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=com.sun.security.auth.module.Krb5LoginModule required;", ":3: the login module Krb5LoginModule"},
		{"a module without a password", "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=x.PlainLoginModule required username=\"a\";", `:3: the login module wants`},
		{"another module", "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=x.ScramLoginModule required username=\"a\" password=\"wonder-land\";", "does not go with sasl.mechanism=PLAIN"},
		{"JKS", "security.protocol=SSL\nssl.truststore.type=JKS", ":2: ssl.truststore.type=JKS"},
		{"a binary truststore", "security.protocol=SSL\nssl.truststore.location=" + write(t, "\xfe\xed\xfe\xed"), ":2: ssl.truststore.location holds no certificate in PEM"},
		{"no such file", "security.protocol=SSL\nssl.ca.location=/nonexistent/ca.pem", ":2: ssl.ca.location can't be read"},
		{"a key alone", "security.protocol=SSL\nssl.key.location=" + key, ":2: ssl.key.location without a certificate"},
		{"a certificate alone", "security.protocol=SSL\nssl.certificate.location=" + certificate, "no private key"},
		{"identification", "security.protocol=SSL\nssl.endpoint.identification.algorithm=ldap", ":2: ssl.endpoint.identification.algorithm is https or none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := access.Read(access.Sources{File: write(t, c.text), Getenv: none})
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v, want %q", err, c.says)
			}
			if english, french := words.Tell(words.English, err), words.Tell(words.French, err); english == french || strings.Contains(english+french, "wonder-land") {
				t.Errorf("not in French, or with a password: %s / %s", english, french)
			}
		})
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "none"), t.TempDir()} {
		if _, _, err := access.Read(access.Sources{File: path, Getenv: none}); err == nil {
			t.Errorf("%s: no error", path)
		}
	}
}

// Whatever prints an Access, or what holds one, no secret comes out.
func TestSecretsAreNotPrinted(t *testing.T) {
	a, _, err := access.Read(access.Sources{File: write(t, "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.username=alice\nsasl.password=wonder-land"), Getenv: none})
	if err != nil {
		t.Fatal(err)
	}
	holder := struct {
		Access *access.Access
		Value  access.Access
		hidden *access.Access
		value  access.Access
		secret access.Secret
	}{a, *a, a, *a, a.Password}
	var printed []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		for _, v := range []any{a, *a, a.Password, &a.Password, holder, &holder, []any{a, a.Password}} {
			printed = append(printed, fmt.Sprintf(verb, v))
		}
	}
	for _, v := range []any{a, *a, a.Password, holder} {
		text, err := json.Marshal(v)
		if err != nil && !strings.Contains(err.Error(), "unsupported type") {
			t.Errorf("JSON of %T: %v", v, err)
		}
		printed = append(printed, string(text))
	}
	for _, text := range printed {
		for _, secret := range []string{"wonder-land", fmt.Sprintf("%x", "wonder-land"), fmt.Sprintf("%X", "wonder-land")} {
			if strings.Contains(text, secret) {
				t.Errorf("a secret in %s", text)
			}
		}
	}
	if !slices.Contains(printed, "SASL_PLAINTEXT, PLAIN, user alice") {
		t.Error("it does not say what may be said")
	}
}

// Encrypted keys are those that openssl writes.
func TestEncryptedKeys(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("no openssl here")
	}
	certificate, key := accesstest.NewAuthority(t).ClientFiles()
	encrypted := filepath.Join(t.TempDir(), "encrypted.key")
	if out, err := exec.Command(openssl, "pkcs8", "-topk8", "-v2", "aes256", "-in", key, "-out", encrypted, "-passout", "pass:open-sesame").CombinedOutput(); err != nil {
		t.Skipf("openssl: %v: %s", err, out)
	}
	text := "security.protocol=SSL\nssl.certificate.location=" + certificate + "\nssl.key.location=" + encrypted + "\nssl.key.password="
	if a, _, err := access.Read(access.Sources{File: write(t, text+"open-sesame"), Getenv: none}); err != nil || a.String() != "SSL, client certificate" {
		t.Errorf("got %v, %v", a, err)
	}
	if _, _, err := access.Read(access.Sources{File: write(t, text+"wrong"), Getenv: none}); err == nil || !strings.Contains(err.Error(), "does not open this key") {
		t.Errorf("got %v", err)
	}
	if _, _, err := access.Read(access.Sources{File: write(t, text), Getenv: none}); err == nil || !strings.Contains(err.Error(), "this key is encrypted") {
		t.Errorf("got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=a.PlainLoginModule required \\\n username=\"\\u0061\" password='b';")
	f.Add("a\\")
	f.Add("\\u12")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "p")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, _ = access.Read(access.Sources{File: path, Getenv: none})
	})
}

// What the command line says wins over the environment, and that over a file.
// No secret is taken from it.
func TestGivenSettings(t *testing.T) {
	file := write(t, "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.username=alice\nsasl.password=wonder-land")
	env := from(map[string]string{"ATELIER_SASL_USERNAME": "bob", "ATELIER_SASL_MECHANISM": "SCRAM-SHA-512"})
	read := func(given ...string) (string, error) {
		a, _, err := access.Read(access.Sources{File: file, Getenv: env, Given: given})
		if err != nil {
			return "", err
		}
		return a.String(), nil
	}
	if got, err := read("sasl.mechanism=SCRAM-SHA-256", "sasl.username = carol"); got != "SASL_PLAINTEXT, SCRAM-SHA-256, user carol" {
		t.Errorf("got %s, %v", got, err)
	}
	for given, says := range map[string]string{
		"sasl.password=wonder-land": "is a secret",
		"ssl.key.password=x":        "ATELIER_SSL_KEY_PASSWORD",
		"sasl.jaas.config=x":        "is a secret",
		"sasl.mechanism":            "takes NAME=VALUE",
		"=x":                        "takes NAME=VALUE",
		"security.protocl=SSL":      "did you mean security.protocol?",
	} {
		_, err := read(given)
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(words.Tell(words.French, err), "wonder-land") {
			t.Errorf("%s: got %v, want %q", given, err, says)
		}
	}
}
