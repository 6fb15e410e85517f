package chaos

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"github.com/Shopify/toxiproxy/v2/client"
)

// call makes a request through Toxiproxy's client, which knows no contexts and
// gives up after 30 s by itself. Where the context ends first the request is
// left to end on its own, under calls: it may still take effect.
func call[T any](ctx context.Context, calls *sync.WaitGroup, request func() (T, error)) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	calls.Go(func() {
		value, err := request()
		done <- result{value, err}
	})
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// isConflict says that the name is taken.
func isConflict(err error) bool { return hasStatus(err, http.StatusConflict) }

// isUnknown says that there is no proxy or toxic of the name.
func isUnknown(err error) bool { return hasStatus(err, http.StatusNotFound) }

func hasStatus(err error, status int) bool {
	var api *toxiproxy.ApiError
	return errors.As(err, &api) && api.Status == status
}
