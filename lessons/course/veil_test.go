package course

import (
	"fmt"
	"testing"
)

// What stands below a predicted lab in its step tells of it; what stands above
// it, or is the presenter's, does not.
func TestWhatFollowsAPredictedLabAwaitsIt(t *testing.T) {
	const predict = "```predict\nHow many?\n\n[ ] 1\n    No.\n[x] 3\n```\n\n"
	m, err := Parse("03-x.md", []byte(top+"## A\n\nAbove.\n\n"+predict+
		"```lab\naudit\n```\n\n- [ ] three {check: A.copies == 3}\n\nBelow.\n\n> hint: look\n\n> note: wait\n\n"+predict+
		"```lab continue\naudit\n```\n\nThe end.\n\n## B\n\nThe next step.\n\n```lab\naudit\n```\n\nNobody asked.\n\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		step, block int
		kind        string
		labs        []int
	}{
		{0, 0, "prose", nil},
		{0, 1, "predict", nil},
		{0, 2, "lab", nil},
		{0, 3, "check", []int{0}},
		{0, 4, "prose", []int{0}},
		{0, 5, "hint", []int{0}},
		{0, 6, "note", nil},
		{0, 7, "predict", []int{0}},
		{0, 8, "lab", []int{0}},
		{0, 9, "prose", []int{0, 1}},
		{1, 0, "prose", nil},
		{1, 1, "lab", nil},
		{1, 2, "prose", nil},
	} {
		if got := kind(m.Steps[want.step].Blocks[want.block]); got != want.kind {
			t.Fatalf("block %d of step %d is a %s", want.block, want.step, got)
		}
		if got := m.Awaits(want.step, want.block); fmt.Sprint(got) != fmt.Sprint(want.labs) {
			t.Errorf("%s %d of step %d awaits %v, want %v", want.kind, want.block, want.step, got, want.labs)
		}
	}
	if m.Awaits(9, 0) != nil || m.Awaits(0, 99) != nil {
		t.Error("what does not exist awaits something")
	}
}

// A check looks at its lab from a later step, too.
func TestACheckAwaitsItsLabFromALaterStep(t *testing.T) {
	m, err := Parse("03-x.md", []byte(top+"## A\n\n```predict\nHow many?\n\n[ ] 1\n    No.\n[x] 3\n```\n\n```lab\naudit\n```\n\n## B\n\nProse.\n\n- [ ] three {check: A.copies == 3}\n- [ ] by hand\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(m.Awaits(1, 0), m.Awaits(1, 1), m.Awaits(1, 2)); got != "[] [0] []" {
		t.Error(got)
	}
}
