package headless_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"atelier/kafka/cluster/clustertest"
	"atelier/ui/program/programtest"
)

func TestMain(m *testing.M) {
	status := m.Run()
	if err := clustertest.Close(); err != nil {
		println(err.Error())
		status = 1
	}
	os.Exit(status)
}

// The built binary on a cluster that wants TLS and a password: what it takes
// from files and from the environment, what it refuses and with which exit
// status, and that no password is ever told.
func TestSecuredCluster(t *testing.T) {
	binary := programtest.Build(t)
	c := clustertest.Start(t, clustertest.TLSPassword)
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	mine, prefix := clustertest.Name("mine-"), clustertest.Name("p-")+"-"
	const unhurried = " request=5s total=20s" // handshakes take their time on a busy machine
	script := file("once.lab", "topic "+mine+" partitions=2\nsend 2 plain sync"+unhurried+" as A\nsend 2 idempotent sync topic="+mine+unhurried+" as B\naudit\nexpect A.once == 2 and B.once == 2\n")
	tls := "security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\nssl.ca.location=" + c.Authority.CAFile() + "\n"
	good := file("good.properties", tls+`sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="alice" password="wonder-land";`)
	nobody := file("nobody.properties", tls)
	wrong := file("wrong.properties", tls+"acks=all\nsasl.username=alice\nsasl.password=not-this-one\n")
	invalid := file("invalid.properties", "security.protocol=SECRET\n")
	bob := file("bob.properties", tls+"sasl.username="+clustertest.Bob+"\nsasl.password="+clustertest.BobPassword+"\n")
	for _, topic := range []string{mine, "test-topic"} {
		c.Grant(t, clustertest.Bob, prefix+"bob-"+topic, clustertest.Describe)
	}
	brokers := strings.Join(c.Addresses()[:2], ",")
	for _, run := range []struct {
		name   string
		args   []string
		env    []string
		status int
		says   []string
	}{
		{"a file", []string{"--brokers", brokers, "--command-config", good}, nil, 0, nil},
		{"the environment", []string{"--brokers", brokers, "--command-config", nobody}, []string{"ATELIER_SASL_USERNAME=alice", "ATELIER_SASL_PASSWORD=wonder-land"}, 0, nil},
		{"everything from the environment", nil, []string{"ATELIER_BROKERS=" + brokers, "ATELIER_COMMAND_CONFIG=" + good, "ATELIER_TOPIC_PREFIX=" + prefix}, 0, []string{"topic " + prefix + "test-topic was missing"}},
		{"one entry is dead", []string{"--brokers", "127.0.0.1:1," + brokers, "--command-config", good}, nil, 0, []string{"127.0.0.1:1"}},
		{"a wrong password", []string{"--brokers", brokers, "--command-config", wrong}, nil, 3, []string{"wrong.properties:4: acks is not used here", `refuses the user "alice"`}},
		{"a wrong password, in French", []string{"--brokers", brokers, "--command-config", wrong, "--lang", "fr"}, nil, 3, []string{"acks n’est pas utilisé ici", "refuse l’utilisateur"}},
		{"no right to create topics", []string{"--brokers", brokers, "--command-config", bob, "--topic-prefix", prefix + "bob-"}, nil, 3, []string{"the user bob may not create it (right CREATE)", "--topic-prefix"}},
		{"no rights at all", []string{"--brokers", brokers, "--command-config", bob, "--lang", "fr"}, nil, 3, []string{"l’utilisateur bob manque de droits", "Rien n’a été envoyé"}},
		{"no password", []string{"--brokers", brokers, "--command-config", nobody}, nil, 2, []string{"nobody.properties:2", "ATELIER_SASL_PASSWORD"}},
		{"nothing", []string{"--brokers", brokers}, nil, 3, []string{"speaks TLS"}},
		{"a wrong setting", []string{"--brokers", brokers, "--command-config", invalid}, nil, 2, []string{"invalid.properties:1", "PLAINTEXT, SSL"}},
		{"no such file", []string{"--brokers", brokers, "--command-config", "none.properties"}, nil, 2, []string{"none.properties"}},
		{"settings for nobody", []string{"--command-config", good}, nil, 2, []string{"--command-config wants --brokers"}},
		{"a wrong prefix", []string{"--brokers", brokers, "--topic-prefix", "my lab"}, nil, 2, []string{"--topic-prefix"}},
	} {
		t.Run(run.name, func(t *testing.T) {
			cmd := exec.Command(binary, append([]string{"--script", script}, run.args...)...)
			cmd.Env = append([]string{"LANG=en_US.UTF-8", "TMPDIR=" + dir}, run.env...)
			out, err := cmd.CombinedOutput()
			status := 0
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				status = exit.ExitCode()
			} else if err != nil {
				t.Fatal(err)
			}
			if status != run.status {
				t.Errorf("exit status %d, want %d", status, run.status)
			}
			for _, part := range run.says {
				if !strings.Contains(string(out), part) {
					t.Errorf("does not say %q", part)
				}
			}
			if strings.Contains(string(out), "wonder-land") || strings.Contains(string(out), "not-this-one") || strings.Contains(string(out), clustertest.BobPassword) {
				t.Error("it tells a password")
			}
			if t.Failed() {
				t.Logf("%s", out)
			}
		})
	}
}
