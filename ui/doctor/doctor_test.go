package doctor_test

import (
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/chaos/chaostest"
	"atelier/kafka/access"
	"atelier/kafka/cluster/clustertest"
	"atelier/ui/doctor"

	"github.com/charmbracelet/colorprofile"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	status := m.Run()
	if err := clustertest.Close(); err != nil {
		println(err.Error())
		status = 1
	}
	if err := goleak.Find(goleak.IgnoreTopFunction("os/signal.loop")); err != nil && status == 0 {
		println(err.Error())
		status = 1
	}
	os.Exit(status)
}

// well is a machine on which everything is in order.
func well(t *testing.T) doctor.Options {
	return doctor.Options{
		Terminal: true, Width: 120, Height: 40, UTF8: true, Profile: colorprofile.TrueColor, Locale: words.French,
		StateDir: filepath.Join(t.TempDir(), "not", "yet"), TempDir: t.TempDir(), Getenv: os.Getenv,
	}
}

func find(t *testing.T, all []doctor.Finding, id string) doctor.Finding {
	t.Helper()
	for _, f := range all {
		if f.ID == id {
			for _, w := range []words.Text{f.Name, f.Saw, f.For, f.Get} {
				if (w.En == "") != (w.Fr == "") || strings.Contains(w.En+w.Fr, "%!") {
					t.Errorf("%s is not said in both languages: %+v", id, w)
				}
			}
			return f
		}
	}
	t.Fatalf("no finding %s in %+v", id, all)
	return doctor.Finding{}
}

func TestAHealthyMachine(t *testing.T) {
	all := doctor.Examine(t.Context(), well(t))
	if !doctor.Healthy(all) {
		t.Errorf("%+v", all)
	}
	for _, id := range []string{"cursor", "size", "colours", "unicode", "language", "loopback", "state", "temp"} {
		if f := find(t, all, id); f.State != doctor.Found {
			t.Errorf("%s: %+v", id, f)
		}
	}
	o := well(t)
	if entries, err := os.ReadDir(o.TempDir); err != nil || len(entries) > 0 {
		t.Errorf("it left %v, %v", entries, err)
	}
}

func TestWhatIsWrongWithATerminal(t *testing.T) {
	for id, change := range map[string]func(*doctor.Options){
		"size":    func(o *doctor.Options) { o.Width = 59 },
		"cursor":  func(o *doctor.Options) { o.Dumb = true },
		"colours": func(o *doctor.Options) { o.Profile = colorprofile.ASCII },
		"unicode": func(o *doctor.Options) { o.UTF8 = false },
	} {
		o := well(t)
		change(&o)
		all := doctor.Examine(t.Context(), o)
		f := find(t, all, id)
		// Without colours and Unicode the console works.
		if f.State == doctor.Found || f.Get.En == "" || doctor.Healthy(all) != (id == "colours" || id == "unicode") {
			t.Errorf("%s: %+v", id, f)
		}
	}
	o := well(t)
	o.Terminal = false // in a script
	if all := doctor.Examine(t.Context(), o); !doctor.Healthy(all) || find(t, all, "terminal").State != doctor.Missing {
		t.Errorf("%+v", all)
	}
}

func TestFolders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := well(t)
	o.StateDir, o.TempDir = filepath.Join(file, "atelier"), file
	all := doctor.Examine(t.Context(), o)
	if s, temp := find(t, all, "state"), find(t, all, "temp"); s.State != doctor.Wrong || s.Needed || temp.State != doctor.Wrong || !temp.Needed || doctor.Healthy(all) {
		t.Errorf("%+v, %+v", s, temp)
	}
}

func TestPorts(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	taken := l.Addr().String()
	_, number, _ := net.SplitHostPort(taken)
	look := func() (doctor.Finding, bool) {
		o := well(t)
		o.Ports = []doctor.Port{{Address: taken, For: words.Text{En: "x", Fr: "y"}, Flag: "--api", Instead: "http://127.0.0.1:44473"}}
		all := doctor.Examine(t.Context(), o)
		return find(t, all, "port-"+number), doctor.Healthy(all)
	}
	if f, healthy := look(); f.State != doctor.Wrong || !healthy || !strings.Contains(f.Get.En, "--api") || f.Saw.En != "taken; this atelier is at 127.0.0.1:44473" {
		t.Errorf("a port that is taken: %+v", f)
	}
	_ = l.Close()
	if f, _ := look(); f.State != doctor.Found {
		t.Errorf("a port that is free: %+v", f)
	}
}

// A tool is there, is not, fails, says what a terminal would obey, or hangs and
// leaves a child behind that holds its output.
func TestTools(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tools are shell scripts")
	}
	dir := t.TempDir()
	for name, script := range map[string]string{
		"curl":    "echo 'curl 8.0 \x1b[31mred'; echo more",
		"docker":  "echo 'Client: 1'; echo 'Cannot connect to the Docker daemon' >&2; exit 1",
		"kubectl": "sleep 60 & exec sleep 60",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	o := well(t)
	o.Getenv = func(name string) string { return map[string]string{"JAVA_HOME": dir}[name] }
	o.Tools, o.Patience = []string{"java", "docker", "kubectl", "curl"}, 5*time.Second // kubectl takes it all
	all := doctor.Examine(t.Context(), o)
	if f := find(t, all, "curl"); f.State != doctor.Found || f.Saw.En != "curl 8.0 red" {
		t.Errorf("%+v", f)
	}
	if f := find(t, all, "docker"); f.State != doctor.Wrong || !strings.Contains(f.Saw.En, "Cannot connect to the Docker daemon") {
		t.Errorf("%+v", f)
	}
	if f := find(t, all, "kubectl"); f.State != doctor.Wrong || !strings.Contains(f.Saw.Fr, "ne répond pas") {
		t.Errorf("%+v", f)
	}
	if f := find(t, all, "java"); f.State != doctor.Missing || !strings.Contains(f.Saw.En, "JAVA_HOME") {
		t.Errorf("%+v", f)
	}
	if doctor.Healthy(all) {
		t.Error("healthy, though what was asked for is not there")
	}
	t.Setenv("PATH", dir)
	o.Tools = []string{"kcat"}
	if f := find(t, doctor.Examine(t.Context(), o), "kcat"); f.State != doctor.Missing || f.For.En == "" || !strings.Contains(f.Get.En, "apt install kcat") {
		t.Errorf("%+v", f)
	}
}

func TestAClusterAndAToxiproxy(t *testing.T) {
	c, proxy := clustertest.Start(t, clustertest.TLSPassword), chaostest.Start(t)
	o := well(t)
	o.Brokers, o.Access, o.Toxiproxy = append([]string{"127.0.0.1:1"}, c.Addresses()[:1]...), c.Access(access.ScramSHA256), proxy.URL
	all := doctor.Examine(t.Context(), o)
	if f := find(t, all, "brokers"); !doctor.Healthy(all) || !strings.Contains(f.Saw.En, "3 brokers") {
		t.Errorf("%+v", f)
	}
	if f := find(t, all, "notice"); f.Needed || !strings.Contains(f.Saw.En, "127.0.0.1:1") {
		t.Errorf("%+v", f)
	}
	if f := find(t, all, "toxiproxy"); f.State != doctor.Found {
		t.Errorf("%+v", f)
	}
	if c.HasTopic(t, "bhf-transactions") {
		t.Error("a topic was made")
	}
	o.Access = nil // no password
	o.Toxiproxy = "http://127.0.0.1:1"
	all = doctor.Examine(t.Context(), o)
	if f := find(t, all, "brokers"); f.State != doctor.Missing || f.Saw.Fr == f.Saw.En {
		t.Errorf("%+v", f)
	}
	if f := find(t, all, "toxiproxy"); f.State != doctor.Missing || doctor.Healthy(all) {
		t.Errorf("%+v", f)
	}
}

// What takes what it is given and never answers ends the doctor's patience, not
// the doctor.
func TestItNeverHangs(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	o := well(t)
	o.Brokers, o.Toxiproxy, o.Patience = []string{l.Addr().String()}, "http://"+l.Addr().String(), 300*time.Millisecond
	done := make(chan []doctor.Finding)
	go func() { done <- doctor.Examine(t.Context(), o) }()
	select {
	case all := <-done:
		if find(t, all, "brokers").State != doctor.Missing || find(t, all, "toxiproxy").State != doctor.Missing {
			t.Errorf("%+v", all)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it hangs")
	}
}

func TestItIsToldInBothLanguages(t *testing.T) {
	o := well(t)
	o.Width = 20
	all := doctor.Examine(t.Context(), o)
	var en, fr, js strings.Builder
	if doctor.Text(&en, all, words.English) != nil || doctor.Text(&fr, all, words.French) != nil || doctor.JSON(&js, all, words.French) != nil {
		t.Fatal("not written")
	}
	for text, parts := range map[string][]string{
		en.String(): {"Terminal\n", "WRONG    size", "do: make it larger: 60 × 20", "Something that is needed is not there."},
		fr.String(): {"FAUTIF   taille", "faire\u00a0: agrandissez-le", "Il manque quelque chose de nécessaire."},
	} {
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("does not say %q:\n%s", part, text)
			}
		}
	}
	var back struct {
		Healthy  bool
		Findings []struct{ ID, State, Get string }
	}
	if err := json.Unmarshal([]byte(js.String()), &back); err != nil || back.Healthy || len(back.Findings) != len(all) {
		t.Errorf("%v: %s", err, js.String())
	}
}
