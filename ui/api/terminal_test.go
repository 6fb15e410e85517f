package api_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// terminal is a learner's second terminal: one bash, with the real curl, in
// which blocks of a lesson run one after the other, as they stand. Nothing but
// their ports is changed: to the world's own.
type terminal struct {
	*world
	home   string // what it says, block by block
	folder string // where it stands at first
	lines  io.Writer
	ended  *bufio.Scanner
	ports  []string       // the lesson's, each with the world's own behind it
	copied map[string]any // an answer that the learner goes on with
}

// ran is what became of a block.
type ran struct {
	out      string
	statuses string // of HTTP, one a request, in the order in which they ended; 000: no answer
	errs     string // what curl and others had to say
	exits    string // of each line that did not end with 0
	answers  []map[string]any
}

// curlrc has curl tell the status of each answer, apart from what it prints.
const curlrc = "silent\nshow-error\nwrite-out = \"%{stderr}%{http_code}\\n\"\n"

// wholeLines has a curl say what it says in one piece: it would write digit by
// digit, between those of others that run at the same time.
const wholeLines = `curl() {
	local said ended=0
	said=$(mktemp %s/said.XXXXXX)
	command curl "$@" 2>"$said" || ended=$?
	[ -s "$said" ] && printf '%%s\n' "$(<"$said")" >&2
	return $ended
}
`

func (w *world) terminal() *terminal {
	w.Helper()
	for _, tool := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			w.Skipf("needs %s", tool)
		}
	}
	home := w.TempDir()
	if err := os.WriteFile(filepath.Join(home, ".curlrc"), []byte(curlrc), 0o600); err != nil {
		w.Fatal(err)
	}
	toxiproxy, _ := w.bench.Toxiproxy()
	_, api, err := net.SplitHostPort(w.server.Addr())
	if err != nil {
		w.Fatal(err)
	}
	bash := exec.CommandContext(w.Context(), "bash", "--norc", "--noprofile")
	bash.Dir = w.TempDir()
	bash.Env = append(os.Environ(), "CURL_HOME="+home, "NO_PROXY=*", "no_proxy=*", "LC_ALL=C.UTF-8")
	in, err := bash.StdinPipe()
	if err != nil {
		w.Fatal(err)
	}
	out, err := bash.StdoutPipe()
	if err != nil {
		w.Fatal(err)
	}
	if err := bash.Start(); err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() {
		_ = in.Close()
		_ = bash.Wait()
	})
	t := &terminal{world: w, home: home, folder: bash.Dir, lines: in, ended: bufio.NewScanner(out), ports: []string{
		":18081", ":" + api, ":8474", toxiproxy[strings.LastIndex(toxiproxy, ":"):],
		"0.0.0.0:29093", "0.0.0.0:0", // where a proxy is to listen: other tests may be at it, too
	}}
	fmt.Fprintf(in, "trap 'echo $? >>%s/exits' ERR\n", home)
	fmt.Fprintf(in, wholeLines, home)
	return t
}

var (
	headers    = regexp.MustCompile(`(?s)HTTP/1\.1 \d\d\d .*?\r\n\r\n`) // that curl -i prints
	statusLine = regexp.MustCompile(`^\d\d\d$`)
)

// run has the terminal carry out a block to its end.
func (t *terminal) run(block string) ran {
	t.Helper()
	for name, text := range map[string]string{"block": strings.NewReplacer(t.ports...).Replace(block) + "\n:\n", "exits": ""} {
		if err := os.WriteFile(filepath.Join(t.home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fmt.Fprintf(t.lines, ". %[1]s/block </dev/null >%[1]s/out 2>%[1]s/err; echo ended\n", t.home)
	if !t.ended.Scan() {
		t.Fatalf("the terminal ended: %v\n%s", t.ended.Err(), block)
	}
	r := ran{out: t.read("out"), exits: strings.Join(strings.Fields(t.read("exits")), " ")}
	var statuses []string
	for line := range strings.Lines(t.read("err")) {
		if line = strings.TrimSpace(line); statusLine.MatchString(line) {
			statuses = append(statuses, line)
		} else {
			r.errs += line + "\n"
		}
	}
	r.statuses = strings.Join(statuses, " ")
	if body := headers.ReplaceAllString(r.out, ""); strings.HasPrefix(strings.TrimSpace(body), "{") {
		for d := json.NewDecoder(bytes.NewReader([]byte(body))); d.More(); {
			var a map[string]any
			if err := d.Decode(&a); err != nil {
				t.Fatalf("%v\n%s", err, r.out)
			}
			r.answers = append(r.answers, a)
		}
	}
	return r
}

func (t *terminal) read(name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(t.home, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// key is what a key of the console does, as a line of the lab language.
var key = map[string]string{"a": "audit", "c": "toxics clear", "l": "toxic latency latency=5s stream=downstream", "r": "reset"}

// types does in the console what the text says: a key, or a line at its prompt.
func (t *terminal) types(lines ...string) {
	t.Helper()
	for _, line := range lines {
		if does, is := key[line]; is {
			line = does
		}
		script, err := json.Marshal(map[string]string{"script": line})
		if err != nil {
			t.Fatal(err)
		}
		if a := t.post("/api/v1/lab", string(script)); a.status != 200 || a.body["status"] != "passed" {
			t.Fatalf("%s: %s", line, a.text)
		}
	}
}
