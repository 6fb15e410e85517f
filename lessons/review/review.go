package review

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/lab"
)

// Review is what was found.
type Review struct {
	// Findings is all that is wrong, in the order of the files.
	Findings course.Errors
	// Course is what could be read.
	Course course.Course
	// Unread counts quotes of code that were not compared, since nobody said
	// where that code is.
	Unread int
	// Unspoken are folders with lessons in a language that the atelier does not
	// speak: nobody can read them there.
	Unspoken []string
}

// Course reviews a course: a folder with en and fr, or content/en and
// content/fr, in it. code is where the files are that it quotes (nil: they are
// not here). The error is a folder that can't be read at all.
func Course(fsys, code fs.FS) (*Review, error) {
	r := &Review{Course: course.Course{}}
	languages := []words.Lang{words.English, words.French}
	there := 0
	for _, lang := range languages {
		modules, err := course.Load(fsys, lang)
		var errs course.Errors
		switch {
		case errors.Is(err, fs.ErrNotExist):
			r.add(string(lang), 1, 1, "there is no folder %s: every lesson has one file in each language", "il n’y a pas de dossier %s : chaque leçon a un fichier par langue", lang)
			continue
		case errors.As(err, &errs):
			r.Findings = append(r.Findings, errs...)
		case err != nil:
			r.add(string(lang), 1, 1, "%v", "%v", err)
		}
		there++
		r.Course[lang] = modules
		r.unnumbered(fsys, lang)
	}
	if there == 0 {
		return nil, words.Errorf(
			"no lessons: a course is a folder with en/03-name.md and fr/03-nom.md in it",
			"pas de leçons : un cours est un dossier qui contient en/03-name.md et fr/03-nom.md")
	}
	if there == len(languages) {
		r.Findings = append(r.Findings, course.Alike(r.Course[words.English], r.Course[words.French], r.Findings)...)
	}
	for _, lang := range languages {
		for _, m := range r.Course[lang] {
			r.module(fsys, code, m)
		}
	}
	r.unspoken(fsys)
	r.sort()
	return r, nil
}

// Names reviews what the labs, the checks and the predictions of a course name:
// with a label that nobody sends, an experiment would run and show nothing.
func Names(c course.Course) course.Errors {
	r, seen := &Review{}, map[*course.Module]bool{} // one language may stand for both
	for _, lang := range []words.Lang{words.English, words.French} {
		for _, m := range c[lang] {
			if !seen[m] {
				seen[m] = true
				r.names(m)
			}
		}
	}
	r.sort()
	return r.Findings
}

// File reviews one lesson. Its name is one in fsys.
func File(fsys, code fs.FS, name string) (*Review, error) {
	r := &Review{Course: course.Course{}}
	m, err := course.Read(fsys, name)
	var errs course.Errors
	switch {
	case errors.As(err, &errs):
		r.Findings = errs
		return r, nil
	case err != nil:
		return nil, words.Errorf("%s can't be read: %v", "%s est illisible : %v", name, err)
	}
	if m.Number < 0 {
		r.add(name, 1, 1, "the name does not begin with a number of one to three digits: a course takes files such as 03-name.md", "le nom ne commence pas par un numéro d’un à trois chiffres : un cours prend des fichiers tels que 03-nom.md")
	}
	r.Course[words.English] = []*course.Module{m}
	r.module(fsys, code, m)
	r.sort()
	return r, nil
}

func (r *Review) add(file string, line, column int, en, fr string, args ...any) {
	r.Findings = append(r.Findings, &course.Error{Pos: course.Pos{File: file, Line: line, Column: column}, Text: words.Textf(en, fr, args...)})
}

// unnumbered finds lessons that no course takes, since their names have no
// number.
func (r *Review) unnumbered(fsys fs.FS, lang words.Lang) {
	for _, dir := range []string{path.Join("content", string(lang)), string(lang)} {
		files, _ := fs.Glob(fsys, dir+"/*.md")
		for _, file := range files {
			if m, err := course.Read(fsys, file); err == nil && m.Number < 0 {
				r.add(file, 1, 1, "the name does not begin with a number of one to three digits, so no course takes this lesson: call it 03-%s", "le nom ne commence pas par un numéro d’un à trois chiffres, aucun cours ne prend donc cette leçon : appelez-la 03-%s", path.Base(file))
			}
		}
	}
}

var language = regexp.MustCompile(`^[a-z]{2,3}([-_][A-Za-z]+)?$`)

// unspoken finds folders that are called like those of a language, and hold
// lessons.
func (r *Review) unspoken(fsys fs.FS) {
	for _, top := range []string{"content", "."} {
		folders, _ := fs.ReadDir(fsys, top)
		for _, f := range folders {
			dir := path.Join(top, f.Name())
			if _, spoken := words.ParseLang(f.Name()); spoken == nil || !f.IsDir() || !language.MatchString(f.Name()) {
				continue
			}
			if files, _ := fs.Glob(fsys, dir+"/[0-9]*.md"); len(files) > 0 {
				r.Unspoken = append(r.Unspoken, dir)
			}
		}
	}
}

// module looks at what a well-formed lesson names, and at what it leads to.
func (r *Review) module(fsys, code fs.FS, m *course.Module) {
	r.names(m)
	r.links(fsys, m)
	r.quotes(code, m)
}

// names looks at what the labs, the checks and the predictions of a lesson name.
func (r *Review) names(m *course.Module) {
	r.script(m)
	for _, s := range m.Steps {
		for _, b := range s.Blocks {
			if p, is := b.(course.Predict); is && p.Value != "" {
				r.value(m, p)
			}
		}
	}
}

// script reads a module's labs and checks as one script: an error in it stands
// at its place in the lesson.
func (r *Review) script(m *course.Module) {
	if len(m.Labs()) == 0 {
		return
	}
	_, err := lab.Parse(m.Name, m.Script())
	r.labErrors(err, func(p lab.Pos) course.Pos { return course.Pos(p) })
}

// value reads what a prediction foretells, as it will be known after its lab.
func (r *Review) value(m *course.Module, p course.Predict) {
	src := strings.Split(string(m.Script()), "\n")
	for _, l := range m.Labs() {
		if l.Index == p.Lab {
			src = src[:l.Line+strings.Count(l.Source, "\n")]
		}
	}
	const command = "expect "
	src = append(src, command+p.Value+" == 0")
	_, err := lab.Parse(m.Name, []byte(strings.Join(src, "\n")))
	r.labErrors(err, func(at lab.Pos) course.Pos {
		if at.Line != len(src) {
			return course.Pos{} // told already, by the script
		}
		return course.Pos{File: m.Name, Line: p.ValueLine, Column: max(1, p.Column+at.Column-1-len(command))}
	})
}

func (r *Review) labErrors(err error, place func(lab.Pos) course.Pos) {
	var errs lab.Errors
	if !errors.As(err, &errs) {
		return
	}
	for _, e := range errs {
		if at := place(e.Pos); at.Line > 0 {
			r.Findings = append(r.Findings, &course.Error{Pos: at, Text: e.Text})
		}
	}
}

func (r *Review) sort() {
	slices.SortStableFunc(r.Findings, func(a, b *course.Error) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
}
