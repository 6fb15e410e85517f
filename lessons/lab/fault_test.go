package lab_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"atelier/lessons/lab"
)

// An answer says what the toxic line says that would set the fault; its
// direction is always written, as it was asked.
func TestParseAnswers(t *testing.T) {
	for _, c := range []struct {
		line string
		want *lab.FaultName
	}{
		{"fault is latency latency=1s stream=upstream", &lab.FaultName{Kind: "latency", Stream: "upstream", Attributes: map[string]int64{"latency": 1000}}},
		{"fault is latency stream=downstream jitter=100ms latency=5000", &lab.FaultName{Kind: "latency", Stream: "downstream", Attributes: map[string]int64{"latency": 5000, "jitter": 100}}},
		{"fault is bandwidth rate=2KB/s stream=upstream", &lab.FaultName{Kind: "bandwidth", Stream: "upstream", Attributes: map[string]int64{"rate": 2}}},
		{"fault is slicer stream=upstream", &lab.FaultName{Kind: "slicer", Stream: "upstream", Attributes: map[string]int64{}}},
	} {
		s := parse(t, "fault hidden\n"+c.line)
		if got := s.Lines[1].Command; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.line, dump(got), dump(c.want))
		}
		roundTrip(t, s.Lines[1].Command)
	}
}

func TestAnswersAreRefusedWithPlaceAndAdvice(t *testing.T) {
	for _, c := range []struct {
		src          string
		line, column int
		says         string
	}{
		{"fault hidden\nreset\nfault is latency latency=1s stream=upstream", 3, 7, "write fault hidden first"},
		{"fault hidden\nfault is", 2, 1, "which fault is it?"},
		{"fault hidden\nfault is latence latency=1s", 2, 10, "did you mean latency?"},
		{"fault hidden\nfault is down", 2, 10, "unknown toxic"},
		{"fault hidden\nfault is latency latency=1s", 2, 10, "in which direction?"},
		{"fault hidden\nfault is latency stream=upstream", 2, 10, "of which size? Add latency="},
		{"fault hidden\nfault is bandwidth stream=upstream", 2, 10, "rate=1KB/s"},
		{"fault hidden\nfault is latency latency=1s stream=up", 2, 36, "choose downstream or upstream"},
		{"fault hidden\nfault is latency latency=1s stream=upstream broker=2", 2, 45, "unknown setting"},
	} {
		_, err := lab.Parse("", []byte(c.src))
		var errs lab.Errors
		if !errors.As(err, &errs) || len(errs) != 1 {
			t.Errorf("%s\n%v", c.src, err)
			continue
		}
		checkTold(t, errs[0])
		if at := errs[0].Pos; at.Line != c.line || at.Column != c.column || !strings.Contains(errs[0].En, c.says) {
			t.Errorf("%s\n got %d:%d %s\nwant %d:%d %s", c.src, at.Line, at.Column, errs[0].En, c.line, c.column, c.says)
		}
	}
}

// A hidden fault shows by what it does. A wrong answer says where to look and
// ends nothing, the right one shows it; from a reset on it never was.
func TestAHiddenFault(t *testing.T) {
	b := openBench(t)
	result, told := carryOut(t, t.Context(), b, `fault hidden seed=8
toxics
send 1 plain sync retries=0 request=9s total=10s as S
audit
expect S.unknown == 1 and S.absent == 1 and not diagnosed
fault is latency latency=2s stream=upstream
expect not diagnosed
fault is timeout timeout=2500ms stream=upstream
expect diagnosed
toxics
reset
toxics
expect not diagnosed`, nil)
	if result.Status != lab.Passed {
		t.Fatalf("got %+v", result)
	}
	says := map[int]string{}
	toxics := map[int]int{}
	for _, p := range told {
		if p.State == lab.Done {
			says[p.Index] = p.Result.En
			for _, s := range p.Proxies {
				toxics[p.Index] += len(s.Toxics)
			}
		}
	}
	if toxics[1] != 0 || toxics[9] != 3 || toxics[11] != 0 {
		t.Errorf("toxics are listed: %v", toxics)
	}
	if !strings.HasPrefix(says[5], "Not yet. Kind: no.") || !strings.HasPrefix(says[7], "Yes: timeout 2 s on the requests") || !strings.Contains(says[0], "fault 8 is in force") {
		t.Errorf("told %v", says)
	}
}

// Without a hidden fault there is nothing to name, and a second one would hide
// the first.
func TestFaultsAreHiddenOneAtATime(t *testing.T) {
	b := openBench(t)
	for _, c := range []struct{ script, says string }{
		{"fault is timeout timeout=2s stream=upstream", "no fault is hidden"},
		{"fault hidden", ""},
		{"fault hidden", "hidden already"},
		{"reset\nfault hidden seed=8\nfault is timeout timeout=2s stream=upstream", ""},
		{"fault is timeout timeout=2s stream=upstream", "nothing is hidden any more"},
		{"fault hidden", "still in force"},
		{"toxics clear\nreset\nfault hidden", ""},
	} {
		s, err := lab.Parse("t", []byte(c.script), lab.Known())
		if err != nil {
			t.Fatal(err)
		}
		r := lab.Runner{Bench: b}
		result := r.Run(t.Context(), s)
		if c.says == "" && result.Status != lab.Passed || c.says != "" && (result.Status != lab.Errored || !strings.Contains(result.Err.Error(), c.says)) {
			t.Errorf("%q: %+v, want %q", c.script, result, c.says)
		}
	}
}
