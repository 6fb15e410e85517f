package tape

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// Read reads a recording and gives its events to hear, one after the other, in
// constant memory. name is what errors call it; they say the line and the
// column. A recording may end anywhere, as after a kill -9: what came before is
// heard, and the notices say that it is incomplete. Read ends with ctx, and
// with the first error of hear.
func Read(ctx context.Context, name string, in io.Reader, hear func(ledger.Event) error) (notices []words.Text, err error) {
	r := &reader{name: name, in: bufio.NewReaderSize(in, 64<<10), hear: hear, limits: newLimits()}
	for r.place != finished {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := r.next(); err != nil {
			return nil, err
		}
	}
	return r.notices, nil
}

// reader reads line by line.
type reader struct {
	name    string
	in      *bufio.Reader
	hear    func(ledger.Event) error
	limits  *limits
	notices []words.Text

	place  place
	line   []byte // the one that is being read; its name is blanked out
	number int    // of that line, from 1
	cut    bool   // the file ends within it
	size   int64  // bytes so far
	events int64
	last   time.Duration // the latest event of the run
}

// place is where in a recording a reader is.
type place uint8

const (
	atHead   place = iota
	inside         // among the events
	behind         // the last line
	finished       // the file
)

// next reads one line.
func (r *reader) next() error {
	err := r.readLine()
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	r.cut = err != nil
	if len(bytes.TrimSpace(r.line)) == 0 {
		if r.cut {
			return r.end()
		}
		return nil
	}
	name, ok := split(r.line)
	switch {
	case r.place == atHead:
		return r.head(name)
	case r.place == behind:
		return r.wrong(1, words.Textf("the recording has ended above", "l’enregistrement s’est terminé plus haut"))
	case !ok:
		return r.nameless()
	case name == endLine, name == stopLine:
		return r.tail(name)
	}
	return r.event(name)
}

// readLine reads a line. The error is io.EOF where no newline ends it.
func (r *reader) readLine() error {
	r.line = r.line[:0]
	r.number++
	for {
		part, err := r.in.ReadSlice('\n')
		r.line = append(r.line, part...)
		r.size += int64(len(part))
		switch {
		case len(r.line) > maxLine:
			return r.wrong(0, words.Textf("a line of more than %d MB", "une ligne de plus de %d Mo", maxLine>>20))
		case r.size > maxFile:
			return r.wrong(0, words.Textf("more than %d MB are not read", "au-delà de %d Mo, rien n’est lu", maxFile>>20))
		case err == nil:
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return io.EOF
		default:
			return words.Errorf("%s can't be read: %v", "%s est illisible : %v", r.name, err)
		}
	}
}

// split takes the name off a line: its first member. What remains is an object
// in which everything stands where it stood.
func split(line []byte) (name string, ok bool) {
	name, end, ok := nameIn(line)
	if !ok {
		return "", false
	}
	for end < len(line) && (line[end] == ' ' || line[end] == '\t') {
		end++
	}
	if end < len(line) && line[end] == ',' {
		end++
	}
	for i := range end - 1 {
		line[i] = ' '
	}
	line[end-1] = '{'
	return name, true
}

// nameIn reads a line's name, and says where it ends.
func nameIn(line []byte) (name string, end int, ok bool) {
	const opening = `{"event":"` // as we write it: no need to look closer
	if rest, as := bytes.CutPrefix(line, []byte(opening)); as {
		if n := bytes.IndexByte(rest, '"'); n >= 0 && bytes.IndexByte(rest[:n], '\\') < 0 {
			return string(rest[:n]), len(opening) + n + 1, true
		}
	}
	d := json.NewDecoder(bytes.NewReader(line))
	for _, want := range []json.Token{json.Delim('{'), "event"} {
		if token, err := d.Token(); err != nil || token != want {
			return "", 0, false
		}
	}
	if token, err := d.Token(); err == nil {
		name, ok = token.(string)
	}
	return name, int(d.InputOffset()), ok
}

// head reads the first line.
func (r *reader) head(name string) error {
	var h head
	if name != headLine || json.Unmarshal(r.line, &h) != nil || h.Format != formatName || h.Version < 1 {
		return words.Errorf(
			"%s is not a recording of atelier: atelier --record FILE writes one",
			"%s n’est pas un enregistrement d’atelier : atelier --record FICHIER en écrit un", r.name)
	}
	if h.Version > Version {
		return words.Errorf(
			"%s was written by a newer atelier (format %d; this one reads up to %d): replay it with that one",
			"%s a été écrit par un atelier plus récent (format %d ; celui-ci lit jusqu’à %d) : rejouez-le avec celui-là", r.name, h.Version, Version)
	}
	r.place = inside
	return nil
}

// event reads a line in the middle.
func (r *reader) event(name string) error {
	k := byName[name]
	switch {
	case name == headLine:
		return r.wrong(1, words.Textf(
			"another recording begins here: one file holds one", "un autre enregistrement commence ici : un fichier n’en contient qu’un"))
	case k == nil:
		return r.wrong(1, words.Textf("no event is called %q", "aucun événement ne s’appelle %q", name))
	}
	e, err := k.decode(r.line)
	if err != nil {
		return r.undecodable(err)
	}
	if why, ok := r.limits.admit(e); !ok {
		return r.wrong(1, why)
	}
	r.events++
	if _, began := e.(ledger.RunBegan); began {
		r.last = 0
	}
	r.last = max(r.last, e.When())
	return r.hear(e)
}

// tail reads the last line.
func (r *reader) tail(name string) error {
	var t tail
	if err := strictly(r.line, &t); err != nil {
		return r.undecodable(err)
	}
	if name == stopLine {
		r.notice(words.Textf("%s is incomplete: %s", "%s est incomplet : %s", r.name, t.Reason.in(t.Detail)))
	}
	if t.Events != r.events {
		r.notice(words.Textf(
			"%s: its last line speaks of %d events, and there are %d",
			"%s : sa dernière ligne annonce %d événements, et il y en a %d", r.name, t.Events, r.events))
	}
	r.place = behind
	return nil
}

// end is reached with the file's.
func (r *reader) end() error {
	switch r.place {
	case atHead:
		return r.head("")
	case inside:
		r.notice(words.Textf(
			"%s was cut off: it stops %.3[2]f s into its last run",
			"%s a été coupé : il s’arrête à %.3[2]f s de son dernier essai", r.name, r.last.Seconds()))
	}
	r.place = finished
	return nil
}

func (r *reader) notice(text words.Text) { r.notices = append(r.notices, text) }
