package linear

import (
	"strings"
	"testing"

	"atelier/assets/words"
)

// A hidden fault is not said until it is named, and an answer is judged aloud.
func TestAHiddenFaultIsNotSaid(t *testing.T) {
	b, out := benchOf(t), newTranscript()
	in := strings.NewReader(`fault hidden seed=11
toxics
send 1 plain sync retries=0 request=9s total=10s as S
audit
fault is timeout timeout=1s stream=downstream
fault is timeout timeout=1s stream=upstream`)
	if err := Run(t.Context(), Options{Bench: b, Modules: loaded(t), Lang: words.English, In: in, Out: out}); err != nil {
		t.Fatal(err)
	}
	said := out.String()
	_, said, _ = strings.Cut(said, "> fault hidden")
	before, _, found := strings.Cut(said, "> fault is")
	if !found || strings.Contains(before, "timeout") || strings.Contains(before, "upstream") {
		t.Errorf("said before it was named:\n%s", before)
	}
	told(t, said, "fault 11 is in force", "S: not written",
		"Not yet. Kind: right. Direction: no.", "Size: right.",
		"Yes: timeout 1 s on the requests")
}
