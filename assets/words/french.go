package words

import (
	"fmt"
	"strings"
	"time"
)

// inFrench sets an argument as French does: what is quoted stands in
// guillemets, and a number apart from its unit.
type inFrench struct{ value any }

// isSet says whether an argument is one that French sets in another way.
func isSet(a any) bool {
	switch a.(type) {
	case string, []byte, time.Duration:
		return true
	}
	return false
}

// Format implements fmt.Formatter.
func (v inFrench) Format(f fmt.State, verb rune) {
	text := fmt.Sprintf(fmt.FormatString(f, verb), v.value)
	d, is := v.value.(time.Duration)
	switch {
	case verb == 'q' && len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"':
		text = "«\u00a0" + strings.ReplaceAll(text[1:len(text)-1], `\"`, `"`) + "\u00a0»"
	case is && (verb == 's' || verb == 'v'):
		text = duration(d, text)
	}
	_, _ = fmt.Fprint(f, text)
}

// duration is one with a single unit, as 3 s or 1,5 s; longer ones stay as Go
// writes them, 1m30s.
func duration(d time.Duration, text string) string {
	if d.Abs() >= time.Minute {
		return text
	}
	unit := strings.TrimLeft(text, "-0123456789.")
	return strings.Replace(strings.TrimSuffix(text, unit), ".", ",", 1) + "\u00a0" + unit
}
