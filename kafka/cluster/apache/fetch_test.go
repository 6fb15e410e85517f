//go:build unix

package apache

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"atelier/assets/words"
)

// shelf is a mirror of Maven Central with two jars on it. Where fails says so, it
// has answered on its own.
func shelf(t *testing.T, fails func(http.ResponseWriter, *http.Request) bool) (artifacts []artifact, options Options) {
	t.Helper()
	jars := map[string]string{"org/a/a/1/a-1.jar": "the one", "org/b/b/2/b-2.jar": "the other"}
	mirror := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		jar, ok := jars[strings.TrimPrefix(r.URL.Path, "/maven2/")]
		if fails != nil && fails(w, r) {
			return
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(jar))
	}))
	t.Cleanup(mirror.Close)
	for path, jar := range jars {
		sum := sha256.Sum256([]byte(jar))
		artifacts = append(artifacts, artifact{hex.EncodeToString(sum[:]), path})
	}
	getenv := func(name string) string {
		return map[string]string{"ATELIER_MAVEN": mirror.URL + "/maven2/"}[name]
	}
	return artifacts, Options{Getenv: getenv, CacheDir: t.TempDir(), Progress: func(words.Text) {}}
}

func TestFetch(t *testing.T) {
	artifacts, o := shelf(t, nil)
	dir := filepath.Join(o.CacheDir, "kafka-test")
	if complete(dir, artifacts) {
		t.Fatal("complete before it began")
	}
	if err := fetch(t.Context(), o, dir, artifacts); err != nil {
		t.Fatal(err)
	}
	if !complete(dir, artifacts) {
		t.Error("not complete")
	}
	// What is not complete is fetched again.
	if err := os.Remove(filepath.Join(dir, "a-1.jar")); err != nil {
		t.Fatal(err)
	}
	if err := fetch(t.Context(), o, dir, artifacts); err != nil || !complete(dir, artifacts) {
		t.Errorf("again: %v", err)
	}
	onlyOne(t, o.CacheDir, "kafka-test")
}

// A mirror that fails twice is asked a third time, and no more often; what it
// says of a file that it does not have is not asked for again.
func TestFetchAgain(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	hangUp := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	half := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "7")
		_, _ = w.Write([]byte("the"))
		_ = http.NewResponseController(w).Flush()
		hangUp(w, r)
	}
	for name, c := range map[string]struct {
		fails http.HandlerFunc
		times int64
		asked int64
		says  string // nothing: it is fetched
	}{
		"unavailable":            {status(http.StatusServiceUnavailable), 2, 3, ""},
		"hangs up":               {hangUp, 2, 3, ""},
		"hangs up in the middle": {half, 2, 3, ""},
		"unavailable for good":   {status(http.StatusServiceUnavailable), 9, 3, "503"},
		"forbidden":              {status(http.StatusForbidden), 9, 1, "403"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int64
			artifacts, o := shelf(t, func(w http.ResponseWriter, r *http.Request) bool {
				if !strings.HasSuffix(r.URL.Path, "/a-1.jar") || asked.Add(1) > c.times {
					return false
				}
				c.fails(w, r)
				return true
			})
			dir := filepath.Join(o.CacheDir, "kafka-test")
			err := fetch(t.Context(), o, dir, artifacts)
			if c.says == "" && (err != nil || !complete(dir, artifacts)) || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("got %v", err)
			}
			if got := asked.Load(); got != c.asked {
				t.Errorf("asked %d times, want %d", got, c.asked)
			}
		})
	}
}

// Whoever no longer wants the jars waits for no further try.
func TestFetchNoLonger(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var asked atomic.Int64
	artifacts, o := shelf(t, func(w http.ResponseWriter, _ *http.Request) bool {
		asked.Add(1)
		w.WriteHeader(http.StatusBadGateway)
		cancel()
		return true
	})
	if err := fetch(ctx, o, filepath.Join(o.CacheDir, "kafka-test"), artifacts); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := asked.Load(); got > int64(len(artifacts)) {
		t.Errorf("asked %d times", got)
	}
}

// What fails leaves nothing in the cache that could be taken for the jars.
func TestFetchFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func([]artifact)
		says  string
	}{
		"checksum": {func(a []artifact) { a[1].sum = strings.Repeat("0", 64) }, "wrong checksum"},
		"missing":  {func(a []artifact) { a[0].path = "org/c/c/3/c-3.jar" }, "404"},
	} {
		t.Run(name, func(t *testing.T) {
			artifacts, o := shelf(t, nil)
			c.spoil(artifacts)
			dir := filepath.Join(o.CacheDir, "kafka-test")
			err := fetch(t.Context(), o, dir, artifacts)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "KAFKA_HOME") {
				t.Errorf("got %v", err)
			}
			onlyOne(t, o.CacheDir, "")
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		artifacts, o := shelf(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := fetch(ctx, o, filepath.Join(o.CacheDir, "kafka-test"), artifacts); err != context.Canceled {
			t.Errorf("got %v", err)
		}
	})
}

// onlyOne checks that nothing else lies about.
func onlyOne(t *testing.T, dir, name string) {
	t.Helper()
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.Name() != name {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

// TestPins checks the pinned list; with ATELIER_PINS it first writes it anew
// from mvn's local repository (make apache-jars).
func TestPins(t *testing.T) {
	if os.Getenv("ATELIER_PINS") != "" {
		writePins(t)
		return
	}
	if len(pinned()) < 40 {
		t.Errorf("%d artifacts", len(pinned()))
	}
	for _, a := range pinned() {
		if len(a.sum) != 64 || !strings.HasSuffix(a.path, ".jar") || strings.Contains(a.path, "..") || strings.HasPrefix(a.path, "/") {
			t.Errorf("got %+v", a)
		}
	}
}

func TestKafkaHome(t *testing.T) {
	home := func(jars ...string) string {
		dir := t.TempDir()
		for _, jar := range jars {
			file := filepath.Join(dir, "libs", jar)
			_ = os.MkdirAll(filepath.Dir(file), 0o700)
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	if jars, err := homeJars(home("kafka_2.13-4.3.0.jar", "slf4j-api-1.jar")); err != nil || len(jars) != 2 {
		t.Errorf("got %v, %v", jars, err)
	}
	for says, dir := range map[string]string{
		"is Kafka 3.9": home("kafka_2.13-3.9.1.jar"), "is Kafka 4.1": home("kafka_2.13-4.1.2.jar"),
		"holds no libs": home("slf4j-api-1.jar"),
	} {
		if _, err := homeJars(dir); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want %q, got %v", says, err)
		}
	}
}

func TestNoJava(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for says, home := range map[string]string{"no Java here": "", "holds no bin/java": t.TempDir()} {
		_, err := findJava(func(string) string { return home })
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want %q, got %v", says, err)
		}
	}
	old := filepath.Join(t.TempDir(), "java")
	if err := os.WriteFile(old, []byte("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := checkVersion(t.Context(), old); err == nil || !strings.Contains(err.Error(), "is Java 8") {
		t.Errorf("got %v", err)
	}
}

// writePins has mvn lay the jars out as a repository, whose paths are those of
// Maven Central.
func writePins(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	o := Options{Getenv: func(string) string { return "" }, Progress: func(words.Text) {}}
	if err := byMaven(t.Context(), o, dir, "-Dmdep.useRepositoryLayout=true"); err != nil {
		t.Fatal(err)
	}
	var list []string
	err := filepath.WalkDir(dir, func(file string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".jar") {
			return err
		}
		jar, err := os.ReadFile(file)
		path, _ := filepath.Rel(dir, file)
		list = append(list, fmt.Sprintf("%x  %s\n", sha256.Sum256(jar), filepath.ToSlash(path)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("jars.sha256", []byte(strings.Join(list, "")), 0o600); err != nil {
		t.Fatal(err)
	}
}
