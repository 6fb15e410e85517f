package tape

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// maxLoaded bounds the memory that a recording may take to be played, in bytes
// of events.
const maxLoaded = 512 << 20

// Recording is what a file holds.
type Recording struct {
	Tapes   []*Tape      // the runs in which something was sent, in their order
	Notices []words.Text // what is wrong with it, where something is
}

// Load reads a recording that is to be played. The errors are those of Read.
func Load(ctx context.Context, name string, in io.Reader) (*Recording, error) {
	r := &Recording{}
	cut := newCutter()
	loaded := 0
	keep := func(run *run) {
		if run != nil && run.sent > 0 {
			r.Tapes = append(r.Tapes, run.tape())
			loaded += run.weight
		}
	}
	var err error
	r.Notices, err = Read(ctx, name, in, func(e ledger.Event) error {
		keep(cut.hear(e))
		if cut.run != nil && loaded+cut.run.weight > maxLoaded {
			return words.Errorf(
				"%s is too large to be played (more than %d MB of memory). Its results: atelier --replay %[1]s --format text",
				"%s est trop grand pour être joué (plus de %d Mo de mémoire). Ses résultats : atelier --replay %[1]s --format text",
				name, maxLoaded>>20)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	keep(cut.run)
	if len(r.Tapes) == 0 {
		return nil, words.Errorf("%s: nothing was sent in it", "%s : rien n’y a été envoyé", name)
	}
	return r, nil
}

// Open opens a recording; the caller closes it. The name - is in, and where no
// file has the name of a recording that is shipped, it is that one.
func Open(name string, in io.Reader) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(in), nil
	}
	f, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && Shipped(name) != nil:
		return Shipped(name).Open()
	case errors.Is(err, fs.ErrNotExist):
		return nil, words.Errorf("no file %s: give the path of a recording, or the name of one of ours: %[2]s",
			"pas de fichier %s : donnez le chemin d’un enregistrement, ou le nom de l’un des nôtres : %[2]s", name, strings.Join(recordings.Names(), ", "))
	case err != nil:
		return nil, words.Errorf("%s can't be read: %v", "%s est illisible : %v", name, err)
	}
	return f, nil
}

// Shipped is the recording of ours that Open opens under a name; nil where it is
// a file, or nothing.
func Shipped(name string) *recordings.Recording {
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	return recordings.Named(name)
}
