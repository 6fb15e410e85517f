package program_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atelier/ui/program/programtest"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestBinary runs the scripts of testdata with the built binary.
func TestBinary(t *testing.T) {
	binary := programtest.Build(t)
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", filepath.Dir(binary)+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("BIN", filepath.Dir(binary))
			e.Setenv("LANG", "en_US.UTF-8")
			e.Setenv("TMPDIR", e.WorkDir)
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("XDG_STATE_HOME", filepath.Join(e.WorkDir, "state"))
			e.Setenv("ROOT", root)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": programtest.Exits, "large": large},
	})
}

// large makes a file longer by five megabytes: large FILE
func large(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: large FILE")
	}
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = f.WriteString(strings.Repeat("x\n", 2_500_000))
	ts.Check(err)
	ts.Check(f.Close())
}
