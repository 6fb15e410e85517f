package console

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"atelier/assets/words"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// written is what a console has sent to a terminal.
type written struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (w *written) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Write(p)
}

// since takes what came since the last time.
func (w *written) since() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.out.Reset()
	return w.out.String()
}

// While nothing happens, a console does not even look whether it should write;
// a key, or what happens on the bench, is on screen a thirtieth of a second later
// all the same.
func TestLull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := stage.New()
		o := options(t, s, words.English)
		o.Now = time.Now
		m := newModel(o, s.Book, passes, parseTest)
		ctx, leave := context.WithCancel(t.Context())
		in, typing := io.Pipe()
		out := &written{}
		var console *lull
		ended := make(chan error)
		go func() {
			ended <- show(ctx, m, in, out, tea.WithWindowSize(120, 40), tea.WithFilter(func(m tea.Model, msg tea.Msg) tea.Msg {
				console = m.(*lull)
				return msg
			}))
		}()
		isResting := func() bool {
			synctest.Wait()
			console.mu.Lock()
			defer console.mu.Unlock()
			return console.resting
		}
		const flush = time.Second / flushesPerSecond
		for _, toxic := range []int{-1, 1} { // it comes, and goes
			time.Sleep(10*time.Minute + time.Second) // with a frame each minute
			if out.since(); !isResting() {
				t.Error("ten idle minutes do not let it rest")
			}
			_, _ = io.WriteString(typing, "?") // opens the help
			time.Sleep(flush)
			if synctest.Wait(); out.since() == "" {
				t.Error("a key's frame is late")
			}
			if isResting() {
				t.Error("it rests too early")
			}
			_, _ = io.WriteString(typing, "?") // closes it
			time.Sleep(lullFor + time.Second/2)
			out.since()
			s.Toxic(0, toxic)
			time.Sleep(flush)
			if synctest.Wait(); out.since() == "" {
				t.Error("what happens shows late")
			}
		}
		leave()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		_ = typing.Close()
	})
}

func TestInnards(t *testing.T) {
	if err := checkInnards(); err != nil {
		t.Error(err)
	}
}
