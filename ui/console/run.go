package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"atelier/assets/words"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// Run shows a console until the learner leaves or the context ends, and then
// waits for everything that it started; the bench stays the caller's. One
// goroutine may wait longer: where in is no file, nobody can call its reader
// away, and it reads until whoever owns in closes it. Run returns nil when the
// learner left, the context's error when that ended it, and otherwise why the
// console broke. The terminal is restored in each case.
func Run(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	return show(ctx, New(o), in, out)
}

func show(ctx context.Context, m *Model, in io.Reader, out io.Writer, more ...tea.ProgramOption) error {
	defer m.Close()
	if err := checkInnards(); err != nil {
		return err
	}
	environ := m.options.Environ
	if environ == nil {
		environ = []string{"TERM=xterm-256color"}
	}
	options := append([]tea.ProgramOption{
		tea.WithInput(in), tea.WithOutput(out), tea.WithEnvironment(environ),
		tea.WithFPS(flushesPerSecond), tea.WithoutSignalHandler(),
	}, more...)
	if p := m.options.Profile; p != colorprofile.Unknown { // else it finds out by itself
		options = append(options, tea.WithColorProfile(p))
	}
	resting := &lull{Model: m}
	program := tea.NewProgram(resting, options...)
	resting.program = program
	defer resting.over()
	err := announcing(program, m.options.Notices, func() error {
		return leave(ctx, program, func() error {
			_, err := program.Run()
			return err
		})
	})
	switch {
	case m.crash != nil:
		return m.crash
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && !errors.Is(err, tea.ErrInterrupted):
		return fmt.Errorf("run the console: %w", err)
	}
	return nil
}

// announcing shows notices while something runs.
func announcing(program *tea.Program, notices <-chan words.Text, run func() error) error {
	over := make(chan struct{})
	var speaking sync.WaitGroup
	speaking.Go(func() {
		for {
			select {
			case text := <-notices:
				program.Send(announced{text})
			case <-over:
				return
			}
		}
	})
	defer speaking.Wait()
	defer close(over)
	return run()
}
