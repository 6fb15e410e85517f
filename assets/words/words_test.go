package words

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestErrorsSpeakBothLanguages(t *testing.T) {
	cause := errors.New("connection refused")
	inner := Errorf("no broker at %s: %v", "pas de broker à %s : %v", "x:1", cause)
	outer := Errorf("the bench: %v", "le banc : %v", inner)
	if got := Tell(English, outer); got != "the bench: no broker at x:1: connection refused" {
		t.Error(got)
	}
	if got := Tell(French, outer); got != "le banc\u00a0: pas de broker à x:1\u00a0: connection refused" {
		t.Error(got)
	}
	if !errors.Is(outer, cause) {
		t.Error("the cause is hidden")
	}
	wrapped := fmt.Errorf("line 3: %w", inner)
	if got := Tell(French, wrapped); got != "line 3: pas de broker à x:1\u00a0: connection refused" {
		t.Error(got)
	}
	if got := Tell(French, cause); got != "connection refused" {
		t.Error(got)
	}
	if Tell(French, nil) != "" {
		t.Error("nothing went wrong")
	}
}

func TestFrenchIsSetAsFrench(t *testing.T) {
	got := Textf("no `audit`: isn't it?", "pas d'`audit` : n’est-ce pas ?").Fr
	if want := "pas d’«\u00a0audit\u00a0»\u00a0: n’est-ce pas\u202f?"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What English quotes, French puts in guillemets, and a time's unit stands apart.
func TestArgumentsAreSetAsFrench(t *testing.T) {
	got := Textf("%q and %[1]s: %5d, %v, %v", "%q et %[1]s : %5d, %v, %v", "no\n\"pe\"", 7, 1500*time.Millisecond, 90*time.Second)
	if want := "«\u00a0no\\n\"pe\"\u00a0» et no\n\"pe\"\u00a0:     7, 1,5\u00a0s, 1m30s"; got.Fr != want {
		t.Errorf("got %q, want %q", got.Fr, want)
	}
	if want := "\"no\\n\\\"pe\\\"\" and no\n\"pe\":     7, 1.5s, 1m30s"; got.En != want {
		t.Errorf("got %q, want %q", got.En, want)
	}
}

func TestFromLocale(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want Lang
	}{
		{nil, English},
		{map[string]string{"LANG": "fr_FR.UTF-8"}, French},
		{map[string]string{"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, English},
		{map[string]string{"LC_MESSAGES": "fr_CA", "LANG": "en_US.UTF-8"}, French},
		{map[string]string{"LANG": "de_DE.UTF-8"}, English},
	} {
		if got := FromLocale(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: got %s", c.env, got)
		}
	}
}

func TestParseLang(t *testing.T) {
	for s, want := range map[string]Lang{"fr": French, "EN": English, "En": English} {
		if got, err := ParseLang(s); err != nil || got != want {
			t.Errorf("%q: %s, %v", s, got, err)
		}
	}
	if _, err := ParseLang("de"); err == nil {
		t.Error("German is not spoken")
	}
}
