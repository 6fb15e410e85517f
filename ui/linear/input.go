package linear

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"atelier/lessons/lab"

	"github.com/muesli/cancelreader"
)

// typed is one line of the input.
type typed struct {
	text    string
	tooLong bool
}

// input reads lines in the background. Where the source lets it, stop ends it
// in the middle of a read; else it ends with its source.
type input struct {
	lines  chan typed // closed at the end of the input
	reader io.Reader
	cancel context.CancelFunc
	ended  chan struct{}
}

func readLines(ctx context.Context, in io.Reader) *input {
	i := &input{lines: make(chan typed), reader: in, ended: make(chan struct{})}
	if r, err := cancelreader.NewReader(in); err == nil {
		i.reader = r // a plain file can't be waited for, nor need it be
	}
	ctx, i.cancel = context.WithCancel(ctx)
	go i.read(ctx)
	return i
}

func (i *input) read(ctx context.Context) {
	defer close(i.ended)
	defer close(i.lines)
	r := bufio.NewReaderSize(i.reader, lab.MaxLineBytes)
	for {
		line, err := r.ReadSlice('\n')
		next := typed{text: strings.TrimRight(string(line), "\r\n")}
		for errors.Is(err, bufio.ErrBufferFull) {
			next = typed{tooLong: true}
			_, err = r.ReadSlice('\n')
		}
		if err != nil && next == (typed{}) {
			return
		}
		select {
		case i.lines <- next:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// stop ends the reading, and waits for that where it can be had.
func (i *input) stop() {
	i.cancel()
	if r, ok := i.reader.(cancelreader.CancelReader); ok {
		if r.Cancel() {
			<-i.ended
		}
		_ = r.Close()
	}
}
