package tape

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// chunk is how many bytes are written at a time, at least, where there are as
// many.
const chunk = 256 << 10

// Create begins a recording in a new file. A file that is there is an error:
// what somebody recorded is not written over, and since a recording is one
// sitting, nothing is appended to another. notice hears, once and from any
// goroutine, that a recording had to stop. The caller closes the recorder, after
// the bench.
func Create(name string, notice func(words.Text)) (*Recorder, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, words.Errorf(
			"%s is there already: give --record another name, or remove it",
			"%s existe déjà : donnez un autre nom à --record, ou supprimez-le", name)
	case err != nil:
		return nil, words.Errorf("nothing can be recorded in %s: %v", "impossible d’enregistrer dans %s : %v", name, err)
	}
	p := newPaper(f)
	p.remove = func() error { return os.Remove(name) }
	if err := p.begin(time.Now()); err != nil {
		return nil, errors.Join(words.Errorf("nothing can be recorded in %s: %v", "impossible d’enregistrer dans %s : %v", name, err), f.Close(), p.remove())
	}
	return newRecorder(name, p, maxBehind, notice), nil
}

// sheet is where a recording is written: a file.
type sheet interface {
	io.WriteSeeker
	io.Closer
	Truncate(size int64) error
}

// stop is why a recording had to stop.
type stop struct {
	reason Reason
	detail string
}

// paper writes a recording, whole lines at a time.
type paper struct {
	sheet   sheet
	remove  func() error // of what nothing was recorded in; nil: it stays
	encoder *encoder
	events  int64 // in the encoder and on the sheet
	on      mark  // what is on the sheet
	before  mark  // what was, one chunk ago
	limit   int64 // of the sheet, in bytes
}

// mark is a place on a sheet, between two lines.
type mark struct{ size, events int64 }

func newPaper(s sheet) *paper {
	return &paper{sheet: s, encoder: newEncoder(), limit: maxFile - 4<<10} // the last line has its room
}

// begin writes the first line.
func (p *paper) begin(now time.Time) error {
	if err := p.encoder.line(headLine, head{Format: formatName, Version: Version, Made: now}); err != nil {
		return err
	}
	return p.put()
}

// write writes an event, soon.
func (p *paper) write(e ledger.Event) *stop {
	before := p.encoder.buf.Len()
	if err := p.encoder.event(e); err != nil {
		return &stop{Unwritable, err.Error()}
	}
	if p.on.size+int64(p.encoder.buf.Len()) > p.limit {
		p.encoder.buf.Truncate(before)
		return &stop{TooBig, ""}
	}
	p.events++
	if p.encoder.buf.Len() >= chunk {
		return p.flush()
	}
	return nil
}

// flush writes what has not been.
func (p *paper) flush() *stop {
	if err := p.put(); err != nil {
		return &stop{CantWrite, err.Error()}
	}
	return nil
}

// put puts the encoder's lines on the sheet: all of them or none.
func (p *paper) put() error {
	if p.encoder.buf.Len() == 0 {
		return nil
	}
	n, err := p.sheet.Write(p.encoder.buf.Bytes())
	p.encoder.buf.Reset()
	if err != nil {
		p.back(p.on)
		return err
	}
	p.before, p.on = p.on, mark{p.on.size + int64(n), p.events}
	return nil
}

// back takes the sheet back to a mark, as far as it can.
func (p *paper) back(to mark) {
	p.on, p.events = to, to.events
	if p.sheet.Truncate(to.size) == nil {
		_, _ = p.sheet.Seek(to.size, io.SeekStart)
	}
}

// finish writes the last line, which says why the recording stopped where it
// did, and closes the sheet. On a disk that is full, the last line takes the
// place of events.
func (p *paper) finish(why *stop) *stop {
	if p.events == 0 && why == nil && p.remove != nil {
		return p.close(p.remove)
	}
	failed := p.flush()
	if why == nil {
		why = failed
	}
	before := p.before
	if failed = p.last(why); failed != nil && before.size > 0 {
		if why == nil {
			why = failed
		}
		p.back(before)
		failed = p.last(why)
	}
	if closing := p.close(nil); failed == nil {
		failed = closing
	}
	if failed == nil {
		failed = why
	}
	return failed
}

func (p *paper) last(why *stop) *stop {
	name, t := endLine, tail{Events: p.events}
	if why != nil {
		name, t.Reason, t.Detail = stopLine, why.reason, why.detail
	}
	if err := p.encoder.line(name, t); err != nil {
		return &stop{Unwritable, err.Error()}
	}
	return p.flush()
}

func (p *paper) close(then func() error) *stop {
	err := p.sheet.Close()
	if then != nil {
		err = errors.Join(err, then())
	}
	if err != nil {
		return &stop{CantWrite, err.Error()}
	}
	return nil
}
