package amount_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons/check/amount"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]struct {
		n    float64
		kind amount.Kind
	}{
		"7": {7, amount.Plain}, "0.5": {0.5, amount.Plain}, "50ms": {50, amount.Time}, "2s": {2000, amount.Time}, "1.5s": {1500, amount.Time},
		"1m": {60000, amount.Time}, "5us": {0.005, amount.Time}, "5µs": {0.005, amount.Time}, "1h": {3600000, amount.Time},
		"10B": {10, amount.Size}, "1KB": {1000, amount.Size}, "1.5MB": {1.5e6, amount.Size}, "100/s": {100, amount.Rate},
	} {
		if n, kind, err := amount.Parse(text); err != nil || n != want.n || kind != want.kind {
			t.Errorf("%s = %v %v %v", text, n, kind, err)
		}
	}
	for text, says := range map[string]string{
		"": "not an amount", "x": "not an amount", "-1s": "negative", "1,5s": "comma", "5mz": "did you mean ms?", "5 s": "unknown unit", "1m30s": "unknown unit",
		"99999999999999999999s": "too large", "1e5": "unknown unit", "1.s": "unknown unit", ".5s": "not an amount",
	} {
		_, _, err := amount.Parse(text)
		var told *words.Error
		if !errors.As(err, &told) || !strings.Contains(told.En, says) || told.Fr == "" || told.Fr == told.En {
			t.Errorf("%q: %v, want %s", text, err, says)
		}
	}
}

func TestDurationsReadBack(t *testing.T) {
	for _, d := range []time.Duration{0, 1, 999, time.Microsecond, 1500 * time.Microsecond, 50 * time.Millisecond, 2500 * time.Millisecond, time.Minute, 24 * time.Hour} {
		if back, err := amount.Duration(amount.FormatDuration(d)); err != nil || back != d {
			t.Errorf("%s → %s → %s, %v", d, amount.FormatDuration(d), back, err)
		}
	}
	for _, text := range []string{"50", "1KB", "1/s", "999999999999h"} {
		if d, err := amount.Duration(text); err == nil {
			t.Errorf("%s is %s", text, d)
		}
	}
}
