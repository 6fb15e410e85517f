package progress

import (
	"context"
	"errors"
	"os"
	"time"
)

// errBusy is a lock that somebody else holds.
var errBusy = errors.New("another atelier holds the lock")

// lock takes the lock of a file, waiting for others as long as the context
// lets it. The system gives it back when the process ends, however it ends. The
// file itself stays: removing it could give two processes a lock each.
func lock(ctx context.Context, name string) (unlock func(), err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		err = tryLock(f)
		if err == nil {
			return func() { _ = f.Close() }, nil
		}
		if !errors.Is(err, errBusy) {
			_ = f.Close()
			return nil, err
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			_ = f.Close()
			return nil, errBusy
		}
	}
}
