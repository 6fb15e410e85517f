package linear

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"atelier/assets/words"
	"atelier/ui/doctor"
)

// examined is a machine of the test's own, with a port that somebody has.
func examined(t *testing.T) *doctor.Options {
	t.Helper()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	return &doctor.Options{
		Dumb: true, Terminal: true, StateDir: t.TempDir(), TempDir: t.TempDir(), Getenv: func(string) string { return "" },
		Ports: []doctor.Port{{Address: taken.Addr().String(), Flag: "--api", For: words.Text{En: "the API", Fr: "l’API"}}},
	}
}

// Through a pipe the next line waits for what was found.
func TestTheDoctorTells(t *testing.T) {
	o := examined(t)
	said := read(t, Options{Modules: small(t), Lang: words.English, Doctor: o}, "doctor\nwhere\nlangue fr\ndiagnostic\n")
	told(t, said,
		"> doctor\nLooking", "Terminal:\ncursor, note: the terminal says that it is dumb", "\nfor: the console\ndo: another terminal",
		"Machine:\n", "port "+o.Ports[0].Address[len("127.0.0.1:"):]+", note: ", "\nfor: the API\n", "state folder, found: "+o.StateDir, "All that is needed is there.",
		"> where\nModule 3", "> diagnostic\nExamen", "Machine\u00a0:\n", "dossier d’état, trouvé\u00a0: ", "Tout ce qu’il faut est là.")
	said = read(t, Options{Modules: small(t), Lang: words.French}, "doctor\n")
	told(t, said, "D’ici, rien ne peut être examiné.")
}

// Ctrl+C, and stop, end the looking too.
func TestTheDoctorIsStopped(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the slow tool is a shell script")
	}
	o := examined(t)
	dir := t.TempDir()
	slow := filepath.Join(dir, "curl")
	if err := os.WriteFile(slow, []byte("#!/bin/sh\nexec sleep 600\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	o.Tools = []string{"curl"}
	r, w := io.Pipe()
	out, left := newTranscript(), make(chan error, 1)
	go func() {
		left <- Run(t.Context(), Options{Bench: still{ledger: newPlay().ledger}, Modules: small(t), Lang: words.English, Doctor: o, In: r, Out: out, Interactive: true})
	}()
	out.await(t, "You can say")
	_, _ = io.WriteString(w, "doctor\nwhere\n")
	out.await(t, "1 running.") // an interactive learner need not wait
	_, _ = io.WriteString(w, "stop\n")
	out.await(t, "Stopped: doctor")
	_ = w.Close()
	if err := <-left; err != nil {
		t.Error(err)
	}
}
