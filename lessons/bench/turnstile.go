package bench

import (
	"context"
	"sync"
)

// turnstile lets the messages of streams pass, but not while an audit looks: others
// might ask for more without an end, and the log would never stand still. What
// waits here has not been handed over, so no budget runs.
type turnstile struct {
	mu      sync.Mutex
	held    chan struct{} // closed when it opens; nil while it is open
	passing int
	empty   chan struct{} // closed when nobody passes any more; nil where nobody waits for that
}

// pass waits until the gate is open, and counts somebody in until leave.
func (g *turnstile) pass(ctx context.Context) error {
	for {
		g.mu.Lock()
		held := g.held
		if held == nil {
			g.passing++
			g.mu.Unlock()
			return nil
		}
		g.mu.Unlock()
		select {
		case <-held:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (g *turnstile) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.passing--; g.passing == 0 && g.empty != nil {
		close(g.empty)
		g.empty = nil
	}
}

// hold closes the gate and waits until whoever passes has passed. One at a
// time; the caller opens it again, also where ctx ended first.
func (g *turnstile) hold(ctx context.Context) error {
	g.mu.Lock()
	g.held = make(chan struct{})
	if g.passing == 0 {
		g.mu.Unlock()
		return nil
	}
	empty := make(chan struct{})
	g.empty = empty
	g.mu.Unlock()
	select {
	case <-empty:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *turnstile) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	close(g.held)
	g.held, g.empty = nil, nil
}
