package progress

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// mortal is a disk whose process dies after so many steps: a byte written is
// one, and so is everything else. What was done before stays done.
type mortal struct {
	disk
	left int
}

var errDead = errors.New("dead")

func (m *mortal) step() bool {
	m.left--
	return m.left >= 0
}

func (m *mortal) create(name string) (output, error) {
	if !m.step() {
		return nil, errDead
	}
	f, err := m.disk.create(name)
	return &mortalFile{f, m}, err
}

func (m *mortal) rename(from, to string) error {
	if !m.step() {
		return errDead
	}
	return m.disk.rename(from, to)
}

func (m *mortal) syncDir(string) error {
	m.step()
	return nil
}

type mortalFile struct {
	output
	m *mortal
}

func (f *mortalFile) Write(p []byte) (int, error) {
	n := min(len(p), max(f.m.left, 0))
	f.m.left -= len(p)
	if n, err := f.output.Write(p[:n]); n < len(p) || err != nil {
		return n, errDead
	}
	return n, nil
}

func (f *mortalFile) Sync() error {
	if !f.m.step() {
		return errDead
	}
	return nil // the machine stays up: only the process dies
}

// A death at any step of a save, each byte of it a step, leaves what was saved
// before, or that and the save; never less, never a broken file.
func TestADeathAtAnyByteLosesNothing(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir, nil)
	s.Update(func(st *State) { *st = *full() })
	s.Update(reached(1))
	closed(t, s)
	path := filepath.Join(dir, fileName)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	olds, news := 0, 0
	for at := 0; news < 3; at++ {
		if err := os.WriteFile(path, before, 0o600); err != nil {
			t.Fatal(err)
		}
		dying := &Store{path: path, files: &mortal{left: at}, saved: NewState()}
		_, err := dying.save([]func(*State){reached(2)})

		data, _ := os.ReadFile(path)
		state, broken := decode(data)
		if broken != nil {
			t.Fatalf("death at step %d leaves a broken file: %v", at, broken)
		}
		switch saved := saw(state, 2); {
		case !saw(state, 1) || len(state.Labs) != 1:
			t.Fatalf("death at step %d loses what was there", at)
		case !saved && err == nil:
			t.Fatalf("death at step %d: it said that it had saved", at)
		case saved:
			news++
		default:
			olds++
		}
		if at > 4*len(before) {
			t.Fatal("it never gets to the end")
		}
	}
	if olds < len(before) {
		t.Errorf("only %d deaths before the end", olds)
	}
	e := &ear{}
	s = Open(dir, e.hear) // what a death leaves beside the file is in nobody's way
	s.Update(reached(4))
	closed(t, s)
	e.heard(t)
	entries, _ := os.ReadDir(dir)
	if len(entries) > 3 {
		t.Errorf("litter: %v", entries)
	}
}

// workUntilKilled is the child of TestKilled: it saves, and says what it has
// saved.
func workUntilKilled(dir string) {
	s := Open(dir, nil)
	for i := len(s.State().Seen); ; i++ {
		s.Update(reached(i))
		if i%3 == 0 {
			s.Update(func(st *State) { st.Remember("filler", fmt.Sprint(make([]int, i%200))) })
		}
		if err := s.Flush(); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		fmt.Println(i)
	}
}

// A real process, killed in the middle of its saves, again and again.
func TestKilled(t *testing.T) {
	dir, e := t.TempDir(), &ear{}
	saved := -1
	for round := range 20 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "PROGRESS_TEST_DIR="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			i, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatal(lines.Text())
			}
			saved = i
			if n == round%5 {
				_ = cmd.Process.Kill() // and read what it still said
			}
		}
		_ = cmd.Wait()
		s := Open(dir, e.hear)
		for i := range saved + 1 {
			if !saw(s.State(), i) {
				t.Fatalf("round %d: step %d of %d is lost", round, i, saved)
			}
		}
		closed(t, s)
	}
	e.heard(t)
	if damaged, _ := filepath.Glob(filepath.Join(dir, "*damaged*")); len(damaged) > 0 {
		t.Errorf("set aside: %v", damaged)
	}
	t.Logf("20 deaths, %d saves, nothing lost", saved+1)
}
