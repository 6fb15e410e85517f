package spell_test

import (
	"strings"
	"testing"

	"atelier/lessons/check/spell"
)

func TestClosest(t *testing.T) {
	choices := []string{"plain", "idempotent", "fire-and-forget", "ms", "KB", "été"}
	for word, want := range map[string]string{
		"plian": "plain", "Plain": "plain", "PLAIN": "plain", "idempotant": "idempotent", "fire-and-forgot": "fire-and-forget",
		"mz": "ms", "kb": "KB", "éte": "été", "xyz": "", "": "", "x": "", strings.Repeat("plain", 100): "",
	} {
		if got := spell.Closest(word, choices); got != want {
			t.Errorf("Closest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestHintAndList(t *testing.T) {
	if got := spell.Hint("plian", []string{"plain", "fire"}); got.En != ": did you mean plain? Choose plain or fire" || got.Fr != "\u00a0: vouliez-vous dire plain\u202f? Choisissez plain ou fire" {
		t.Errorf("%+v", got)
	}
	if got := spell.Hint("zzz", []string{"a", "b", "c"}); got.En != ": choose a, b or c" || got.Fr != "\u00a0: choisissez a, b ou c" {
		t.Errorf("%+v", got)
	}
	if got := spell.Hint("x", nil); got.En != "" || spell.List(nil).Fr != "" {
		t.Errorf("%+v", got)
	}
}

func TestQuoteIsSafeAndShort(t *testing.T) {
	for in, want := range map[string]string{
		"é":                     `"é"`,
		"\x1b[31m":              `"\x1b[31m"`,
		"\u202eabc":             `"\u202eabc"`,
		strings.Repeat("é", 50): `"` + strings.Repeat("é", 39) + `…"`,
	} {
		if got := spell.Quote(in); got.En != want {
			t.Errorf("Quote(%q) = %s", in, got)
		}
	}
}
