package doctor_test

import (
	"net"
	"testing"

	"atelier/assets/words"
	"atelier/ui/doctor"
)

// Who shows findings as they come knows beforehand what there is to look at, and
// finds the same in the end.
func TestWhatIsLookedAtIsKnownBefore(t *testing.T) {
	o := well(t)
	o.Tools = []string{"curl", "kcat"}
	all := doctor.Terminal(o)
	checks := doctor.Checks(o)
	for i := range checks {
		of := checks[i].Of
		if of.State != "" || of.Part == "" || of.ID == "" || of.Name.Fr == "" || of.For.Fr == "" || of.Saw != (words.Text{}) {
			t.Errorf("before anybody looked: %+v", of)
		}
		found := checks[i].Look(t.Context())
		if len(found) != 1 || found[0].State == "" || found[0].ID != of.ID || found[0].Part != of.Part {
			t.Errorf("%s: %+v", of.ID, found)
		}
		all = append(all, found...)
	}
	whole := doctor.Examine(t.Context(), o)
	for i := range whole {
		if i >= len(all) || whole[i].ID != all[i].ID {
			t.Fatalf("in another order: %+v, %+v", whole, all)
		}
	}
}

func TestWhatNobodyNeedsIsOnlyWorthKnowing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	o := well(t)
	o.Tools, o.Spare = doctor.Tools(), true
	all := doctor.Examine(t.Context(), o)
	f := find(t, all, "docker")
	if f.State != doctor.Missing || !doctor.Healthy(all) || f.Mark().En != "note" || f.Remedy(words.French) == "" {
		t.Errorf("%+v", f)
	}
}

// A port that the console itself listens on is not taken by a stranger.
func TestAPortOfOurOwn(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	_, number, _ := net.SplitHostPort(l.Addr().String())
	o := well(t)
	o.Ports = []doctor.Port{{Address: l.Addr().String(), For: words.Text{En: "x", Fr: "y"}, Flag: "--api", Ours: true}}
	if f := find(t, doctor.Examine(t.Context(), o), "port-"+number); f.State != doctor.Found || f.Saw.Fr != "employé par cet atelier même" {
		t.Errorf("%+v", f)
	}
}

func TestNoColorIsTold(t *testing.T) {
	o := well(t)
	o.NoColor = true
	if f := find(t, doctor.Terminal(o), "colours"); f.State != doctor.Missing || f.Saw.En != "none, as NO_COLOR asks" {
		t.Errorf("%+v", f)
	}
}
