package progress

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv("PROGRESS_TEST_DIR"); dir != "" {
		workUntilKilled(dir)
	}
	goleak.VerifyTestMain(m)
}

// ear hears notices.
type ear struct {
	mu   sync.Mutex
	said []words.Text
}

func (e *ear) hear(w words.Text) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.said = append(e.said, w)
}

// heard fails unless exactly these were told, each by a part of it.
func (e *ear) heard(t *testing.T, parts ...string) {
	t.Helper()
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.said) != len(parts) {
		t.Fatalf("told %q, want %q", e.said, parts)
	}
	for i, part := range parts {
		if !strings.Contains(e.said[i].En, part) || e.said[i].Fr == "" || e.said[i].Fr == e.said[i].En {
			t.Errorf("told %q, want %q", e.said[i], part)
		}
	}
}

func reached(module int) func(*State) {
	return func(s *State) {
		s.Reached(Position{Place: Place{module, "a"}})
		s.Finished(Place{module, "a"}, time.Unix(1, 0))
	}
}

func saw(s *State, module int) bool {
	_, ok := s.Seen[Place{module, "a"}]
	return ok
}

func closed(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func TestProgressIsKept(t *testing.T) {
	dir, e := filepath.Join(t.TempDir(), "not", "yet", "there"), &ear{}
	s := Open(dir, e.hear)
	s.Update(reached(3))
	if !saw(s.State(), 3) {
		t.Error("a change is not seen at once")
	}
	closed(t, s)
	s.Update(reached(4)) // too late to be kept, and harmless
	s = Open(dir, e.hear)
	defer closed(t, s)
	if !saw(s.State(), 3) || saw(s.State(), 4) {
		t.Errorf("kept: %v", s.State().Seen)
	}
	e.heard(t)
}

func TestAStateThatWasHandedOutStands(t *testing.T) {
	s := Open("", nil)
	defer closed(t, s)
	lab := Spot{Place{3, "a"}, "lab"}
	run := func(id string) {
		s.Update(func(st *State) { st.Ran(lab, Run{ID: id, Checks: []Check{{Expr: "x", Held: true}}}) })
	}
	run("r1")
	before := s.State()
	run("r2")
	if e, _ := before.Held(lab, "x"); e.Run != "r1" || before.Labs[lab].Runs != 1 {
		t.Errorf("it changed: %+v", before.Labs)
	}
}

func TestTwoConsolesLoseNothingOfEachOther(t *testing.T) {
	dir, e := t.TempDir(), &ear{}
	stores := []*Store{Open(dir, e.hear), Open(dir, e.hear)}
	lab := Spot{Place{3, "a"}, "lab"}
	const each = 50
	var wait sync.WaitGroup
	for n, s := range stores {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range each {
				s.Update(reached(n*each + i))
				s.Update(func(st *State) { st.Ran(lab, Run{Status: strconv.Itoa(i)}) })
				if i%5 == 0 {
					if err := s.Flush(); err != nil {
						t.Error(err)
					}
				}
			}
		}()
	}
	wait.Wait()
	for _, s := range stores {
		closed(t, s)
	}
	s := Open(dir, e.hear)
	defer closed(t, s)
	if got := s.State(); len(got.Seen) != 2*each || got.Labs[lab].Runs != 2*each {
		t.Errorf("%d steps seen, %d labs run, want %d of each", len(got.Seen), got.Labs[lab].Runs, 2*each)
	}
	e.heard(t)
}

func TestTheLinesOfTwoConsolesAreKept(t *testing.T) {
	dir := t.TempDir()
	one, two := Open(dir, nil), Open(dir, nil)
	for _, l := range []string{"reset", "audit", "audit", " ", "toxics\x1b[31m", strings.Repeat("x", maxLine+1)} {
		one.Update(func(s *State) { s.Typed(l) })
	}
	closed(t, one)
	handedOut := two.State().Lines
	two.Update(func(s *State) { s.Typed("send 1 plain async") })
	two.Update(func(s *State) { s.Typed("audit") })
	closed(t, two)
	third := Open(dir, nil)
	defer closed(t, third)
	if got := strings.Join(third.State().Lines, "|"); got != "reset|audit|send 1 plain async|audit" || len(handedOut) != 0 {
		t.Errorf("kept %q, handed out %q", got, handedOut)
	}
}

func TestADamagedFileIsSetAside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, fileName)
	for n := 1; n <= 2; n++ {
		broken := "{broken" + strconv.Itoa(n)
		if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		e := &ear{}
		s := Open(dir, e.hear)
		s.Update(reached(n))
		closed(t, s)
		e.heard(t, "begin afresh")
		for i := 1; i <= n; i++ {
			kept, err := os.ReadFile(filepath.Join(dir, "progress.damaged-"+strconv.Itoa(i)+".json"))
			if want := "{broken" + strconv.Itoa(i); err != nil || string(kept) != want {
				t.Errorf("kept %q, %v, want %q", kept, err, want)
			}
		}
		s = Open(dir, e.hear)
		if !saw(s.State(), n) {
			t.Error("the fresh start was not kept")
		}
		closed(t, s)
		e.heard(t, "begin afresh") // and nothing more
	}
}

func TestAFileThatBreaksUnderUsIsWrittenAnew(t *testing.T) {
	dir, e := t.TempDir(), &ear{}
	s := Open(dir, e.hear)
	s.Update(reached(1))
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, fileName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Update(reached(2))
	closed(t, s)
	e.heard(t, "begin afresh")
	s = Open(dir, nil)
	defer closed(t, s)
	if !saw(s.State(), 1) || !saw(s.State(), 2) {
		t.Errorf("kept: %v", s.State().Seen)
	}
}

func TestANewerFileIsNotTouched(t *testing.T) {
	dir, e := t.TempDir(), &ear{}
	path, newer := filepath.Join(dir, fileName), []byte(`{"version":3,"seen":"otherwise"}`)
	first := Open(dir, e.hear) // and one that was open before it came
	first.Update(reached(1))
	if err := first.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, newer, 0o600); err != nil {
		t.Fatal(err)
	}
	second := Open(dir, e.hear)
	for _, s := range []*Store{first, second} {
		s.Update(reached(2))
		if !saw(s.State(), 2) {
			t.Error("it does not work in memory")
		}
		closed(t, s)
	}
	e.heard(t, "newer atelier", "newer atelier")
	if got, err := os.ReadFile(path); err != nil || string(got) != string(newer) {
		t.Errorf("it is now %q, %v", got, err)
	}
}

func TestAReadOnlyFileIsReadAndNotTouched(t *testing.T) {
	dir, e := t.TempDir(), &ear{}
	s := Open(dir, e.hear)
	s.Update(reached(1))
	closed(t, s)
	path := filepath.Join(dir, fileName)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	s = Open(dir, e.hear)
	if !saw(s.State(), 1) {
		t.Error("it was not read")
	}
	s.Update(reached(2))
	s.Update(reached(3))
	if !saw(s.State(), 3) {
		t.Error("it does not work in memory")
	}
	closed(t, s)
	e.heard(t, "can't be kept")
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("it was written to")
	}
}

func TestAFolderThatCannotBeIsSaidOnce(t *testing.T) {
	notFolder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(notFolder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	e := &ear{}
	s := Open(filepath.Join(notFolder, "atelier"), e.hear)
	for i := range 10 {
		s.Update(reached(i))
	}
	if !saw(s.State(), 9) {
		t.Error("it does not work in memory")
	}
	closed(t, s)
	e.heard(t, "can't be kept")
}

func TestAFolderThatIsReadOnly(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir, e := t.TempDir(), &ear{}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	s := Open(dir, e.hear)
	s.Update(reached(1))
	closed(t, s)
	e.heard(t, "can't be kept")
}

// refusing is a disk that is full for a while.
type refusing struct {
	disk
	mu   sync.Mutex
	full bool
}

var errFull = errors.New("no space left on device")

func (r *refusing) create(name string) (output, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.full {
		return nil, errFull
	}
	return r.disk.create(name)
}

func (r *refusing) fill(full bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.full = full
}

func TestAFullDiskIsSaidOnceAndTriedAgain(t *testing.T) {
	dir, e, fs := t.TempDir(), &ear{}, &refusing{full: true}
	s := open(dir, e.hear, fs)
	for i := range 3 {
		s.Update(reached(i))
		if err := s.Flush(); !errors.Is(err, errFull) {
			t.Errorf("flush: %v", err)
		}
	}
	e.heard(t, "not saved yet")
	fs.fill(false)
	s.Update(reached(3))
	closed(t, s)
	e.heard(t, "not saved yet")
	s = Open(dir, nil)
	defer closed(t, s)
	if len(s.State().Seen) != 4 {
		t.Errorf("kept: %v", s.State().Seen)
	}
}

// What the end could not save is not promised to be tried again; the caller is
// told, in a learner's words, and nobody else.
func TestWhatTheEndCouldNotSaveIsLost(t *testing.T) {
	e, fs := &ear{}, &refusing{}
	s := open(t.TempDir(), e.hear, fs)
	close(s.stop) // the writer of the background
	s.ended.Wait()
	s.stop = make(chan struct{})
	fs.fill(true)
	s.Update(reached(0))
	err := s.Close()
	if !errors.Is(err, errFull) || !strings.Contains(words.Tell(words.French, err), "elle est perdue") {
		t.Errorf("closed: %v", err)
	}
	e.heard(t)
}

func TestALinkStaysALink(t *testing.T) {
	dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "mine.json")
	s := Open(filepath.Dir(elsewhere), nil)
	s.Update(reached(1))
	closed(t, s)
	if err := os.Rename(filepath.Join(filepath.Dir(elsewhere), fileName), elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(dir, fileName)); err != nil {
		t.Skip(err)
	}
	s = Open(dir, nil)
	s.Update(reached(2))
	closed(t, s)
	data, err := os.ReadFile(elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	state, err := decode(data)
	if err != nil || !saw(state, 1) || !saw(state, 2) {
		t.Errorf("the file that the link names: %+v, %v", state, err)
	}
}

func TestEmptyDirIsMemory(t *testing.T) {
	e := &ear{}
	s := Open("", e.hear)
	s.Update(reached(1))
	if !reflect.DeepEqual(s.State().Resume, Position{Place: Place{1, "a"}}) {
		t.Error("it does not work in memory")
	}
	closed(t, s)
	e.heard(t)
}
