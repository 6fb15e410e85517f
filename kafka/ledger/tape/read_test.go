package tape

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

const firstLine = `{"event":"recording","format":"atelier","version":1,"made":"2026-09-01T12:00:00Z"}` + "\n"

func TestReadBack(t *testing.T) {
	want := append(standing(), heart("run123")...)
	got, notices, err := heard(t, written(t, want))
	if err != nil || len(notices) != 0 || !reflect.DeepEqual(got, want) {
		t.Fatalf("%v %v\n%v", notices, err, got)
	}
}

// What other programs write is read as well: other spacing, empty lines,
// Windows' ends of lines.
func TestReadLenient(t *testing.T) {
	got, notices, err := heard(t, strings.ReplaceAll(firstLine, "\n", "\r\n")+
		"\n  {  \"event\" : \"arrived\" , \"at\" : 5 , \"request\" : 3 }\r\n\n{\"event\":\"audit-began\"}\n{\"event\":\"end\",\"events\":2}\n\n")
	want := []ledger.Event{ledger.Arrived{At: ledger.At{At: 5}, Request: 3}, ledger.AuditBegan{}}
	if err != nil || len(notices) != 0 || !reflect.DeepEqual(got, want) {
		t.Fatalf("%v %v %v", got, notices, err)
	}
}

// An error says file, line, column, what and what to do, in both languages.
func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ name, text, en, fr string }{
		{"empty", "", "x.jsonl is not a recording of atelier: atelier --record FILE writes one", "n’est pas un enregistrement"},
		{"another file", "send 1 plain\n", "x.jsonl is not a recording", "n’est pas"},
		{"binary", "\x00\x01\xff\x1b[31m", "x.jsonl is not a recording", "n’est pas"},
		{"JSON of another kind", `{"event":"say","line":1}` + "\n", "x.jsonl is not a recording", "n’est pas"},
		{"no version", `{"event":"recording","format":"atelier"}` + "\n", "x.jsonl is not a recording", "n’est pas"},
		{"newer", `{"event":"recording","format":"atelier","version":3,"soul":true}` + "\n", "x.jsonl was written by a newer atelier (format 3; this one reads up to 2)", "plus récent"},
		{"unknown event", firstLine + `{"event":"departing","at":1}` + "\n", `x.jsonl:2:1: no event is called "departing"`, "aucun événement ne s’appelle"},
		{"no JSON", firstLine + "\n" + `{"event":"arrived","at":1,,}` + "\n", "x.jsonl:3:27: this is no JSON", "x.jsonl:3:27\u00a0: ce n’est pas du JSON"},
		{"no object", firstLine + "[1]\n", "x.jsonl:2:1: a line is an object whose first member is its name", "premier membre"},
		{"no name", firstLine + `{"at":1,"event":"arrived"}` + "\n", "x.jsonl:2:1: a line is an object whose first member is its name", "premier membre"},
		{"unfinished", firstLine + `{"event":"arrived","at":1` + "\n" + `{"event":"arrived"}`, "x.jsonl:2:26: the object does not end", "ne se termine pas"},
		{"more", firstLine + `{"event":"arrived","at":1} x` + "\n", "x.jsonl:2:27: something follows the object", "quelque chose suit"},
		{"misspelt", firstLine + `{"event":"arrived","at":1,"requset":2}` + "\n", `x.jsonl:2:27: this event has no "requset"`, `n’a pas de "requset"`},
		{"twice", firstLine + `{"event":"arrived","event":"heard"}` + "\n", `x.jsonl:2:20: this event has no "event"`, "n’a pas de"},
		{"wrong type", firstLine + `{"event":"arrived","at":"soon"}` + "\n", `"at" can't be a string`, "«\u00a0at\u00a0» ne peut pas être une chaîne"},
		{"too large a number", firstLine + `{"event":"heard","answers":[{"code":70000}]}` + "\n", `"answers.code" can't be number 70000`, "ne peut pas être number 70000"},
		{"unknown outcome", firstLine + `{"event":"ended","outcome":"won"}` + "\n", `no outcome "won"`, "illisible"},
		{"before its run", firstLine + `{"event":"arrived","at":-1}` + "\n", "x.jsonl:2:1: no run has a moment -1ns", "aucun essai"},
		{"far away", firstLine + `{"event":"arrived","at":9223372036854775807}` + "\n", "no run has a moment", "aucun essai"},
		{"after the end", firstLine + `{"event":"end","events":0}` + "\n" + `{"event":"arrived"}` + "\n", "x.jsonl:3:1: the recording has ended above", "plus haut"},
		{"two recordings", firstLine + firstLine, "x.jsonl:2:1: another recording begins here", "un autre enregistrement"},
		{
			"out of nothing", firstLine + `{"event":"batch-opened","batch":1,"count":1}` + "\n" + `{"event":"sent","batch":1,"from":4000000000,"count":1}` + "\n",
			"x.jsonl:3:1: message 4000000000 of batch 1 can't be handed over: 0 were before", "ne peut pas être envoyé",
		},
		{
			"too many", firstLine + `{"event":"batch-opened","batch":1,"count":1}` + "\n" + `{"event":"sent","batch":1,"count":4000000000}` + "\n",
			"x.jsonl:3:1: message 0 of batch 1 can't be handed over", "ne peut pas être envoyé",
		},
		{"a long line", firstLine + `{"event":"` + strings.Repeat("x", maxLine), "x.jsonl:2:1: a line of more than 16 MB", "une ligne de plus de 16 Mo"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := heard(t, c.text)
			if err == nil {
				t.Fatal("no error")
			}
			en, fr := words.Tell(words.English, err), words.Tell(words.French, err)
			if !strings.Contains(en, c.en) || !strings.Contains(fr, c.fr) || strings.ContainsAny(en, "\x1b\x00") {
				t.Errorf("%s\n%s", en, fr)
			}
		})
	}
}

// Whatever a kill -9 leaves of a recording is read, and said to be a part.
func TestReadCutOffAnywhere(t *testing.T) {
	events := append(standing(), heart("run123")...)
	whole := written(t, events)
	for n := range whole {
		text := whole[:n]
		got, notices, err := heard(t, text)
		if n < len(strings.TrimRight(whole[:strings.Index(whole, "\n")+1], "\n")) {
			if err == nil {
				t.Fatalf("%q is read", text)
			}
			continue
		}
		wholeEnd := n >= len(whole)-1
		if err != nil || len(notices) != 1 && !wholeEnd || len(got) > len(events) || !reflect.DeepEqual(got, append([]ledger.Event(nil), events[:len(got)]...)) {
			t.Fatalf("after %d bytes: %d events, %v, %v", n, len(got), notices, err)
		}
		if lines := strings.Count(text, "\n") - 1; len(got) < min(lines, len(events)) {
			t.Fatalf("after %d bytes: %d events of %d lines", n, len(got), lines)
		}
		if !wholeEnd && !strings.Contains(notices[0].En, "x.jsonl was cut off: it stops ") {
			t.Fatal(notices[0].En)
		}
	}
}

func TestReadNotices(t *testing.T) {
	for _, c := range []struct{ last, en, fr string }{
		{`{"event":"incomplete","events":0,"reason":"slow"}`, "x.jsonl is incomplete: the disk was slower than the bench", "x.jsonl est incomplet\u00a0: le disque"},
		{`{"event":"incomplete","events":0,"reason":"big"}`, "it reached 1024 MB", "1024 Mo"},
		{`{"event":"incomplete","events":0,"reason":"write","detail":"no space\u001b[2J"}`, `the file took no more ("no space\x1b[2J")`, "n’acceptait plus rien"},
		{`{"event":"incomplete","events":0,"reason":"encode","detail":"NaN"}`, `could not be written ("NaN")`, "n’a pas pu être écrit"},
		{`{"event":"incomplete","events":0,"reason":"of another time"}`, `the file took no more`, "n’acceptait plus rien"},
		{`{"event":"end","events":3}`, "its last line speaks of 3 events, and there are 0", "annonce 3 événements, et il y en a 0"},
	} {
		_, notices, err := heard(t, firstLine+c.last+"\n")
		if err != nil || len(notices) != 1 || !strings.Contains(notices[0].En, c.en) || !strings.Contains(notices[0].Fr, c.fr) {
			t.Errorf("%s: %v %v", c.last, notices, err)
		}
	}
}

func TestReadEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	_, err := Read(ctx, "x", strings.NewReader(written(t, heart("run123"))), func(ledger.Event) error { n++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("%v after %d events", err, n)
	}
	full := errors.New("full")
	_, err = Read(t.Context(), "x", strings.NewReader(written(t, heart("run123"))), func(ledger.Event) error { return full })
	if !errors.Is(err, full) {
		t.Error(err)
	}
}

func TestLoad(t *testing.T) {
	events := append(standing(), heart("first1")...)
	events = append(events, ledger.ToxicAdded{At: at(2000), Toxic: ledger.Toxic{Broker: 2, Name: "stays"}})
	events = append(events, ledger.RunBegan{Run: "silent"})
	events = append(events, heart("second")...)
	r, err := Load(t.Context(), "x", strings.NewReader(written(t, events)))
	must(t, err)
	if len(r.Tapes) != 2 || r.Tapes[0].Run != "first1" || r.Tapes[1].Run != "second" || r.Tapes[1].Sent != 1 || r.Tapes[1].Clock.IsZero() {
		t.Fatalf("%+v", r.Tapes)
	}
	same(t, fold(r.Tapes[0].Events()), fold(events[:len(events)-len(heart(""))-1]))
	same(t, fold(r.Tapes[1].Events()), fold(events))

	if _, err = Load(t.Context(), "x", strings.NewReader(written(t, standing()))); err == nil || !strings.Contains(err.Error(), "nothing was sent") {
		t.Error(err)
	}
	if _, err = Load(t.Context(), "x", strings.NewReader("?")); err == nil {
		t.Error("no error")
	}
}

func TestOpen(t *testing.T) {
	for _, name := range []string{filepath.Join(t.TempDir(), "none"), "bad\x00name"} {
		if _, err := Open(name, nil); err == nil {
			t.Errorf("%q opens", name)
		}
	}
	f, err := Open("-", strings.NewReader("x"))
	must(t, err)
	must(t, f.Close())
	path := filepath.Join(t.TempDir(), "is")
	must(t, os.WriteFile(path, nil, 0o600))
	f, err = Open(path, nil)
	must(t, err)
	must(t, f.Close())
}

// FuzzRead: whatever a file holds, there are events or an error that says
// where in both languages; what was read can be written, read again and folded.
func FuzzRead(f *testing.F) {
	f.Add(written(f, append(standing(), heart("run123")...)))
	f.Add(firstLine + `{"event":"incomplete","events":0,"reason":"slow"}`)
	f.Add(firstLine + `{ "event" : "arrived" , "at" : 5 }` + "\r\n")
	f.Add(firstLine + `{"event":"ended","at":1,"request":1,"outcome":"won"}` + "\n")
	f.Add(firstLine + `{"event":"run-began","run":"\ud800","clock":"9999-12-31T23:59:59+23:59"}` + "\n")
	f.Add(firstLine + `{"event":"toxic-added","toxic":{"toxicity":1e400,"attributes":{"":1}}}` + "\n")
	f.Add(strings.Replace(firstLine, "1,", "2,", 1))
	f.Add("\xef\xbb\xbf" + firstLine)
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		events, notices, err := heard(t, text)
		if err != nil {
			var said *words.Error
			if !errors.As(err, &said) || said.En == "" || said.Fr == "" || !strings.HasPrefix(said.En, "x.jsonl") {
				t.Fatalf("%q: %#v", text, err)
			}
		}
		for _, n := range notices {
			if n.En == "" || n.Fr == "" {
				t.Fatalf("%q: %v", text, n)
			}
		}
		again, _, err := heard(t, written(t, events))
		if err != nil || len(again) != len(events) || len(events) > 0 && !reflect.DeepEqual(again, events) {
			t.Fatalf("%q: %v\n%v\n%v", text, err, events, again)
		}
		same(t, fold(again), fold(events))
		d := Play(&Tape{events: events}, nil)
		for range 5 {
			d.Step()
		}
		d.Back()
		d.End()
		same(t, unversioned(d.Snapshot()), fold(events))
	})
}
