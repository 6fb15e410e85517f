package apache

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"atelier/assets/words"
)

// central is where Maven Central is. ATELIER_MAVEN names a mirror.
const central = "https://repo.maven.apache.org/maven2"

// pins are the artifacts that make up Version, with their checksums: what mvn
// resolved for kafka_2.13. `make apache-jars` writes them anew.
//
//go:embed jars.sha256
var pins string

// artifact is a jar of Maven Central.
type artifact struct{ sum, path string }

func (a artifact) file() string { return path.Base(a.path) }

var pinned = sync.OnceValue(func() []artifact {
	var list []artifact
	for line := range strings.Lines(pins) {
		if sum, path, ok := strings.Cut(strings.TrimSpace(line), "  "); ok {
			list = append(list, artifact{sum, path})
		}
	}
	return list
})

// verify compares a file's checksum with the artifact's.
func (a artifact) verify(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("fetch %s: %w", a.file(), err)
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("verify %s: %w", a.file(), err)
	}
	if sum := hex.EncodeToString(h.Sum(nil)); sum != a.sum {
		return words.Errorf("%s has the wrong checksum %s: it is not what was published", "%s a une mauvaise somme de contrôle, %s : ce n’est pas ce qui a été publié", a.file(), sum)
	}
	return nil
}

// directly fetches every artifact over HTTPS, a few at a time.
func directly(ctx context.Context, o Options, dir string, artifacts []artifact) error {
	base := strings.TrimSuffix(o.Getenv("ATELIER_MAVEN"), "/")
	if base == "" {
		base = central
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	transport := http.DefaultTransport.(*http.Transport).Clone() // with the environment's proxies
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 5 * time.Minute}
	next := make(chan artifact)
	results := make(chan error)
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for a := range next {
				results <- download(ctx, client, base+"/"+a.path, filepath.Join(dir, a.file()))
			}
		})
	}
	workers.Go(func() {
		defer close(next)
		for _, a := range artifacts {
			next <- a
		}
	})
	var failed error
	for i := range artifacts {
		o.Progress(words.Textf("fetching Apache Kafka %s: %d of %d files", "téléchargement d’Apache Kafka %s : %d fichiers sur %d", Version, i, len(artifacts)))
		if err := <-results; err != nil && failed == nil {
			failed = err
			cancel() // the rest fail at once
		}
	}
	workers.Wait()
	return failed
}

// The patience with one file: how often it is asked for, and the pause before
// the second time. Before the third it is twice as long.
const (
	downloads     = 3
	downloadPause = 500 * time.Millisecond
)

// download fetches a file, and asks again where the network or the server
// failed.
func download(ctx context.Context, client *http.Client, url, file string) error {
	for try := 1; ; try++ {
		err := downloadOnce(ctx, client, url, file)
		var again passing
		if !errors.As(err, &again) || try == downloads {
			return err
		}
		select {
		case <-time.After(time.Duration(try) * downloadPause):
		case <-ctx.Done():
			return err
		}
	}
}

// passing is a failure that may be over the next time.
type passing struct{ error }

// Unwrap returns the failure.
func (p passing) Unwrap() error { return p.error }

func downloadOnce(ctx context.Context, client *http.Client, url, file string) (err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("fetch %s: %w", url, err)
	}
	response, err := client.Do(request)
	if err != nil {
		return passing{err} // names the address itself
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		err := fmt.Errorf("fetch %s: %s", url, response.Status)
		if response.StatusCode >= http.StatusInternalServerError {
			return passing{err}
		}
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("fetch %s: %w", url, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := io.Copy(f, response.Body); err != nil {
		err = fmt.Errorf("fetch %s: %w", url, err)
		var disk *fs.PathError
		if errors.As(err, &disk) {
			return err
		}
		return passing{err}
	}
	return nil
}

var errNoMaven = errors.New("no mvn")

// log4j-core is left out: nobody has to change log levels by JMX, and its own
// start would be a tenth of a broker's.
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>atelier</groupId><artifactId>jars</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>` + Version + `</version>
      <exclusions><exclusion><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`

// byMaven has mvn fetch the artifacts; more are options of its plug-in.
func byMaven(ctx context.Context, o Options, dir string, more ...string) error {
	if o.Getenv("ATELIER_MAVEN") != "" {
		return errNoMaven // a mirror was named: fetch from there
	}
	program, err := exec.LookPath("mvn")
	if err != nil {
		return errNoMaven
	}
	o.Progress(words.Textf("fetching Apache Kafka %s by mvn, 42 MB, this once", "téléchargement d’Apache Kafka %s par mvn, 42 Mo, cette fois seulement", Version))
	project := filepath.Join(dir, "pom.xml")
	if err := os.WriteFile(project, []byte(pom), 0o600); err != nil {
		return err
	}
	mvn := exec.CommandContext(ctx, program, append([]string{
		"-B", "-q", "-f", project,
		"org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies", "-DoutputDirectory=" + dir, "-DincludeScope=runtime",
	}, more...)...)
	var out bytes.Buffer
	mvn.Stdout, mvn.Stderr = &out, &out
	mvn.WaitDelay = time.Second
	if err := mvn.Run(); err != nil {
		return fmt.Errorf("mvn: %w: %s", err, lastLines(out.Bytes(), 3))
	}
	return nil
}
