package course

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"atelier/assets/words"
)

// Course is a course in the languages that it is read in. Every language has
// the same modules, with the same steps and labs.
type Course map[words.Lang][]*Module

// LoadBoth reads a course in both languages. Where there is a folder for one of
// them only, lacks is the other, which then has the same modules: a learner can
// read them all the same. What is in one language and not in the other, or not
// alike, is an Errors.
func LoadBoth(fsys fs.FS) (both Course, lacks words.Lang, err error) {
	en, wrongEn := Load(fsys, words.English)
	fr, wrongFr := Load(fsys, words.French)
	switch {
	case isMissing(wrongEn) && isMissing(wrongFr):
		return nil, "", words.Errorf(
			"no lessons: a course is a folder with en/03-name.md and fr/03-nom.md in it, or one of the two",
			"pas de leçons : un cours est un dossier qui contient en/03-name.md et fr/03-nom.md, ou l’un des deux")
	case isMissing(wrongFr):
		return Course{words.English: en, words.French: en}, words.French, wrongEn
	case isMissing(wrongEn):
		return Course{words.English: fr, words.French: fr}, words.English, wrongFr
	}
	if err := joined(wrongEn, wrongFr); err != nil {
		return nil, "", err
	}
	if errs := Alike(en, fr, nil); len(errs) > 0 {
		return nil, "", errs
	}
	return Course{words.English: en, words.French: fr}, "", nil
}

// isMissing says that there is no folder to read lessons from.
func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// joined is what is wrong in either language; Errors stay Errors.
func joined(a, b error) error {
	var left, right Errors
	switch {
	case a == nil || b == nil:
		return cmp.Or(a, b)
	case errors.As(a, &left) && errors.As(b, &right):
		return append(slices.Clip(left), right...)
	}
	return errors.Join(a, b)
}

// Alike says what two languages do not share: whole modules, and parts of one.
// A module whose file is named in wrong, the errors of Load, is there though it
// could not be read.
func Alike(en, fr []*Module, wrong Errors) Errors {
	var errs Errors
	unread := map[string]bool{}
	for _, e := range wrong {
		unread[path.Base(path.Dir(e.Pos.File))+" "+strconv.Itoa(number(e.Pos.File))] = true
	}
	missing := func(m *Module, lang words.Lang) {
		if !unread[string(lang)+" "+strconv.Itoa(m.Number)] {
			untranslated(&errs, m, lang)
		}
	}
	for _, m := range en {
		other := numberedAs(m, fr)
		if other == nil {
			missing(m, words.French)
			continue
		}
		var es Errors
		if errors.As(Compare(m, other), &es) {
			errs = append(errs, es...)
		}
	}
	for _, m := range fr {
		if numberedAs(m, en) == nil {
			missing(m, words.English)
		}
	}
	return errs
}

func numberedAs(m *Module, in []*Module) *Module {
	for _, other := range in {
		if other.Number == m.Number {
			return other
		}
	}
	return nil
}

func untranslated(errs *Errors, m *Module, lang words.Lang) {
	errs.add(m.Name, 1, 1, "module %d has no translation: a file %s is missing", "le module %d n’a pas de traduction : il manque un fichier %s",
		m.Number, path.Join(path.Dir(path.Dir(m.Name)), string(lang), path.Base(m.Name)[:len(numbered.FindString(path.Base(m.Name)))]+"….md"))
}

// Under places errors below a folder, as somebody outside of it names their
// files.
func (es Errors) Under(dir string) Errors {
	placed := make(Errors, len(es))
	for i, e := range es {
		at := *e
		at.Pos.File = path.Join(dir, at.Pos.File)
		placed[i] = &at
	}
	return placed
}
