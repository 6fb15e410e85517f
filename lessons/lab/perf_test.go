package lab_test

import (
	"strings"
	"testing"
	"time"

	"atelier/lessons/lab"
)

// TestNoTextTakesLong: a megabyte of anything is read or refused quickly.
func TestNoTextTakesLong(t *testing.T) {
	fill := func(line string) string {
		line = strings.Repeat(line, lab.MaxLineBytes/len(line)-1) + "\n"
		return strings.Repeat(line, lab.MaxBytes/len(line))
	}
	for name, src := range map[string]string{
		"words":     fill("a "),
		"quotes":    fill(`"`),
		"texts":     fill(`"" `),
		"settings":  "send 1 plain " + fill("a=b "),
		"amps":      fill("& "),
		"escapes":   "say \"" + fill(`\q`),
		"afters":    fill("after 1s "),
		"operators": strings.ReplaceAll(fill("(- "), "\n", "\nexpect "),
		"slips":     strings.Repeat("send 1 plain retries=x backoff=5 size=10MB acks=7 kye=1 as A B\n", 10_000),
		"labels":    strings.Repeat("expect A.duplicats > 0\n", 10_000),
		"unknown":   strings.Repeat("expect A.sent > 0 and B.sent > 0\n", 10_000),
	} {
		begun := time.Now()
		_, err := lab.Parse("", []byte(src))
		took := time.Since(begun)
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		t.Logf("%s: %d bytes in %s", name, len(src), took)
		if took > 20*time.Second { // far above what is usual, also with -race on a busy machine
			t.Errorf("%s took %s", name, took)
		}
	}
}
