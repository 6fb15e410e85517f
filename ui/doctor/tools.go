package doctor

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/kafka/cluster/apache"
	"atelier/ui/plain"
)

// Tools lists those that can be asked for.
func Tools() []string { return []string{"java", "docker", "kubectl", "kcat", "curl"} }

// tool is a program of others.
type tool struct {
	ask  []string // what makes it tell its version, and do nothing else
	what words.Text
	get  words.Text
}

var tools = map[string]tool{
	"java": {
		what: words.Text{En: "atelier --cluster apache: Apache Kafka itself, its replicas and the deaths of its brokers", Fr: "atelier --cluster apache : Apache Kafka lui-même, ses réplicas et la mort de ses brokers"},
		get:  words.Text{En: "Java 17 or later: https://adoptium.net, apt install openjdk-17-jre-headless, brew install openjdk; or set JAVA_HOME", Fr: "Java 17 ou plus : https://adoptium.net, apt install openjdk-17-jre-headless, brew install openjdk ; ou définissez JAVA_HOME"},
	},
	"docker": {
		ask:  []string{"version", "--format", "{{.Client.Version}}, server {{.Server.Version}}"},
		what: words.Text{En: "building and running images, in the module on deployment", Fr: "construire et exécuter des images, dans le module sur le déploiement"},
		get:  words.Text{En: "https://docs.docker.com/get-docker/; if it is there, start it, and see that you may use it", Fr: "https://docs.docker.com/get-docker/ ; s’il est là, démarrez-le, et voyez que vous y avez droit"},
	},
	"kubectl": {
		ask:  []string{"version", "--client"},
		what: words.Text{En: "Kubernetes, in the module on deployment", Fr: "Kubernetes, dans le module sur le déploiement"},
		get:  words.Text{En: "https://kubernetes.io/docs/tasks/tools/, brew install kubectl", Fr: "https://kubernetes.io/docs/tasks/tools/, brew install kubectl"},
	},
	"kcat": {
		ask:  []string{"-V"},
		what: words.Text{En: "reading and writing the log with a client that is not ours", Fr: "lire et écrire le journal avec un client qui n’est pas le nôtre"},
		get:  words.Text{En: "apt install kcat, brew install kcat", Fr: "apt install kcat, brew install kcat"},
	},
	"curl": {
		ask:  []string{"--version"},
		what: words.Text{En: "Toxiproxy's API and the HTTP API, from a second terminal", Fr: "l’API de Toxiproxy et l’API HTTP, depuis un second terminal"},
		get:  words.Text{En: "apt install curl, brew install curl (Windows has it)", Fr: "apt install curl, brew install curl (Windows l’a déjà)"},
	},
}

// toolTime is how long a tool may take to say its version.
const toolTime = 8 * time.Second

// tool asks a program for its version.
func (o *Options) tool(name string) Check {
	t, getenv := tools[name], o.Getenv
	if getenv == nil {
		getenv = func(string) string { return "" }
	}
	of := Finding{Part: "tools", ID: name, Name: words.Text{En: name, Fr: name}, Needed: !o.Spare, For: t.what, Get: t.get}
	return Check{Of: of, look: func(ctx context.Context, f Finding) []Finding {
		f.State, f.Saw = t.version(ctx, name, getenv)
		return []Finding{f}
	}}
}

func (t *tool) version(ctx context.Context, name string, getenv func(string) string) (State, words.Text) {
	ctx, cancel := context.WithTimeout(ctx, toolTime)
	defer cancel()
	program, args := name, t.ask
	if name == "java" {
		at, err := apache.FindJava(ctx, getenv)
		switch {
		case err != nil && at == "":
			return Missing, text(err)
		case err != nil:
			return Wrong, text(err)
		}
		program, args = at, []string{"-version"}
	} else if _, err := exec.LookPath(name); err != nil {
		return Missing, words.Text{En: "not found", Fr: "introuvable"}
	}
	said, err := version(ctx, program, args)
	if err != nil {
		return Wrong, text(err)
	}
	return Found, words.Text{En: said, Fr: said}
}

func text(err error) words.Text {
	return words.Text{En: words.Tell(words.English, err), Fr: words.Tell(words.French, err)}
}

// versionSize is enough to tell a version by, and fits a line.
const versionSize = 70

// version is the first line that a program says of itself.
func version(ctx context.Context, program string, args []string) (string, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.WaitDelay = time.Second // a child of its own may hold the output open
	out := &head{}
	cmd.Stdout, cmd.Stderr = out, out
	err := cmd.Run()
	first, _, _ := strings.Cut(strings.TrimSpace(string(out.text)), "\n")
	switch {
	case ctx.Err() != nil:
		return "", words.Errorf("it does not answer", "il ne répond pas")
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		if last := strings.TrimSpace(string(out.text)); last != "" {
			_, last, _ = cutLast(last)
			return "", words.Errorf("it is there, and fails: %v: %s", "il est là, et échoue : %v : %s", err, last)
		}
		return "", words.Errorf("it is there, and fails: %v", "il est là, et échoue : %v", err)
	}
	return plain.Cut(first, versionSize), nil
}

// cutLast cuts a text before its last line.
func cutLast(s string) (before, last string, found bool) {
	i := strings.LastIndex(s, "\n")
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}

// head keeps the beginning of what is written.
type head struct{ text []byte }

const headSize = 4 << 10

func (h *head) Write(p []byte) (int, error) {
	h.text = append(h.text, p[:min(len(p), headSize-len(h.text))]...)
	return len(p), nil
}
