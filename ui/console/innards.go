package console

import (
	"context"
	"errors"
	"reflect"
	"time"
	"unsafe"

	tea "charm.land/bubbletea/v2"
)

// This file is the only one that looks into Bubble Tea's private fields: the
// ticker by which it writes to the terminal, which lull.go slows down, and what
// leaving.go needs to let the reader of the keys go. The module is pinned, and
// checkInnards says at the start whether the fields are as expected, so that
// another version fails loudly.

var errInnards = errors.New("this version of Bubble Tea is built differently: it can neither rest nor be left in good order")

func checkInnards() error {
	program := reflect.TypeFor[tea.Program]()
	for _, field := range []struct {
		name string
		is   reflect.Type
	}{
		{"ticker", reflect.TypeFor[*time.Ticker]()},
		{"ctx", reflect.TypeFor[context.Context]()},
		{"msgs", reflect.TypeFor[chan tea.Msg]()},
		{"readLoopDone", reflect.TypeFor[chan struct{}]()},
	} {
		if f, ok := program.FieldByName(field.name); !ok || f.Type != field.is {
			return errInnards
		}
	}
	return nil
}

// tickerOf returns what makes a program write. It is there from the first View
// on, and never changes.
func tickerOf(p *tea.Program) *time.Ticker { return *private[*time.Ticker](p, "ticker") }

// listeningOf returns what ends when a program stops to listen to its messages.
// It never changes.
func listeningOf(p *tea.Program) context.Context { return *private[context.Context](p, "ctx") }

// messagesOf returns what a program's messages come through. It never changes.
func messagesOf(p *tea.Program) <-chan tea.Msg { return *private[chan tea.Msg](p, "msgs") }

// readerOf returns what is closed once a program's reader of the keys has
// ended; nil where there never was one. It is to be asked after the program.
func readerOf(p *tea.Program) <-chan struct{} { return *private[chan struct{}](p, "readLoopDone") }

func private[F any](p *tea.Program, name string) *F {
	field := reflect.ValueOf(p).Elem().FieldByName(name)
	return (*F)(unsafe.Pointer(field.UnsafeAddr())) //nolint:gosec // types are compared by checkInnards
}
