package chaos

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// courseLines are the source course's for Toxiproxy, word for word, each with
// what its answer is.
var courseLines = []struct{ line, answer string }{
	{`curl -X POST http://localhost:8474/proxies \
  -H "Content-Type: application/json" \
  -d '{
    "name": "dotnet-api-proxy",
    "listen": "0.0.0.0:29093",
    "upstream": "kafka:9092",
    "enabled": true
  }'`, `{"name":"dotnet-api-proxy","listen":"127.0.0.1:29093","upstream":"kafka:9092","enabled":true,"Logger":{},"toxics":[]}`},
	{`curl -X POST http://localhost:8474/proxies/dotnet-api-proxy/toxics \
  -H "Content-Type: application/json" \
  -d '{
    "name": "latency_5s",
    "type": "latency",
    "stream": "downstream",
    "attributes": {
      "latency": 5000,
      "jitter": 500
    }
  }'`, `{"attributes":{"latency":5000,"jitter":500},"name":"latency_5s","type":"latency","stream":"downstream","toxicity":1}`},
	{`curl -X POST http://localhost:8474/proxies/dotnet-api-proxy/toxics \
  -H "Content-Type: application/json" \
  -d '{
    "name": "timeout_2s",
    "type": "timeout",
    "stream": "downstream",
    "attributes": {
      "timeout": 2000
    }
  }'`, `{"attributes":{"timeout":2000},"name":"timeout_2s","type":"timeout","stream":"downstream","toxicity":1}`},
	{`curl -X POST http://localhost:8474/proxies/dotnet-api-proxy/toxics \
  -H "Content-Type: application/json" \
  -d '{
    "name": "bandwidth_1kb",
    "type": "bandwidth",
    "stream": "downstream",
    "attributes": {
      "rate": 1
    }
  }'`, `{"attributes":{"rate":1},"name":"bandwidth_1kb","type":"bandwidth","stream":"downstream","toxicity":1}`},
	{`curl -X DELETE http://localhost:8474/proxies/dotnet-api-proxy/toxics/latency_5s`, ""},
	{`curl -X DELETE http://localhost:8474/proxies/dotnet-api-proxy/toxics/timeout_2s`, ""},
	{`curl -X DELETE http://localhost:8474/proxies/dotnet-api-proxy/toxics/bandwidth_1kb`, ""},
	{`curl http://localhost:8474/proxies/dotnet-api-proxy`, `{"name":"dotnet-api-proxy","listen":"127.0.0.1:29093","upstream":"kafka:9092","enabled":true,"Logger":{},"toxics":[]}`},
}

// coursePort is where the course's line asks a proxy to listen.
const coursePort = "127.0.0.1:29093"

func TestCourseLinesWithCurl(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed: ", err)
	}
	if l, err := net.Listen("tcp", coursePort); err != nil {
		t.Skip("the course's line asks for a port that somebody else on this machine holds: ", err)
	} else {
		l.Close()
	}
	r := newRig(t, 3)
	home := t.TempDir() // the lines stay as they are, and reach this server
	r.must(os.WriteFile(filepath.Join(home, ".curlrc"), []byte("silent\nshow-error\nfail-with-body\nconnect-to = \"localhost:8474:"+r.server.Addr()+"\"\n"), 0o600))
	acting := []string{}
	for _, line := range courseLines {
		shell := exec.CommandContext(r.ctx, "sh", "-c", line.line)
		shell.Env = append(os.Environ(), "CURL_HOME="+home, "no_proxy=localhost")
		var complaint bytes.Buffer
		shell.Stderr = &complaint
		answer, err := shell.Output()
		if err != nil || string(answer) != line.answer {
			t.Fatalf("%s\nanswers %s (%v %s)\nwant    %s", line.line, answer, err, complaint.String(), line.answer)
		}
		for _, name := range []string{"latency_5s", "timeout_2s", "bandwidth_1kb"} {
			if strings.Contains(line.line, `"`+name+`"`) {
				acting = append(acting, name)
			} else if strings.HasSuffix(line.line, "/"+name) {
				acting = acting[1:]
			}
		}
		r.wantToxics(strings.Join(acting, " "), "dotnet-api-proxy", "broker-1", "broker-2", "broker-3")
	}
	c, err := net.Dial("tcp", coursePort)
	r.must(err)
	defer c.Close()
	r.say(c, "a")
	r.reads(c, "re:a\n")
}

// toxiproxy-cli is the one of the version that is embedded, built by Go.
func TestToxiproxyCLIOnAGroup(t *testing.T) {
	if testing.Short() {
		t.Skip("builds toxiproxy-cli")
	}
	bin := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "install", "github.com/Shopify/toxiproxy/v2/cmd/cli@v2.12.0")
	build.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=")
	if said, err := build.CombinedOutput(); err != nil {
		t.Skipf("toxiproxy-cli can't be built here: %v %s", err, said)
	}
	r := newRig(t, 2)
	run := func(args ...string) string {
		t.Helper()
		cli := exec.CommandContext(r.ctx, filepath.Join(bin, "cli"), append([]string{"--host", r.server.URL()}, args...)...)
		said, err := cli.CombinedOutput()
		if err != nil {
			t.Fatalf("%q: %v %s", args, err, said)
		}
		return string(said)
	}
	run("create", "--listen", "127.0.0.1:0", "--upstream", "kafka:29092", "mine")
	run("toxic", "add", "--type", "latency", "--attribute", "latency=5000", "mine")
	run("toxic", "add", "--type", "timeout", "--toxicName", "cut", "--upstream", "--attribute", "timeout=7", "mine")
	run("toxic", "update", "--toxicName", "cut", "--attribute", "timeout=8", "mine")
	r.wantToxics("cut latency_downstream", "mine", "broker-1", "broker-2")
	list := run("list")
	for _, want := range []string{"kafka", "mine", "broker-1", "broker-2", "kafka:29092"} {
		if !strings.Contains(list, want) {
			t.Errorf("%s is not listed: %s", want, list)
		}
	}
	if shown := run("inspect", "mine"); !strings.Contains(shown, "timeout=8") || !strings.Contains(shown, "latency=5000") {
		t.Errorf("inspect says %s", shown)
	}
	run("toggle", "mine")
	r.wantEnabled(false, "mine", "broker-1", "broker-2")
	run("toggle", "mine")
	run("toxic", "remove", "--toxicName", "latency_downstream", "mine")
	r.wantToxics("cut", "mine", "broker-1", "broker-2")
	run("delete", "mine")
	r.wantToxics("", "broker-1", "broker-2")
	r.wantEnabled(true, "broker-1", "broker-2")
}
