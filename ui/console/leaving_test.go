package console

import (
	"io"
	"os"
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"
)

// hands is a keyboard that says when its reader comes back for more: what it
// gave before has then been taken in.
type hands struct {
	io.Reader
	back chan struct{}
}

func (h *hands) Read(p []byte) (int, error) {
	n, err := h.Reader.Read(p)
	select {
	case h.back <- struct{}{}:
	default:
	}
	return n, err
}

// terminalHands are the same at a file, whose reader can be called away.
type terminalHands struct {
	*os.File
	hands
}

func (h *terminalHands) Read(p []byte) (int, error) { return h.hands.Read(p) }

// A key that arrives while the console leaves is nobody's, and keeps nobody:
// Bubble Tea's reader used to wait for ever for somebody to take it.
func TestKeysThatComeWhileItLeaves(t *testing.T) {
	for name, keys := range map[string][2]string{
		"letters": {"x", "y"}, "escapes, which might become more": {"\x1b", "\x1b"},
	} {
		t.Run("a session, "+name, func(t *testing.T) {
			in, typing := io.Pipe()
			h := &hands{in, make(chan struct{}, 2)}
			leaveTyping(t, h, h, typing, keys)
			_ = typing.Close() // the session's owner ends it
			goleak.VerifyNone(t)
		})
		t.Run("a terminal, "+name, func(t *testing.T) {
			in, typing, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			defer typing.Close()
			h := &terminalHands{in, hands{in, make(chan struct{}, 2)}}
			leaveTyping(t, h, &h.hands, typing, keys)
			goleak.VerifyNone(t) // its owner keeps it
		})
	}
}

// leaveTyping runs a console and leaves it, with keys pressed between the wish
// to leave and the end.
func leaveTyping(t *testing.T, in io.Reader, h *hands, typing io.Writer, keys [2]string) {
	t.Helper()
	s := stage.New()
	m := newModel(options(t, s, words.English), s.Book, passes, parseTest)
	left := false
	err := show(t.Context(), m, in, io.Discard, tea.WithWindowSize(120, 40), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		if _, sized := msg.(tea.WindowSizeMsg); !sized || left {
			return msg
		}
		left = true
		for _, key := range keys {
			_, _ = io.WriteString(typing, key)
			<-h.back
		}
		return tea.QuitMsg{}
	}))
	if err != nil {
		t.Fatal(err)
	}
}
