package course

import (
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	body := top + "## A\n<!-- optional -->\nx\n```lab\nsay \"hello\"\nsend 1 plain\n```\n- [ ] x {check: a > 1}\n"
	parse := func(src string) *Module {
		t.Helper()
		m, err := Parse("03-x.md", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	a := parse(body)
	if err := Compare(a, parse(strings.Replace(body, "hello", "salut", 1))); err != nil {
		t.Error(err)
	}
	for change, want := range map[string]string{
		"send 1 plain→send 2 plain":               `10:1: "send 2 plain"`,
		"a > 1→a > 2":                             `12:1: check "a > 2"`,
		"<!-- optional -->→":                      "5:1: the marks",
		"minutes: 30→minutes: 31":                 "1:1: minutes",
		"- [ ] x {check: a > 1}→> hint: a":        "5:1: block 3 of this step is a hint",
		"- [ ] x {check: a > 1}→":                 "5:1: 2 blocks in this step",
		"send 1 plain→send 1 plain\nsend 2 plain": "9:1: the lab has not the lines",
		"```lab→```lab needs=brokers":             "9:1: the lab has not the lines, or not the first line",
	} {
		from, to, _ := strings.Cut(change, "→")
		err := Compare(a, parse(strings.Replace(body, from, to, 1)))
		if err == nil || !strings.HasPrefix(err.Error(), "03-x.md:"+want) {
			t.Errorf("%s: %v, want %s", change, err, want)
		}
	}
}

// A lab that goes on needs what the one above it needs.
func TestALabSaysWhatItNeeds(t *testing.T) {
	const lab, goesOn = "```lab needs=brokers recording=acks1-loss\naudit\n```\n", "```lab continue\naudit\n```\n"
	m, err := Parse("03-x.md", []byte(top+"## A\n"+lab+goesOn+"```lab\naudit\n```\n"+goesOn))
	if err != nil {
		t.Fatal(err)
	}
	var needs []string
	for _, l := range m.Labs() {
		needs = append(needs, l.Needs+l.Recording)
	}
	if got := strings.Join(needs, ","); got != "brokersacks1-loss,brokersacks1-loss,," {
		t.Errorf("needs: %q", got)
	}
	if got := strings.Join(strings.Fields(string(m.Script())), " "); got != "reset needs=brokers recording=acks1-loss audit audit reset audit audit" {
		t.Errorf("script: %q", got)
	}
}
