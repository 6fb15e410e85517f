package progress

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atelier/assets/words"
)

func TestReadTouchesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	if s, err := Read(dir); err != nil || len(s.Seen) != 0 {
		t.Errorf("nobody was here: %+v, %v", s, err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made")
	}
	s := Open(dir, nil)
	s.Update(reached(3))
	closed(t, s)
	if s, err := Read(dir); err != nil || !saw(s, 3) {
		t.Errorf("not read: %v", err)
	}
	for src, says := range map[string]string{"{": "can't be read", `{"version":3}`: "newer atelier"} {
		path := filepath.Join(dir, fileName)
		if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Read(dir)
		if err == nil || !strings.Contains(err.Error(), says) || words.Tell(words.French, err) == err.Error() {
			t.Errorf("%s: %v", src, err)
		}
		if left, err := os.ReadFile(path); err != nil || string(left) != src {
			t.Errorf("it is now %q, %v", left, err)
		}
	}
}

// What the version before wrote is read: its evidence does not say on which
// cluster it was found.
func TestAFileOfTheFirstVersionIsRead(t *testing.T) {
	s, err := decode([]byte(`{"version":1,"labs":{"3/a/lab-b":{"runs":2,"last":{"id":"r2","at":"2026-11-22T09:00:00Z","status":"failed","checks":[]},` +
		`"held":{"A.copies == 3":{"run":"r1","at":"2026-11-22T08:00:00Z","values":{"A.copies":3}}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	lab := Spot{Place{3, "a"}, "lab-b"}
	e, held := s.Held(lab, "A.copies == 3")
	if l := s.Labs[lab]; !held || e.Run != "r1" || e.Cluster != "" || !l.Ran() {
		t.Errorf("%+v, %+v", e, l)
	}
}

// What was skipped was not run.
func TestSkippedIsNotRan(t *testing.T) {
	s, lab := NewState(), Spot{Place{3, "a"}, "lab-b"}
	s.Ran(lab, Run{ID: "r1", Status: "passed", Skipped: true})
	if l := s.Labs[lab]; l.Ran() {
		t.Error("to be skipped counts as a run")
	}
	s.Ran(lab, Run{ID: "r2", Status: "passed", Cluster: "apache", Checks: []Check{{Expr: "x", Held: true}}})
	s.Ran(lab, Run{ID: "r3", Status: "passed", Skipped: true})
	l := s.Labs[lab]
	if e, held := s.Held(lab, "x"); !l.Ran() || !held || e.Cluster != "apache" {
		t.Errorf("%+v, %+v", l, e)
	}
}
