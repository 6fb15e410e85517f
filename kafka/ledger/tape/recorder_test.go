package tape

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// page is a file in memory that takes no more than room bytes.
type page struct {
	mu   sync.Mutex
	text []byte
	room int
	shut error
}

var errFull = errors.New("no space left on device")

func (p *page) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := min(len(b), p.room-len(p.text))
	p.text = append(p.text, b[:n]...)
	if n < len(b) {
		return n, errFull
	}
	return n, nil
}

func (p *page) Seek(offset int64, whence int) (int64, error) {
	if whence != io.SeekStart || offset != int64(len(p.text)) {
		return 0, errors.New("seek elsewhere")
	}
	return offset, nil
}

func (p *page) Truncate(size int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = p.text[:size]
	return nil
}

func (p *page) Close() error { return p.shut }

// said collects notices.
type said struct {
	mu   sync.Mutex
	all  []words.Text
	told chan struct{}
}

func hearing() *said { return &said{told: make(chan struct{}, 10)} }

func (s *said) hear(w words.Text) {
	s.mu.Lock()
	s.all = append(s.all, w)
	s.mu.Unlock()
	s.told <- struct{}{}
}

func recorderOn(t *testing.T, p *page, limit int, s *said) *Recorder {
	t.Helper()
	on := newPaper(p)
	must(t, on.begin(time.Time{}))
	return newRecorder("x.jsonl", on, limit, s.hear)
}

func TestRecordToAFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "r.jsonl")
	s := hearing()
	r, err := Create(name, s.hear)
	must(t, err)
	want := append(standing(), heart("run123")...)
	l := ledger.New()
	l.Listen(r.Hear)
	for _, e := range want {
		l.Apply(e)
	}
	must(t, r.Close())
	l.Apply(ledger.AuditBegan{}) // too late, and no harm
	text, err := os.ReadFile(name)
	must(t, err)
	got, notices, err := heard(t, string(text))
	if err != nil || len(notices) != 0 || !reflect.DeepEqual(got, want) || len(s.all) != 0 {
		t.Fatalf("%v %v %v %s", notices, err, s.all, text)
	}
	if _, err = Create(name, s.hear); err == nil || !strings.Contains(err.Error(), "is there already: give --record another name") {
		t.Error(err)
	}
	if after, _ := os.ReadFile(name); string(after) != string(text) {
		t.Error("what was there is not any more")
	}
	if _, err = Create(filepath.Join(name, "x"), s.hear); err == nil || !strings.Contains(err.Error(), "nothing can be recorded in") {
		t.Error(err)
	}
}

// A session in which nothing ever happened leaves no file.
func TestRecordNothing(t *testing.T) {
	name := filepath.Join(t.TempDir(), "r.jsonl")
	r, err := Create(name, nil)
	must(t, err)
	must(t, r.Close())
	if _, err := os.Stat(name); !os.IsNotExist(err) {
		t.Error("a file is left")
	}
}

// On a disk that gets full the recording stops, says so once, and what is there
// can be read; whatever room there was.
func TestRecordDiskFull(t *testing.T) {
	events := append(standing(), heart("run123")...)
	whole := len(written(t, events))
	for room := 150; room < whole+40; room += 7 {
		p, s := &page{room: room}, hearing()
		r := recorderOn(t, p, maxBehind, s)
		for _, e := range events {
			r.Hear(e)
		}
		err := r.Close()
		got, notices, readErr := heard(t, string(p.text))
		if err == nil && len(got) == len(events) && len(notices) == 0 && len(s.all) == 0 {
			continue // it went in
		}
		if err == nil || !strings.Contains(err.Error(), "the recording in x.jsonl stopped: the file took no more (\"no space left on device\")") || len(s.all) != 1 {
			t.Fatalf("room for %d: %v, said %v", room, err, s.all)
		}
		if readErr != nil || len(notices) != 1 || !reflect.DeepEqual(got, append([]ledger.Event(nil), events[:len(got)]...)) {
			t.Fatalf("room for %d: %v %v\n%s", room, readErr, notices, p.text)
		}
	}
}

// Where there was room for some chunks, the last line takes the place of the
// last one.
func TestLastLineOnAFullDisk(t *testing.T) {
	events := load(7000)
	p, s := &page{room: 2*chunk + 1000}, hearing()
	r := recorderOn(t, p, maxBehind, s)
	for _, e := range events {
		r.Hear(e)
	}
	if r.Close() == nil {
		t.Error("it went in")
	}
	got, notices, err := heard(t, string(p.text))
	if err != nil || len(notices) != 1 || !strings.Contains(notices[0].En, "x.jsonl is incomplete: the file took no more") || len(got) == 0 {
		t.Errorf("%d events, %v, %v", len(got), notices, err)
	}
}

// A disk that is slower than the bench holds nobody up: the recording stops,
// says so at once, and holds all that it took.
func TestRecordTooSlow(t *testing.T) {
	p, s := &page{room: 1 << 30}, hearing()
	events := load(7000)
	r := recorderOn(t, p, 20_000, s)
	p.mu.Lock() // the disk hangs
	for _, e := range events {
		r.Hear(e)
	}
	<-s.told
	p.mu.Unlock()
	err := r.Close()
	if err == nil || !strings.Contains(err.Error(), "the disk was slower than the bench") || len(s.all) != 1 {
		t.Errorf("%v, %v", err, s.all)
	}
	got, notices, err := heard(t, string(p.text))
	if err != nil || len(notices) != 1 || !strings.Contains(notices[0].En, "slower than the bench") || len(got) == 0 ||
		!reflect.DeepEqual(got, events[:len(got)]) {
		t.Errorf("%d events, %v, %v", len(got), notices, err)
	}
}

// A recording ends where it would be too large to read.
func TestRecordTooBig(t *testing.T) {
	p, s := &page{room: 1 << 30}, hearing()
	on := newPaper(p)
	on.limit = 10_000
	must(t, on.begin(time.Now()))
	r := newRecorder("x.jsonl", on, maxBehind, s.hear)
	events := load(7000)
	for _, e := range events {
		r.Hear(e)
	}
	if err := r.Close(); err == nil || !strings.Contains(err.Error(), "it reached 1024 MB") || len(s.all) != 1 {
		t.Errorf("%v, %v", err, s.all)
	}
	if _, notices, err := heard(t, string(p.text)); err != nil || len(notices) != 1 || len(p.text) > 10_000+200 {
		t.Errorf("%d bytes, %v, %v", len(p.text), notices, err)
	}
}

// An event that JSON can't say ends the recording, not the bench.
func TestRecordUnwritable(t *testing.T) {
	p, s := &page{room: 1 << 20}, hearing()
	r := recorderOn(t, p, maxBehind, s)
	r.Hear(ledger.AuditBegan{})
	r.Hear(ledger.Ended{Outcome: 99})
	err := r.Close()
	if err == nil || !strings.Contains(err.Error(), "an event could not be written") {
		t.Error(err)
	}
	if got, notices, err := heard(t, string(p.text)); err != nil || len(notices) != 1 || len(got) != 1 {
		t.Errorf("%v %v %v", got, notices, err)
	}
}

func TestRecordFailsToClose(t *testing.T) {
	s := hearing()
	r := recorderOn(t, &page{room: 1 << 20, shut: errFull}, maxBehind, s)
	if err := r.Close(); err == nil || len(s.all) != 1 {
		t.Error(err, s.all)
	}
}

// A disk that never answers does not keep anybody from leaving.
func TestRecordHangs(t *testing.T) {
	p, s := &page{room: 1 << 20}, hearing()
	r := recorderOn(t, p, maxBehind, s)
	r.wait = time.Millisecond
	p.mu.Lock()
	r.Hear(ledger.AuditBegan{})
	if err := r.Close(); err == nil || len(s.all) != 1 {
		t.Error(err, s.all)
	}
	p.mu.Unlock()
	<-r.ended
	if _, notices, err := heard(t, string(p.text)); err != nil || len(notices) != 1 {
		t.Error(notices, err)
	}
}

// BenchmarkRecord is what a listener costs the one who tells: the ledger alone,
// with a reel, with a recorder.
func BenchmarkRecord(b *testing.B) {
	events := load(100_000)
	run := func(b *testing.B, listen func(*ledger.Ledger) func()) {
		for range b.N {
			l := ledger.New()
			done := listen(l)
			for _, e := range events {
				l.Apply(e)
			}
			b.StopTimer()
			done()
			b.StartTimer()
		}
	}
	b.Run("nobody", func(b *testing.B) { run(b, func(*ledger.Ledger) func() { return func() {} }) })
	b.Run("reel", func(b *testing.B) {
		run(b, func(l *ledger.Ledger) func() { l.Listen(NewReel(DefaultMemory).Hear); return func() {} })
	})
	b.Run("recorder", func(b *testing.B) {
		run(b, func(l *ledger.Ledger) func() {
			r := newRecorder("x", newPaper(&page{room: 1 << 30}), maxBehind, func(words.Text) {})
			l.Listen(r.Hear)
			return func() { _ = r.Close() }
		})
	})
}

func BenchmarkRead(b *testing.B) {
	text := written(b, load(100_000))
	b.SetBytes(int64(len(text)))
	b.ResetTimer()
	for range b.N {
		if _, err := Load(b.Context(), "x", strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
