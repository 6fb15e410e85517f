package review

import (
	"io/fs"
	"strings"

	"atelier/lessons/course"
)

// quotes compares the code that a lesson quotes with the files that it names.
func (r *Review) quotes(code fs.FS, m *course.Module) {
	for _, c := range m.Code() {
		switch {
		case c.File == "" && c.Mark != "":
			r.add(m.Name, c.Line, 1, "mark=%s quotes no file: write file=kafka/mode.go mark=%[1]s", "mark=%s ne cite aucun fichier : écrivez file=kafka/mode.go mark=%[1]s", c.Mark)
		case c.File == "":
		case code == nil:
			r.Unread++
		default:
			r.quote(code, m, c)
		}
	}
}

func (r *Review) quote(code fs.FS, m *course.Module, c course.Code) {
	if !fs.ValidPath(c.File) {
		r.add(m.Name, c.Line, 1, "file=%s is no path inside the code: no .. and no leading /", "file=%s n’est pas un chemin dans le code : ni .. ni / au début", c.File)
		return
	}
	src, err := fs.ReadFile(code, c.File)
	if err != nil {
		r.add(m.Name, c.Line, 1, "the quoted file %s is not there (--code DIR says where the code is)", "le fichier cité %s n’est pas là (--code DOSSIER dit où est le code)", c.File)
		return
	}
	want, err := course.Marked(string(src), c.Mark)
	if err != nil {
		r.add(m.Name, c.Line, 1, "the quote has no place in %s: %v", "la citation n’a pas de place dans %s : %v", c.File, err)
		return
	}
	ours, theirs := strings.Split(c.Text, "\n"), strings.Split(want, "\n")
	for i := range max(len(ours), len(theirs)) {
		quoted, is := line(ours, i), line(theirs, i)
		if quoted != is || i >= len(ours) || i >= len(theirs) {
			r.add(m.Name, c.Line+1+min(i, len(ours)-1), 1, "the quote went stale: %q here, %q in %s", "la citation est périmée : %q ici, %q dans %s", quoted, is, c.File)
			return
		}
	}
}

func line(lines []string, i int) string {
	if i >= len(lines) {
		return ""
	}
	return lines[i]
}
