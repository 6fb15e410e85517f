package program_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/kafka/cluster/apache"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
	"atelier/lessons"
	"atelier/lessons/check"
	"atelier/lessons/course"
	"atelier/ui/headless"
)

const shipped = "../../assets/recordings"

// recorded is the experiment that a recording shows: the lab of the course that
// names it and those that continue it, with their checks.
func recorded(t *testing.T, name string) string {
	t.Helper()
	modules, err := course.Load(lessons.Content, words.English)
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for _, m := range modules {
		for _, l := range m.Labs() {
			if l.Recording != name {
				continue
			}
			if !l.Continue {
				script.WriteString("reset needs=" + l.Needs + "\n")
			}
			script.WriteString(l.Source + "\n")
			for _, c := range m.Checks(l.Index) {
				script.WriteString("expect " + c.Expr + "\n")
			}
		}
	}
	if script.Len() == 0 {
		t.Fatalf("no lab of the course names the recording %s", name)
	}
	return script.String()
}

// What a recording shows is in its own events: at its end, every check of its
// experiment holds, and it is of the day that it says.
func TestRecordings(t *testing.T) {
	for _, name := range recordings.Names() {
		r := recordings.Named(name)
		in, err := r.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		_ = in.Close()
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > 64<<10 || bytes.Contains(text, []byte(os.TempDir())) {
			t.Errorf("%s: %d bytes, or a path of whoever made it", name, len(text))
		}
		var head struct{ Made time.Time }
		if err := json.Unmarshal(text[:bytes.IndexByte(text, '\n')], &head); err != nil || head.Made.UTC().Format(time.DateOnly) != r.Made.Format(time.DateOnly) {
			t.Errorf("%s says that it is of %s, and was made on %s (%v)", name, r.Made, head.Made, err)
		}
		l := ledger.New()
		notices, err := tape.Read(t.Context(), name, bytes.NewReader(text), func(e ledger.Event) error { l.Apply(e); return nil })
		if err != nil || len(notices) > 0 {
			t.Fatalf("%s: %v %v", name, err, notices)
		}
		checks := 0
		for line := range strings.Lines(recorded(t, name)) {
			expr, is := strings.CutPrefix(strings.TrimSpace(line), "expect ")
			if !is {
				continue
			}
			x, err := check.Compile(expr)
			if err != nil {
				t.Fatal(err)
			}
			checks++
			if held, used, err := x.Eval(check.Of(l.Snapshot())); !held {
				t.Errorf("%s: not %s: %v %v", name, expr, used, err)
			}
		}
		if checks == 0 {
			t.Errorf("%s: its experiment has no check", name)
		}
	}
}

// Ten messages that were acked are lost, and whoever watches is told first that
// it is a recording, of which day and of which cluster.
func TestReplayOfAnAckedLoss(t *testing.T) {
	r := recordings.Named("acks1-loss")
	var text, french, lines, errs bytes.Buffer
	for out, args := range map[*bytes.Buffer][]string{&text: nil, &french: {"--lang", "fr"}, &lines: {"--format", "json"}} {
		if status := run(t.Context(), out, &errs, append([]string{"--replay", r.Name}, args...)...); status != headless.ExitPassed || errs.Len() > 0 {
			t.Fatalf("exit status %d: %s", status, errs.String())
		}
	}
	for said, want := range map[string]string{
		text.String():   "── This is a recording of " + r.Made.Format(time.DateOnly) + ", Apache Kafka " + r.Kafka + ". Seen in it: ten messages acked",
		french.String(): "── Ceci est un enregistrement du " + r.Made.Format("02/01/2006") + ", Apache Kafka " + r.Kafka + ". On y voit\u00a0: dix messages",
		lines.String():  `{"event":"recording","name":"acks1-loss",`,
	} {
		if !strings.HasPrefix(said, want) {
			t.Errorf("no %q first of all in\n%s", want, said)
		}
	}
	var last struct {
		Labels map[string]struct{ Sent, Acked, Copies, Lost int }
	}
	told := strings.Split(strings.TrimSpace(lines.String()), "\n")
	if err := json.Unmarshal([]byte(told[len(told)-1]), &last); err != nil {
		t.Fatal(err)
	}
	if a := last.Labels["A"]; a.Sent != 10 || a.Acked != 10 || a.Copies != 0 || a.Lost != 10 {
		t.Errorf("A: %+v", a)
	}
}

// A file of that name is what is played, where there is one.
func TestAFileGoesBeforeAShippedRecording(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("acks1-loss", []byte("nothing of the kind\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if status := run(t.Context(), &out, &errs, "--replay", "acks1-loss"); status != headless.ExitInvalid || strings.Contains(out.String(), "This is a recording") {
		t.Errorf("exit status %d\n%s%s", status, out.String(), errs.String())
	}
}

// Makes the recordings anew, on Apache Kafka: make recordings.
func TestRecord(t *testing.T) {
	if os.Getenv("ATELIER_RECORDINGS") == "" {
		t.Skip("it writes the recordings: make recordings")
	}
	t.Setenv("TMPDIR", t.TempDir())
	for _, name := range recordings.Names() {
		dir := t.TempDir()
		script, file := filepath.Join(dir, name+".lab"), filepath.Join(dir, name+".jsonl")
		if err := os.WriteFile(script, []byte(recorded(t, name)), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		if status := run(t.Context(), &out, &errs, "--cluster", "apache", "--script", script, "--record", file, "--toxiproxy-api", "127.0.0.1:0"); status != headless.ExitPassed {
			t.Fatalf("%s: exit status %d\n%s%s", name, status, out.String(), errs.String())
		}
		events, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		facts := fmt.Sprintf("{\"kafka\": %q, \"made\": %q}\n", apache.Version, time.Now().UTC().Format(time.DateOnly))
		for end, text := range map[string][]byte{".jsonl": events, ".json": []byte(facts)} {
			if err := os.WriteFile(filepath.Join(shipped, name+end), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		t.Logf("%s: %d bytes\n%s", name, len(events), out.String())
	}
}
