//go:build linux

package apache

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A Java that is there and does not run is not one that is missing.
func TestJavaThatFails(t *testing.T) {
	program := filepath.Join(t.TempDir(), "java")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho no libjvm.so\nexit 4\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	err := checkVersion(t.Context(), program)
	if err == nil || !strings.Contains(err.Error(), "fails (exit status 4)") || !strings.Contains(err.Error(), "no libjvm.so") {
		t.Errorf("got %v", err)
	}
}
