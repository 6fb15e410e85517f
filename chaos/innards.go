package chaos

import (
	"errors"
	"reflect"
	"unsafe"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/stream"
	"github.com/Shopify/toxiproxy/v2/toxics"
)

// This file is the only one that looks into Toxiproxy's private fields, and it
// only reads three of them: the links of a proxy, the stubs of a link, and the
// channel at a link's end. The keeper needs them to empty what Toxiproxy leaves
// full; see there. The module is pinned, and checkInnards says at the start
// whether the fields are as expected, so that another version fails loudly.

var errInnards = errors.New("this version of Toxiproxy is built differently: its links cannot be emptied")

func checkInnards() error {
	for _, field := range []struct {
		of, is reflect.Type
		name   string
	}{
		{reflect.TypeFor[toxiproxy.ToxicCollection](), reflect.TypeFor[map[string]*toxiproxy.ToxicLink](), "links"},
		{reflect.TypeFor[toxiproxy.ToxicLink](), reflect.TypeFor[[]*toxics.ToxicStub](), "stubs"},
		{reflect.TypeFor[toxiproxy.ToxicLink](), reflect.TypeFor[*stream.ChanReader](), "output"},
		{reflect.TypeFor[stream.ChanReader](), reflect.TypeFor[<-chan *stream.StreamChunk](), "input"},
	} {
		if f, ok := field.of.FieldByName(field.name); !ok || f.Type != field.is {
			return errInnards
		}
	}
	return nil
}

// linksOf returns the live links of a proxy. The collection must be locked.
func linksOf(c *toxiproxy.ToxicCollection) map[string]*toxiproxy.ToxicLink {
	return *private[map[string]*toxiproxy.ToxicLink](c, "links")
}

// stubsOf returns the toxics' places along a link. They change under the
// collection's lock while the link is in it, and never after.
func stubsOf(l *toxiproxy.ToxicLink) []*toxics.ToxicStub {
	return *private[[]*toxics.ToxicStub](l, "stubs")
}

// endOf returns the channel that a link's writer reads from. It never changes.
func endOf(l *toxiproxy.ToxicLink) <-chan *stream.StreamChunk {
	return *private[<-chan *stream.StreamChunk](*private[*stream.ChanReader](l, "output"), "input")
}

func private[F, S any](of *S, name string) *F {
	field := reflect.ValueOf(of).Elem().FieldByName(name)
	return (*F)(unsafe.Pointer(field.UnsafeAddr())) //nolint:gosec // types are compared by checkInnards
}
