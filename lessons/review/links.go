package review

import (
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"atelier/lessons/check/spell"
	"atelier/lessons/course"
)

// link is where a lesson leads, and where it says so.
type link struct {
	target       string
	line, column int
}

var (
	fence     = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})[ \t]*([a-z]*)")
	codeSpan  = regexp.MustCompile("`+[^`]*`+")
	inline    = regexp.MustCompile(`\]\([ \t]*<?([^\s<>()]*)`)
	reference = regexp.MustCompile(`^ {0,3}\[[^\]]+\]:[ \t]*<?([^\s<>]+)`)
	scheme    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
	heading   = regexp.MustCompile(`^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$`)
)

// prose gives the lines of a lesson that are read as Markdown: not those of
// code, of labs and of drawings. Code spans are blank.
func prose(src string, each func(number int, line string)) {
	marker, readable := "", true
	for i, line := range strings.Split(src, "\n") {
		m := fence.FindStringSubmatch(line)
		switch {
		case marker == "" && m != nil:
			marker, readable = m[1], m[2] == "quiz" || m[2] == "predict"
		case marker != "" && m != nil && strings.HasPrefix(m[1], marker) && strings.Trim(line, " `~") == "":
			marker, readable = "", true
		case readable:
			each(i+1, codeSpan.ReplaceAllStringFunc(line, func(s string) string { return strings.Repeat(" ", utf8.RuneCountInString(s)) }))
		}
	}
}

// linksIn lists the links of a lesson.
func linksIn(src string) []link {
	var all []link
	prose(src, func(number int, line string) {
		for _, m := range append(inline.FindAllStringSubmatchIndex(line, -1), reference.FindAllStringSubmatchIndex(line, -1)...) {
			all = append(all, link{line[m[2]:m[3]], number, utf8.RuneCountInString(line[:m[2]]) + 1})
		}
	})
	return all
}

// anchorsIn lists the anchors of a page's headings, as the sites that show
// Markdown make them.
func anchorsIn(src string) []string {
	var all []string
	taken := map[string]int{}
	// The code spans of a heading are part of its anchor.
	inCode := ""
	for line := range strings.SplitSeq(src, "\n") {
		if m := fence.FindStringSubmatch(line); m != nil {
			switch {
			case inCode == "":
				inCode = m[1]
			case strings.HasPrefix(m[1], inCode):
				inCode = ""
			}
			continue
		}
		if m := heading.FindStringSubmatch(line); m != nil && inCode == "" {
			name := course.Anchor(m[1])
			if n := taken[name]; n > 0 {
				all = append(all, name+"-"+strconv.Itoa(n))
			} else {
				all = append(all, name)
			}
			taken[name]++
		}
	}
	return all
}

// links sees that every link leads somewhere. What is on the web is not asked.
func (r *Review) links(fsys fs.FS, m *course.Module) {
	src, err := fs.ReadFile(fsys, m.Name)
	if err != nil {
		return // it was read a moment ago
	}
	text := strings.ReplaceAll(string(src), "\r\n", "\n")
	for _, l := range linksIn(text) {
		r.link(fsys, m.Name, text, l)
	}
}

func (r *Review) link(fsys fs.FS, name, text string, l link) {
	wrong := func(en, fr string, args ...any) { r.add(name, l.line, l.column, en, fr, args...) }
	if s := strings.ToLower(scheme.FindString(l.target)); s != "" {
		if !slices.Contains([]string{"http:", "https:", "mailto:"}, s) {
			wrong("a lesson links to http:, https:, mailto: and to files beside it, not to %s", "une leçon renvoie vers http:, https:, mailto: et des fichiers à côté d’elle, pas vers %s", s)
		}
		return
	}
	file, fragment, _ := strings.Cut(l.target, "#")
	file, err := url.PathUnescape(file)
	if err != nil || l.target == "" {
		wrong("the link leads nowhere", "le lien ne mène nulle part")
		return
	}
	page := text
	if file != "" {
		at := path.Join(path.Dir(name), file)
		if path.IsAbs(file) || strings.HasPrefix(file, `\`) || !fs.ValidPath(at) {
			wrong("%s leads out of the course's folder: it is not there where the lessons are read", "%s mène hors du dossier du cours : il n’y sera pas là où les leçons sont lues", file)
			return
		}
		if info, err := fs.Stat(fsys, at); err != nil {
			wrong("there is no file %s%s", "il n’y a pas de fichier %s%s", at, near(path.Base(at), beside(fsys, path.Dir(at))))
			return
		} else if fragment == "" || info.IsDir() || path.Ext(at) != ".md" || info.Size() >= course.MaxSize {
			return
		}
		other, err := fs.ReadFile(fsys, at)
		if err != nil {
			return
		}
		page = strings.ReplaceAll(string(other), "\r\n", "\n")
	}
	if fragment, err = url.PathUnescape(fragment); err != nil || fragment == "" {
		return
	}
	if there := anchorsIn(page); !slices.Contains(there, fragment) {
		wrong("there is no heading #%s%s", "il n’y a pas de titre #%s%s", fragment, near(fragment, there))
	}
}

func beside(fsys fs.FS, dir string) []string {
	entries, _ := fs.ReadDir(fsys, dir)
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names
}

// near names the closest of what there is, where one is close.
func near(word string, there []string) any {
	if spell.Closest(word, there) == "" {
		return ""
	}
	return spell.Hint(word, there)
}
