package console

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// leave runs a program to its end, which comes when the context ends at the
// latest, and sees that its reader of the keys ends too.
//
// That reader waits until the program takes a key, whatever happens: one that
// arrives while the program leaves would keep it, and through it the whole
// console, for ever. So what is still said then is taken here, by nobody. And
// the program is asked to quit, not killed: it does not wait for its reader
// when it is killed, and may close what would have called it away.
func leave(ctx context.Context, program *tea.Program, run func() error) error {
	ran, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		<-listeningOf(program).Done()
		rest := messagesOf(program)
		drop(rest, ran)
		if reader := readerOf(program); reader != nil {
			drop(rest, reader)
		}
	}()
	stop := context.AfterFunc(ctx, program.Quit)
	defer stop()
	err := run()
	close(ran)
	select {
	case <-readerOf(program):
		<-gone
	default: // nobody can call it away from where it reads
	}
	return err
}

// drop takes messages until something has ended.
func drop(rest <-chan tea.Msg, ended <-chan struct{}) {
	for {
		select {
		case <-rest:
		case <-ended:
			return
		}
	}
}
