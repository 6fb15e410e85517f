package telling

import (
	"math"
	"testing"
	"time"

	"atelier/assets/words"
)

func TestNumbersInWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Count(1234567, words.English), "1,234,567"},
		{Count(-1234, words.French), "-1\u202f234"},
		{Offset(23542), "@23542"},
		{Duration(2500*time.Millisecond, words.French), "2,5\u00a0s"},
		{Duration(666*time.Millisecond, words.English), "666\u00a0ms"},
		{Duration(800*time.Microsecond, words.English), "0.8\u00a0ms"},
		{Moment(2520*time.Millisecond, words.French), "2,520\u00a0s"},
		{Millis(math.NaN(), words.English), Unread},
		{Millis(12.4, words.English), "12\u00a0ms"},
		{Code(19), "NOT_ENOUGH_REPLICAS"},
		{Code(0), "NONE"},
		{Code(-1), "UNKNOWN_SERVER_ERROR"},
		{Code(9999), "code 9999"},
		{Copies(1, words.French), "une seule copie"},
		{Copies(3, words.English), "3 copies"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
