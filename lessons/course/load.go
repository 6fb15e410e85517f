package course

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"atelier/assets/words"
)

// Load reads the modules of one language, by number: the Markdown files of
// content/<lang> or <lang> in fsys whose name begins with a number. It returns
// what it could read, and an Errors for what it could not.
func Load(fsys fs.FS, lang words.Lang) ([]*Module, error) {
	dir := path.Join("content", string(lang))
	if _, err := fs.Stat(fsys, dir); err != nil {
		dir = string(lang)
	}
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, words.Errorf("no lessons in %s: %v", "pas de leçons dans %s : %v", dir, reason(err))
	}
	var (
		modules []*Module
		errs    Errors
		names   = map[int]string{}
	)
	for _, entry := range entries {
		file := path.Join(dir, entry.Name())
		n := number(entry.Name())
		if n < 0 || path.Ext(file) != ".md" {
			continue // a readme, a picture
		}
		if other, taken := names[n]; taken {
			errs.add(file, 1, 1, "module %d is also %s: give one of them another number",
				"le module %d est aussi %s : donnez un autre numéro à l’un des deux", n, other)
			continue
		}
		names[n] = file
		m, err := Read(fsys, file)
		if err == nil {
			modules = append(modules, m)
			continue
		}
		var es Errors
		if errors.As(err, &es) {
			errs = append(errs, es...)
		} else {
			errs.add(file, 1, 1, "cannot be read: %v", "illisible : %v", reason(err))
		}
	}
	slices.SortFunc(modules, func(a, b *Module) int { return cmp.Compare(a.Number, b.Number) })
	switch {
	case len(errs) > 0:
		return modules, errs
	case len(modules) == 0:
		return nil, words.Errorf("no lesson in %s: a lesson is a file such as 03-reliability.md",
			"aucune leçon dans %s : une leçon est un fichier tel que 03-fiabilite.md", dir)
	}
	return modules, nil
}

// Read reads and parses one file; one that is too large is not read at all.
func Read(fsys fs.FS, file string) (*Module, error) {
	info, err := fs.Stat(fsys, file)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("not a file")
	case info.Size() >= MaxSize:
		return nil, tooLarge(file, info.Size())
	}
	src, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	return Parse(file, src)
}

// reason is what is wrong with a path, without the path.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) && !strings.Contains(pe.Path, "\x1b") {
		return pe.Err
	}
	return err
}
