package headless

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/lab"
)

// maxSource bounds what is read of a source: a lesson's limit, which is above
// a script's.
const maxSource = course.MaxSize

// read reads and validates a script or a lesson.
func read(o Options) (*lab.Script, error) {
	if o.Module != nil {
		return lab.Parse(o.Module.Name, o.Module.Script())
	}
	return readFile(o.Script, o.In)
}

func readFile(name string, in io.Reader) (*lab.Script, error) {
	source, err := load(name, in)
	if err != nil {
		return nil, err
	}
	if name == "-" {
		name = "stdin"
	}
	if !isLesson(name, source) {
		return lab.Parse(name, source)
	}
	module, err := course.Parse(name, source)
	if err != nil {
		return nil, err
	}
	return lab.Parse(name, module.Script())
}

func load(name string, in io.Reader) ([]byte, error) {
	if name != "-" {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, words.Errorf(
				"no file %s: give the path of a script or of a lesson, or - for the standard input",
				"pas de fichier %s : donnez le chemin d’un script ou d’une leçon, ou - pour l’entrée standard", name)
		}
		if err != nil {
			return nil, words.Errorf("%s can't be read: %v", "%s est illisible : %v", name, err)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	source, err := io.ReadAll(io.LimitReader(in, maxSource+1))
	if err != nil {
		return nil, words.Errorf("%s can't be read: %v", "%s est illisible : %v", name, err)
	}
	return source, nil
}

// isLesson tells Markdown from the lab language: by the name, or by a lab
// block in it.
func isLesson(name string, source []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown":
		return true
	}
	return bytes.HasPrefix(source, []byte("```lab")) || bytes.Contains(source, []byte("\n```lab"))
}
