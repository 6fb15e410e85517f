package kafka

import (
	"testing"
	"time"

	"atelier/assets/words"
)

// The course's own figures, and the request timeout that follows from them.
func TestModeSettings(t *testing.T) {
	for mode, want := range map[Mode]Settings{
		Plain: {
			Mode: Plain, Acks: AcksLeader, Retries: 2, Backoff: 500 * time.Millisecond,
			Request: 666 * time.Millisecond, Total: 3 * time.Second, InFlight: 5, Compression: "none",
		},
		Idempotent: {
			Mode: Idempotent, Acks: AcksAll, Retries: 3, Backoff: time.Second,
			Request: 500 * time.Millisecond, Total: 5 * time.Second, InFlight: 1, Compression: "none",
		},
		FireAndForget: {
			Mode: FireAndForget, Acks: AcksNone, Retries: 0, Backoff: 500 * time.Millisecond,
			Request: 666 * time.Millisecond, Total: 3 * time.Second, InFlight: 5, Compression: "none",
		},
	} {
		got := mode.Settings()
		if got != want {
			t.Errorf("%s: got %+v", mode, got)
		}
		if err := got.Validate(); err != nil {
			t.Errorf("%s: %v", mode, err)
		}
	}
	for _, mode := range []Mode{Plain, Idempotent} {
		s := mode.Settings()
		derived := (s.Total - time.Duration(s.Retries)*s.Backoff) / time.Duration(s.Retries+1)
		if s.Request != derived.Truncate(time.Millisecond) {
			t.Errorf("%s: request %v, the budget gives %v", mode, s.Request, derived)
		}
	}
}

func TestSettingsThatContradictEachOther(t *testing.T) {
	for name, change := range map[string]func(*Settings){
		"idempotent with acks=1":        func(s *Settings) { s.Mode, s.Acks = Idempotent, AcksLeader },
		"idempotent with retries=0":     func(s *Settings) { *s = Idempotent.Settings(); s.Retries = 0 },
		"idempotent with inflight=5":    func(s *Settings) { *s = Idempotent.Settings(); s.InFlight = 5 },
		"fire-and-forget with acks=all": func(s *Settings) { *s = FireAndForget.Settings(); s.Acks = AcksAll },
		"retries × backoff = total":     func(s *Settings) { s.Retries, s.Backoff, s.Total = 2, time.Second, 2*time.Second },
		"negative retries":              func(s *Settings) { s.Retries = -1 },
		"no request timeout":            func(s *Settings) { s.Request = 0 },
		"no budget":                     func(s *Settings) { s.Total = 0 },
		"no request in flight":          func(s *Settings) { s.InFlight = 0 },
		"a negative backoff":            func(s *Settings) { s.Backoff = -1 },
		"a linger of an hour":           func(s *Settings) { s.Linger = time.Hour },
	} {
		s := Plain.Settings()
		change(&s)
		err := s.Validate()
		if err == nil {
			t.Errorf("%s is taken", name)
			continue
		}
		if en, fr := words.Tell(words.English, err), words.Tell(words.French, err); en == fr || en == "" || fr == "" {
			t.Errorf("%s: %q and %q", name, en, fr)
		}
	}
}

// Java's own vectors: org.apache.kafka.common.utils.UtilsTest#testMurmur2.
func TestMurmur2(t *testing.T) {
	for key, want := range map[string]int32{
		"21": -973932308, "foobar": -790332482, "a-little-bit-long-string": -985981536,
		"a-little-bit-longer-string": -1486304829, "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
		"abc": 479470107,
	} {
		if got := int32(murmur2([]byte(key))); got != want {
			t.Errorf("%q: got %d, want %d", key, got, want)
		}
	}
}

func TestWindow(t *testing.T) {
	var w window
	flights := make([]flight, 3)
	for i := range flights {
		w.add(&flights[i])
	}
	w.remove(&flights[1])
	if w.oldest != &flights[0] || w.newest != &flights[2] || flights[0].newer != &flights[2] {
		t.Error("the middle was not taken out")
	}
	w.remove(&flights[0])
	w.remove(&flights[2])
	if !w.empty() || w.newest != nil {
		t.Error("something is left")
	}
}
