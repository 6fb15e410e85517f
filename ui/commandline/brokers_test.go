package commandline_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/ui/commandline"
)

// ask reads a command line, and returns why it was refused.
func ask(t *testing.T, environment []string, args ...string) error {
	t.Helper()
	root := commandline.Command(words.English, environment, func(words.Text) {}, func(context.Context, *commandline.Asked) error { return nil })
	commandline.Streams(root, strings.NewReader(""), io.Discard, io.Discard)
	root.SetArgs(args)
	return root.ExecuteContext(t.Context())
}

// What can't be a broker's address is refused before anything is opened, and
// what stands before an @ is never said again.
func TestAddressesOfBrokers(t *testing.T) {
	for address, says := range map[string]string{
		"localhost":             "the port is missing",
		"localhost:99999":       "is no port",
		"localhost:kafka":       "is no port",
		"http://localhost:9092": "a broker is no URL",
		":9092":                 "the host is missing",
		"a:1,user:SECRET@b:1":   "no user or password before an @",
		"user:SECR,ET@host:1":   "no user or password before an @",
		"::1:9092":              "is no address",
		"a:1,":                  "an address is missing beside a comma",
	} {
		err := ask(t, nil, "--brokers", address)
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "SECR") {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range []string{"localhost:9092", "[::1]:9092", "a:1, b:2"} {
		if err := ask(t, nil, "--brokers", address); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	if err := ask(t, nil, "--brokers", "a:1", "--cluster", "apache"); err == nil || !strings.Contains(err.Error(), "give one of the two") {
		t.Errorf("a cluster that is there, and one of our own: %v", err)
	}
	if err := ask(t, nil, "--toxiproxy", "ftp://user:SECRET@host"); err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("got %v", err)
	}
}

// A variable that was meant to keep the connection safe, and does not, is no
// small thing.
func TestMisspeltVariables(t *testing.T) {
	err := ask(t, []string{"ATELIER_SASL_PASWORD=SECRET", "ATELIER_LANG=en"}, "--brokers", "a:1")
	if err == nil || !strings.Contains(err.Error(), "did you mean ATELIER_SASL_PASSWORD?") || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("got %v", err)
	}
	if err := ask(t, []string{"ATELIER_SECURITY_PROTOCOL=PLAINTEXT"}, "--brokers", "a:1"); err != nil {
		t.Error(err)
	}
}
