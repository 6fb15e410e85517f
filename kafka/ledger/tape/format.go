package tape

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// Version is the version of the format that is written, and the newest that is
// read. Each change of what a line may hold raises it.
const Version = 2

// maxLine bounds one line, in bytes; maxFile all of them. The recorder stops
// where the reader would.
const (
	maxLine = 16 << 20
	maxFile = 1 << 30
)

// The lines that are no events: the first one, and the last one of a recording
// that was closed, or that had to stop.
const (
	headLine = "recording"
	endLine  = "end"
	stopLine = "incomplete"
)

const formatName = "atelier"

// head says what a file is.
type head struct {
	Format  string    `json:"format"`
	Version int       `json:"version"`
	Made    time.Time `json:"made"` // the wall clock when it was begun
}

// tail closes a recording.
type tail struct {
	Events int64  `json:"events"`           // before it
	Reason Reason `json:"reason,omitempty"` // why it is incomplete
	Detail string `json:"detail,omitempty"`
}

// Reason is why a recording had to stop.
type Reason string

// The reasons.
const (
	CantWrite  Reason = "write"  // the file took no more; see the detail
	TooSlow    Reason = "slow"   // it took less than the bench did
	TooBig     Reason = "big"    // it reached its greatest size
	Unwritable Reason = "encode" // an event that can't be written; see the detail
)

// in says why a recording had to stop, after a colon.
func (r Reason) in(detail string) words.Text {
	switch r {
	case TooSlow:
		return words.Textf("the disk was slower than the bench", "le disque était plus lent que le banc")
	case TooBig:
		return words.Textf("it reached %d MB", "il a atteint %d Mo", maxFile>>20)
	case Unwritable:
		return words.Textf("an event could not be written (%q)", "un événement n’a pas pu être écrit (%q)", detail)
	}
	return words.Textf("the file took no more (%q)", "le fichier n’acceptait plus rien (%q)", detail)
}

// encoder writes lines into a buffer of its own.
type encoder struct {
	buf  bytes.Buffer
	json *json.Encoder
}

func newEncoder() *encoder {
	e := &encoder{}
	e.json = json.NewEncoder(&e.buf)
	e.json.SetEscapeHTML(false)
	return e
}

// event appends an event's line. With an error nothing is appended.
func (e *encoder) event(event ledger.Event) error { return e.eventAs(event, event) }

func (e *encoder) eventAs(event ledger.Event, as any) error {
	k := byType[reflect.TypeOf(event)]
	if k == nil {
		return fmt.Errorf("an event without a name: %T", event)
	}
	return e.line(k.name, as)
}

// line appends one object, its name first.
func (e *encoder) line(name string, v any) error {
	from := e.buf.Len()
	e.buf.WriteString(`{"event":"`)
	e.buf.WriteString(name)
	e.buf.WriteString(`"`)
	cut := e.buf.Len()
	if err := e.json.Encode(v); err != nil {
		e.buf.Truncate(from)
		return err
	}
	if e.buf.Len()-from > maxLine {
		e.buf.Truncate(from)
		return fmt.Errorf("a line of more than %d MB", maxLine>>20)
	}
	// v is an object that has members: its brace becomes the comma.
	e.buf.Bytes()[cut] = ','
	return nil
}

// weight is about how many bytes of memory an event takes.
func weight(e ledger.Event) int {
	const event = 96
	switch e := e.(type) {
	case ledger.Departed:
		return departedWeight(e.Parts)
	case ledger.Reported:
		n := event + len(e.Reports)*96
		for i := range e.Reports {
			n += len(e.Reports[i].Err)
		}
		return n
	case ledger.CopiesRead:
		return event + len(e.Copies)*24
	case ledger.Answered:
		return event + len(e.Answers)*40
	case ledger.Heard:
		return event + len(e.Answers)*40
	case ledger.BatchOpened, ledger.ToxicAdded:
		return 4 * event
	case ledger.Sent:
		return event + len(e.Key) + len(e.ID)
	}
	return event
}

func departedWeight(parts []ledger.Part) int {
	n := 192 + len(parts)*96
	for i := range parts {
		n += len(parts[i].Refs) * 8
	}
	return n
}

// Line writes an event as a recording's line has it, without the newline. as is
// what is written of it: the event itself, or what has more fields to tell.
func Line(event ledger.Event, as any) ([]byte, error) {
	e := newEncoder()
	if err := e.eventAs(event, as); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(e.buf.Bytes(), []byte("\n")), nil
}

// Weight is about how many bytes of memory an event takes.
func Weight(e ledger.Event) int { return weight(e) }

// Name is what a recording calls an event.
func Name(e ledger.Event) string {
	if k := byType[reflect.TypeOf(e)]; k != nil {
		return k.name
	}
	return ""
}
