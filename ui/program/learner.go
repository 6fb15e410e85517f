package program

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/course"
	"atelier/lessons/progress"
	"atelier/lessons/review"
	"atelier/ui/commandline"
)

// course reads the course, and where in it to begin.
func (p *program) course() (course.Course, commandline.Lesson, error) {
	modules, err := p.lessons()
	if err != nil {
		return nil, commandline.Lesson{}, err
	}
	lesson, err := p.asked.ReadLesson(modules[p.lang])
	return modules, lesson, err
}

// lessons reads the course, or a trainer's own lessons. Those stand in its
// place, not beside it: a module's number names it, for --lesson and in what is
// kept of a learner, and two courses would number alike.
func (p *program) lessons() (course.Course, error) {
	dir := p.asked.LessonsDir
	if dir == "" {
		modules, _, err := course.LoadBoth(lessons.Content)
		return modules, err
	}
	modules, lacks, err := course.LoadBoth(os.DirFS(dir))
	if err == nil {
		if found := review.Names(modules); len(found) > 0 {
			err = found
		}
	}
	var errs course.Errors
	switch {
	case errors.As(err, &errs):
		return nil, words.Errorf("%v\nThese lessons can't be used as they are. All that is wrong: atelier lessons check %s",
			"%v\nCes leçons ne peuvent pas servir telles quelles. Tout ce qui ne va pas : atelier lessons check %s", errs.Under(filepath.ToSlash(dir)), dir)
	case err != nil:
		return nil, words.Errorf("--lessons %s: %v", "--lessons %s : %v", dir, err)
	case lacks != "" && lacks == p.lang:
		p.notice(words.Textf("these lessons exist in %s only", "ces leçons n’existent qu’en %s", present(lacks)))
	}
	return modules, nil
}

// present is the language that does not lack.
func present(lacks words.Lang) words.Text {
	if lacks == words.English {
		return words.Text{En: "French", Fr: "français"}
	}
	return words.Text{En: "English", Fr: "anglais"}
}

var number = regexp.MustCompile(`^\d{1,3}$`)

// module is the one that --script names by its number, where there is no file
// of that name; nil: the script is a file.
func (p *program) module(script string) (*course.Module, error) {
	if !number.MatchString(script) {
		return nil, nil
	}
	if _, err := os.Stat(script); !errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	modules, err := p.lessons()
	if err != nil {
		return nil, err
	}
	for _, m := range modules[p.lang] {
		if strconv.Itoa(m.Number) == script {
			return m, nil
		}
	}
	return nil, words.Errorf("--script %s: there is neither a file nor a module of that name", "--script %s : il n’y a ni fichier ni module de ce nom", script)
}

// progressDir is the folder for what the learner has done. What was done in a
// trainer's lessons is kept apart, by their folder: their module 3 is another.
func (p *program) progressDir() string {
	dir := progress.Dir(p.environ.Get, runtime.GOOS)
	if dir == "" || p.asked.LessonsDir == "" {
		return dir
	}
	at, err := filepath.Abs(p.asked.LessonsDir)
	if err != nil {
		at = p.asked.LessonsDir
	}
	if real, err := filepath.EvalSymlinks(at); err == nil {
		at = real
	}
	sum := sha256.Sum256([]byte(at))
	return filepath.Join(dir, "lessons-"+hex.EncodeToString(sum[:4]))
}

// progress opens what the learner has done so far, in the platform's own
// folder. The language that was spoken last is spoken again.
func (p *program) progress() *progress.Store {
	dir := p.progressDir()
	store := progress.Open(dir, p.notice)
	if p.asked.LessonsDir != "" && dir != "" {
		p.introduce(store)
	}
	if lang := store.State().Language; lang != "" && !p.asked.LangGiven {
		p.lang = lang
	}
	return store
}

// introduce makes a learner known where they open a trainer's lessons for the
// first time: their language, their theme, and that the first contact is behind
// them.
func (p *program) introduce(store *progress.Store) {
	if s := store.State(); s.Language != "" || s.Theme != "" || !s.FirstContact.IsZero() {
		return
	}
	known, err := progress.Read(progress.Dir(p.environ.Get, runtime.GOOS))
	if err != nil {
		return
	}
	store.Update(func(s *progress.State) {
		s.Language, s.Theme = known.Language, known.Theme
		if !known.FirstContact.IsZero() {
			s.Met(known.FirstContact)
		}
	})
}
