// Package deploy_test reads the files that are shipped for deployment, as far
// as that is possible without Docker and without Kubernetes: that they are
// well-formed, and that they agree with each other and with what module 4 says.
package deploy_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// compose is what we look at of compose.yaml.
type compose struct {
	Services map[string]struct {
		Image       string
		Build       struct{ Context, Dockerfile string }
		Ports       []string
		Environment map[string]string
		Healthcheck struct{ Test []string }
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	}
}

// object is what we look at of k8s.yaml's objects.
type object struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Metadata   struct {
		Name   string
		Labels map[string]string
	}
	Data map[string]string
	Spec struct {
		Replicas int
		Selector yaml.Node // a map of labels, or one below matchLabels
		Ports    []struct {
			Name       string
			Port       int
			TargetPort string `yaml:"targetPort"`
		}
		Template struct {
			Metadata struct{ Labels map[string]string }
			Spec     pod
		}
	}
}

type pod struct {
	EnableServiceLinks *bool `yaml:"enableServiceLinks"`
	SecurityContext    struct {
		RunAsNonRoot bool `yaml:"runAsNonRoot"`
	} `yaml:"securityContext"`
	Containers []container
	Volumes    []struct{ Name string }
}

type container struct {
	Name, Image     string
	ImagePullPolicy string `yaml:"imagePullPolicy"`
	Ports           []struct {
		Name          string
		ContainerPort string `yaml:"containerPort"`
	}
	EnvFrom []struct {
		ConfigMapRef struct{ Name string } `yaml:"configMapRef"`
	} `yaml:"envFrom"`
	Env []struct {
		Name      string
		ValueFrom struct {
			SecretKeyRef struct{ Name, Key string } `yaml:"secretKeyRef"`
		} `yaml:"valueFrom"`
	}
	Resources struct {
		Requests, Limits map[string]string
	}
	LivenessProbe  probe `yaml:"livenessProbe"`
	ReadinessProbe probe `yaml:"readinessProbe"`
	VolumeMounts   []struct {
		Name      string
		MountPath string `yaml:"mountPath"`
	} `yaml:"volumeMounts"`
}

type probe struct {
	HTTPGet struct{ Path, Port string } `yaml:"httpGet"`
}

// objects reads k8s.yaml by kind. Every document of it is one object.
func objects(t *testing.T) map[string]object {
	t.Helper()
	all := map[string]object{}
	documents := yaml.NewDecoder(bytes.NewReader(read(t, "k8s.yaml")))
	for {
		var o object
		err := documents.Decode(&o)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if o.APIVersion == "" || o.Metadata.Name == "" {
			t.Errorf("an object without a version or a name: %+v", o)
		}
		all[o.Kind] = o
	}
}

// port is where the image's API listens.
func port(t *testing.T) string {
	t.Helper()
	address := regexp.MustCompile(`(?m)^ENV ATELIER_API=(\S+)$`).FindSubmatch(read(t, "Dockerfile"))
	if address == nil {
		t.Fatal("the image does not say where its API listens")
	}
	host, port, err := net.SplitHostPort(string(address[1]))
	if err != nil || host != "0.0.0.0" {
		t.Errorf("the API listens on %s: nobody outside the container reaches that (%v)", address[1], err)
	}
	return port
}

func TestTheImage(t *testing.T) {
	text := string(read(t, "Dockerfile"))
	for _, want := range []string{"EXPOSE " + port(t) + "\n", "CGO_ENABLED=0", ":nonroot\n", `CMD ["serve"]`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	ours := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(mod)[1]
	if theirs := regexp.MustCompile(`FROM golang:(\S+)`).FindStringSubmatch(text)[1]; theirs != string(ours) {
		t.Errorf("built with Go %s, go.mod asks for %s", theirs, ours)
	}
}

func TestCompose(t *testing.T) {
	var c compose
	if err := yaml.Unmarshal(read(t, "compose.yaml"), &c); err != nil {
		t.Fatal(err)
	}
	atelier, kafka := c.Services["atelier"], c.Services["kafka"]
	if !slices.Contains(atelier.Ports, "127.0.0.1:18081:"+port(t)) {
		t.Errorf("ports %q: the course's 18081 has to lead to %s, from this machine alone", atelier.Ports, port(t))
	}
	if atelier.Build.Dockerfile != "assets/deploy/Dockerfile" || atelier.Build.Context != "../.." {
		t.Errorf("built from %+v", atelier.Build)
	}
	if atelier.DependsOn["kafka"].Condition != "service_healthy" || len(kafka.Healthcheck.Test) == 0 {
		t.Error("nothing waits for the broker")
	}
	if !strings.Contains(atelier.Environment["ATELIER_API_TOKEN"], ":?") {
		t.Error("the token has a default, or none is asked for")
	}
	// The name by which a container asks has to be one that the broker answers with.
	if brokers := atelier.Environment["ATELIER_BROKERS"]; !strings.Contains(kafka.Environment["KAFKA_ADVERTISED_LISTENERS"], "://"+brokers) {
		t.Errorf("%s is asked for, and the broker advertises %s", brokers, kafka.Environment["KAFKA_ADVERTISED_LISTENERS"])
	}
	listeners := regexp.MustCompile(`(\w+)://`)
	security := kafka.Environment["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"]
	for _, l := range listeners.FindAllStringSubmatch(kafka.Environment["KAFKA_LISTENERS"], -1) {
		if !strings.Contains(security, l[1]+":") {
			t.Errorf("listener %s has no protocol in %s", l[1], security)
		}
	}
}

func TestKubernetes(t *testing.T) {
	all := objects(t)
	if len(all) != 3 {
		t.Fatalf("%d objects", len(all))
	}
	deployment, service, settings := all["Deployment"], all["Service"], all["ConfigMap"]
	spec := deployment.Spec.Template.Spec
	if len(spec.Containers) != 1 || deployment.Spec.Replicas != 1 {
		t.Fatalf("%+v", deployment.Spec)
	}
	c := spec.Containers[0]
	if len(c.Ports) != 1 || c.Ports[0].ContainerPort != port(t) || service.Spec.Ports[0].TargetPort != c.Ports[0].Name {
		t.Errorf("the image listens on %s, the pod says %+v, the service %+v", port(t), c.Ports, service.Spec.Ports)
	}
	// A probe that asks Kafka restarts healthy processes during an outage.
	if live := c.LivenessProbe.HTTPGet; live.Path != "/health" || live.Port != c.Ports[0].Name {
		t.Errorf("alive: %+v", live)
	}
	if ready := c.ReadinessProbe.HTTPGet; ready.Path != "/health/ready" || ready.Port != c.Ports[0].Name {
		t.Errorf("ready: %+v", ready)
	}
	if c.Resources.Requests["cpu"] == "" || c.Resources.Requests["memory"] == "" || c.Resources.Limits["memory"] == "" {
		t.Errorf("resources: %+v", c.Resources)
	}
	if _, tag, _ := strings.Cut(c.Image, ":"); tag == "" || tag == "latest" || c.ImagePullPolicy != "IfNotPresent" {
		t.Errorf("image %s, pulled %s: an imported image would not be used", c.Image, c.ImagePullPolicy)
	}
	if len(c.EnvFrom) != 1 || c.EnvFrom[0].ConfigMapRef.Name != settings.Metadata.Name || settings.Data["ATELIER_BROKERS"] == "" {
		t.Errorf("the brokers: %+v, %+v", c.EnvFrom, settings.Data)
	}
	if len(c.Env) != 1 || c.Env[0].Name != "ATELIER_API_TOKEN" || c.Env[0].ValueFrom.SecretKeyRef.Key == "" {
		t.Errorf("the token is no secret: %+v", c.Env)
	}
	if spec.EnableServiceLinks == nil || *spec.EnableServiceLinks || !spec.SecurityContext.RunAsNonRoot {
		t.Errorf("%+v", spec)
	}
	if len(c.VolumeMounts) != 1 || c.VolumeMounts[0].MountPath != "/tmp" || c.VolumeMounts[0].Name != spec.Volumes[0].Name {
		t.Errorf("nowhere to write: %+v", c.VolumeMounts)
	}
	app := deployment.Spec.Template.Metadata.Labels["app"]
	var chosen map[string]string
	if err := service.Spec.Selector.Decode(&chosen); err != nil || app == "" || chosen["app"] != app {
		t.Errorf("the service chooses %v, the pods are %q (%v)", chosen, app, err)
	}
}
