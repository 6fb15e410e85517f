package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/check"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/rehearsal"
	"atelier/lessons/review"
	"atelier/ui/headless"
	"atelier/ui/plain"
)

// checkLessons says what is wrong with lessons, and runs them if that is asked.
func (p *program) checkLessons(ctx context.Context) error {
	paths := p.asked.CheckLessons.Paths
	if len(paths) == 0 {
		paths = []string{""}
	}
	wrong := 0
	var all []reviewed
	for _, path := range paths {
		r, err := p.review(path)
		if err != nil {
			return err
		}
		for _, dir := range r.Unspoken {
			p.notice(words.Textf("%s: nobody can read the lessons of this folder, since the atelier speaks en and fr alone",
				"%s : personne ne peut lire les leçons de ce dossier, car l’atelier ne parle que en et fr", filepath.ToSlash(filepath.Join(path, dir))))
		}
		wrong += len(r.Findings)
		for _, e := range r.Findings {
			fmt.Fprintln(p.errs, plain.Text(e.In(p.lang)))
		}
		all = append(all, r)
	}
	if wrong > 0 {
		return status(headless.ExitInvalid)
	}
	for _, r := range all {
		p.inOrder(r)
	}
	if !p.asked.CheckLessons.Run {
		return nil
	}
	for _, r := range all {
		if err := p.rehearse(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// reviewed are lessons that were asked for.
type reviewed struct {
	*review.Review
	path string // as it was asked for; empty: the course itself
	root string // the folder that their names begin in; empty: of the course itself
}

// name is how a lesson's file is found from the working directory.
func (r reviewed) name(m *course.Module) string {
	return filepath.ToSlash(filepath.Join(filepath.FromSlash(r.root), filepath.FromSlash(m.Name)))
}

// review reviews a folder, a file or, without a path, the course itself. Files
// are named as they are found from the working directory.
func (p *program) review(path string) (reviewed, error) {
	if path == "" {
		r, err := review.Course(lessons.Content, p.code(true))
		return reviewed{Review: r}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return reviewed{}, words.Errorf("%s can't be read: %v", "%s est illisible : %v", path, withoutPath(err))
	}
	root, find := path, func(fsys fs.FS) (*review.Review, error) { return review.Course(fsys, p.code(false)) }
	if !info.IsDir() {
		// A lesson's links may lead to those of the other language.
		root = filepath.Dir(path)
		if lang := filepath.Base(root); lang == string(words.English) || lang == string(words.French) {
			root = filepath.Dir(root)
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return reviewed{}, err
		}
		find = func(fsys fs.FS) (*review.Review, error) {
			return review.File(fsys, p.code(false), filepath.ToSlash(name))
		}
	}
	r, err := find(os.DirFS(root))
	if err != nil {
		return reviewed{}, words.Errorf("%s: %v", "%s : %v", path, err)
	}
	r.Findings = r.Findings.Under(filepath.ToSlash(root))
	return reviewed{r, path, root}, nil
}

func withoutPath(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// code is where quoted files are: where the command line says or else here. The
// course itself quotes the project's own files, which are here only where the
// project is.
func (p *program) code(own bool) fs.FS {
	if dir := p.asked.CheckLessons.Code; dir != "" {
		return os.DirFS(dir)
	}
	if own {
		mod, err := os.ReadFile("go.mod")
		if err != nil || !bytes.HasPrefix(mod, []byte("module atelier\n")) {
			return nil
		}
	}
	return os.DirFS(".")
}

// inOrder says what was reviewed and found to be well.
func (p *program) inOrder(r reviewed) {
	path := r.path
	if path == "" {
		path = p.lang.Pick("the course", "le cours")
	}
	modules, labs, checks := 0, 0, 0
	for _, lang := range []words.Lang{p.lang, words.English, words.French} {
		if modules = len(r.Course[lang]); modules > 0 {
			for _, m := range r.Course[lang] {
				labs += len(m.Labs())
				for _, l := range m.Labs() {
					checks += len(m.Checks(l.Index))
				}
			}
			break
		}
	}
	fmt.Fprintln(p.out, words.Textf("%s: in order (modules: %d, experiments: %d, checks: %d)",
		"%s : en ordre (modules : %d, expériences : %d, vérifications : %d)", path, modules, labs, checks).In(p.lang))
	if r.Unread > 0 {
		p.notice(words.Textf("not compared with the code that they quote: %d (--code DIR says where that is)",
			"non comparées au code qu’elles citent : %d (--code DOSSIER dit où il est)", r.Unread))
	}
}

// rehearse runs the labs of a course, in one language: both have the same.
func (p *program) rehearse(ctx context.Context, r reviewed) error {
	modules := r.Course[p.lang]
	if len(modules) == 0 {
		modules = slices.Concat(r.Course[words.English], r.Course[words.French])
	}
	b, err := p.open(ctx)
	if err != nil {
		return p.unopened(ctx, err)
	}
	worst := headless.ExitPassed
	for _, m := range modules {
		if err != nil {
			break
		}
		began := time.Now()
		var all []rehearsal.Lab
		all, err = rehearsal.Run(ctx, b, m, func(l rehearsal.Lab) { worst = max(worst, p.rehearsed(r.name(m), m, &l)) })
		p.summed(r.name(m), all, time.Since(began))
	}
	err = errors.Join(err, b.Close())
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(p.errs, p.lang.Pick("interrupted", "interrompu"))
		return status(headless.ExitInterrupted)
	case err != nil:
		fmt.Fprintln(p.errs, words.Tell(p.lang, err))
		return status(headless.ExitError)
	}
	return exitWith(worst)
}

// rehearsed tells what a lab did not show, with its place, and returns the exit
// status that it deserves.
func (p *program) rehearsed(name string, m *course.Module, l *rehearsal.Lab) int {
	tell := func(line, column int, en, fr string, args ...any) {
		fmt.Fprintf(p.errs, "%s:%d:%d: %s\n", name, line, column, plain.Text(words.Textf(en, fr, args...).In(p.lang)))
	}
	at := m.Labs()[l.Index]
	switch {
	case l.Lacks != nil:
		fmt.Fprintf(p.out, "%s:%d: %s%s\n", name, at.Line-1, p.lang.Pick("skipped: ", "non joué : "), words.Tell(p.lang, l.Lacks))
		return headless.ExitPassed
	case l.Passed():
		return headless.ExitPassed
	case l.Status == lab.Interrupted:
		return headless.ExitInterrupted
	case l.Err != nil:
		tell(max(1, l.Pos.Line), max(1, l.Pos.Column), "%v", "%v", l.Err)
	}
	for i, c := range m.Checks(l.Index) {
		switch found := l.Checks[i]; {
		case found.Err != nil:
			tell(c.Line, c.Column, "not checked: %s: %v", "pas vérifié : %s : %v", c.Expr, found.Err)
		case !found.Held:
			tell(c.Line, c.Column, "expected %s, but found %s", "attendu : %s, trouvé : %s", c.Expr, check.InWords(found.Values))
		}
	}
	for _, f := range l.Predictions {
		if f.Err == nil && !f.Agrees {
			tell(f.Line, f.Column, "the lesson calls %s right, and the lab measured %s", "la leçon dit juste %s, et le lab a mesuré %s", f.Right, check.InWords(map[string]any{f.Value: f.Measured}))
		}
	}
	if l.Status == lab.Errored {
		return headless.ExitError
	}
	return headless.ExitFailed
}

// summed tells what a module's labs came to.
func (p *program) summed(name string, all []rehearsal.Lab, took time.Duration) {
	if len(all) == 0 {
		return
	}
	passed, skipped, checks := 0, 0, 0
	for i := range all {
		switch {
		case all[i].Lacks != nil:
			skipped++
		case all[i].Passed():
			passed++
		}
		for _, c := range all[i].Checks {
			if c.Held {
				checks++
			}
		}
	}
	fmt.Fprintln(p.out, words.Textf("%s: %d of %d experiments passed, %d skipped, %d checks held (%v)",
		"%s : %d expériences réussies sur %d, %d non jouées, %d vérifications tenues (%v)",
		name, passed, len(all), skipped, checks, took.Round(100*time.Millisecond)).In(p.lang))
}
