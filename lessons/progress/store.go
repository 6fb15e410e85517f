package progress

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"atelier/assets/words"
)

// Store keeps a State in a folder. It is safe for concurrent use. Changes are
// seen at once and saved in the background, as soon as the disk takes them:
// those that come while one is being written go together in the next. Its
// owner closes it.
//
// Where nothing can be saved it works all the same, in memory, and says so
// once.
type Store struct {
	path   string
	files  files
	notice func(words.Text)

	saving sync.Mutex // one save at a time
	wake   chan struct{}
	stop   chan struct{}
	ended  sync.WaitGroup

	mu      sync.Mutex
	state   *State         // as the caller sees it: saved, and pending on top
	saved   *State         // as last read or written
	pending []func(*State) // what saved lacks
	memory  bool           // nothing is saved any more
	told    bool           // that saving fails
}

const (
	fileName = "progress.json"
	lockName = "progress.lock"

	// patience is how long one save waits for another console's.
	patience = 2 * time.Second

	// maxPending bounds the changes that wait for a disk that refuses them.
	maxPending = 10_000
)

// Open reads the progress of a folder (see Dir) and makes the folder where
// there is none. It always returns a store: what is wrong with the folder or
// its file is told to notice, which may be called from any goroutine, also
// later, and must not call the store; nil hears nothing. An empty dir is a store in memory, on purpose, and
// tells nothing.
func Open(dir string, notice func(words.Text)) *Store { return open(dir, notice, disk{}) }

func open(dir string, notice func(words.Text), fs files) *Store {
	if notice == nil {
		notice = func(words.Text) {}
	}
	s := &Store{
		files: fs, notice: notice, wake: make(chan struct{}, 1), stop: make(chan struct{}),
		state: NewState(), saved: NewState(), memory: dir == "",
	}
	if !s.memory {
		s.path = filepath.Join(dir, fileName)
		if real, err := filepath.EvalSymlinks(s.path); err == nil {
			s.path = real // a link stays a link
		}
		s.load(dir)
	}
	s.ended.Add(1)
	go s.write()
	return s
}

// load reads the file for the first time.
func (s *Store) load(dir string) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		s.onlyMemory(cannotSave(s.path, err))
		return
	}
	unlock, err := s.lock()
	switch {
	case err == nil:
		defer unlock()
	case !errors.Is(err, errBusy): // others write whole files: reading needs no lock
		s.onlyMemory(cannotSave(s.path, err))
	}
	if info, err := os.Stat(s.path); err == nil {
		switch {
		case !info.Mode().IsRegular():
			s.onlyMemory(cannotSave(s.path, errors.New("not a file")))
			return
		case info.Mode().Perm()&0o200 == 0:
			s.onlyMemory(cannotSave(s.path, os.ErrPermission))
		}
	}
	if state, ok := s.read(); ok {
		s.saved, s.state = state, state
	}
}

func (s *Store) lock() (func(), error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return lock(ctx, filepath.Join(filepath.Dir(s.path), lockName))
}

// read reads the file. Where there is none that can be used, ok is false: it
// is set aside, if it is broken, and not touched, if a newer program wrote it.
func (s *Store) read() (state *State, ok bool) {
	data, err := readFile(s.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, false
	}
	if err != nil {
		s.onlyMemory(cannotSave(s.path, err))
		return nil, false
	}
	state, err = decode(data)
	switch {
	case err == nil:
		return state, true
	case errors.Is(err, errNewer):
		s.onlyMemory(newerFile(s.path))
		return nil, false
	case s.inMemory():
		return nil, false // and nothing in that folder is ours to move
	}
	aside, err := setAside(s.path)
	if err != nil {
		s.onlyMemory(cannotSave(s.path, err))
		return nil, false
	}
	s.notice(damagedFile(aside))
	return nil, false
}

// State is what is known now. It is shared: don't write to it.
func (s *Store) State() *State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// Update changes what is known, at once, and has it saved. The change may be
// made more than once, from another goroutine, on a State to which another
// console has added: it must do nothing but call the State's methods and set
// its fields, with values that it was given. Update never waits for the disk.
func (s *Store) Update(change func(*State)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.state.clone()
	change(next)
	s.state = next
	if s.memory {
		return
	}
	s.pending = append(s.pending, change)
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// write saves in the background until the store is closed.
func (s *Store) write() {
	defer s.ended.Done()
	for {
		select {
		case <-s.wake:
			_ = s.Flush() // it has told why
		case <-s.stop:
			return
		}
	}
}

// Flush saves what is not saved yet, and returns when it is on the disk. In
// memory it does nothing.
func (s *Store) Flush() error { return s.flush(true) }

// flush saves; tells says that what goes wrong is told to notice, once.
func (s *Store) flush(tells bool) error {
	s.saving.Lock()
	defer s.saving.Unlock()
	s.mu.Lock()
	pending, memory := s.pending, s.memory
	s.mu.Unlock()
	if memory || len(pending) == 0 {
		return nil
	}
	state, err := s.save(pending)
	s.mu.Lock()
	if err == nil && state != nil {
		s.saved, s.pending, s.told = state, s.pending[len(pending):], false
		s.state = replay(state, s.pending)
	}
	tell := err != nil && tells && !s.told
	s.told = s.told || tell
	full := len(s.pending) > maxPending
	s.mu.Unlock()
	if tell {
		s.notice(notSaved(s.path, err))
	}
	if full {
		s.onlyMemory(words.Text{})
	}
	return err
}

// save makes the changes on top of what the file holds now: another console
// may have written to it. Without an error and a state, there is nothing left
// to save to.
func (s *Store) save(changes []func(*State)) (*State, error) {
	unlock, err := s.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	base, ok := s.read()
	if s.inMemory() {
		return nil, nil
	}
	if !ok { // somebody removed it, or broke it: what we know is still known
		base = s.saved
	}
	state := replay(base, changes)
	data, err := encode(state)
	if err != nil {
		return nil, err
	}
	return state, replace(s.files, s.path, data)
}

func replay(base *State, changes []func(*State)) *State {
	state := base.clone()
	for _, change := range changes {
		change(state)
	}
	return state
}

// Close saves what is left and ends the store. A later Update changes only
// what State returns. The error says what is lost, to a learner.
func (s *Store) Close() error {
	close(s.stop)
	s.ended.Wait()
	err := s.flush(false) // nothing is tried again any more
	s.onlyMemory(words.Text{})
	if err != nil {
		return lost(s.path, err)
	}
	return nil
}

func (s *Store) inMemory() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.memory
}

// onlyMemory ends all saving, and says why; the first reason is enough.
func (s *Store) onlyMemory(why words.Text) {
	s.mu.Lock()
	already := s.memory
	s.memory, s.pending = true, nil
	s.mu.Unlock()
	if !already && why != (words.Text{}) {
		s.notice(why)
	}
}
