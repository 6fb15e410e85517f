package console

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons"
	"atelier/lessons/course"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// BenchmarkSessions says what one more session takes in the same process: what
// stays after a collection, and what the kernel says that the process has got,
// with what the collector lets lie. A session is a console as over SSH: its own
// model and program, keys from a pipe, frames to nowhere. It has looked at every
// view, turned the pages of a lesson from one end to the other in both
// languages, and played a run in slow motion. All look at the same ledger, which
// is full, and read the same course: what a learner's bench takes comes on top.
// The bound is 4 MB, at 120×40.
func BenchmarkSessions(b *testing.B) {
	for _, size := range [][2]int{{120, 40}, {200, 60}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			for b.Loop() {
				manySessions(b, size)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// visit is what a session has done, in keys: every view, both languages from end
// to end, the palette, two forms, the help, a replay, and a text that says when
// it is there.
const (
	escape  = "\x1b[27u"
	visited = "xyzzy"
	visit   = "\t123456789123456789" + nextSteps + "L" + stepsBack +
		"/idem" + escape + "?" + escape + "f" + escape + "e" + escape + "R \x1b[F" + escape +
		":\x1b[200~" + visited + "\x1b[201~"
	nextSteps = "                         "
	stepsBack = "\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"
)

// lookout is a terminal that says when a text comes.
type lookout struct {
	text []byte
	tail []byte
	once sync.Once
	seen chan struct{}
}

func (l *lookout) Write(p []byte) (int, error) {
	l.tail = append(l.tail, p...)
	if bytes.Contains(l.tail, l.text) {
		l.once.Do(func() { close(l.seen) })
	}
	l.tail = append(l.tail[:0], l.tail[max(0, len(l.tail)-len(l.text)):]...)
	return len(p), nil
}

func manySessions(b *testing.B, size [2]int) {
	const more = 40
	modules := map[words.Lang][]*course.Module{}
	for _, lang := range []words.Lang{words.English, words.French} {
		list, err := course.Load(lessons.Content, lang)
		if err != nil {
			b.Fatal(err)
		}
		modules[lang] = list
	}
	s := stage.New()
	load := &load{book: s.Book}
	for range 10 * framesPerSecond {
		load.frame(s)
	}
	ctx, leave := context.WithCancel(b.Context())
	var sessions sync.WaitGroup
	var ends []io.Closer
	open := func() {
		in, typing := io.Pipe()
		ends = append(ends, typing)
		out := &lookout{text: []byte(visited), seen: make(chan struct{})}
		sessions.Go(func() {
			o := options(b, s, words.English)
			o.Modules, o.Now = modules, time.Now
			if err := show(ctx, New(o), in, out, tea.WithWindowSize(size[0], size[1])); !errors.Is(err, context.Canceled) {
				b.Error(err)
			}
		})
		if _, err := io.WriteString(typing, visit); err != nil {
			b.Error(err)
		}
		<-out.seen
	}
	open() // what all share
	live := liveMB()
	debug.FreeOSMemory()
	resident := residentMB(b)
	for range more {
		open()
	}
	b.ReportMetric((residentMB(b)-resident)/more, "RSS-MB/session")
	b.ReportMetric((liveMB()-live)/more, "live-MB/session")
	leave()
	sessions.Wait()
	for _, end := range ends {
		_ = end.Close()
	}
}
