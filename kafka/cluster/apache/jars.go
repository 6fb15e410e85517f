package apache

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atelier/assets/words"
)

// findJars lists Kafka's jars: KAFKA_HOME's, else the cache's, which is filled
// where it is empty.
func findJars(ctx context.Context, o Options) ([]string, error) {
	if home := o.Getenv("KAFKA_HOME"); home != "" {
		return homeJars(home)
	}
	dir := filepath.Join(o.CacheDir, "kafka-"+Version)
	if !complete(dir, pinned()) {
		if err := fetch(ctx, o, dir, pinned()); err != nil {
			return nil, err
		}
	}
	jars := make([]string, 0, len(pinned()))
	for _, a := range pinned() {
		jars = append(jars, filepath.Join(dir, a.file()))
	}
	return jars, nil
}

var coreJar = regexp.MustCompile(`^kafka_2\.\d+-(\d+)\.(\d+)\.(.*)\.jar$`)

// homeJars lists those of an installation, which has to be of 4.3 or later:
// older brokers don't know the feature levels that we format with.
func homeJars(home string) ([]string, error) {
	jars, _ := filepath.Glob(filepath.Join(home, "libs", "*.jar"))
	for _, jar := range jars {
		v := coreJar.FindStringSubmatch(filepath.Base(jar))
		if v == nil {
			continue
		}
		major, _ := strconv.Atoi(v[1])
		minor, _ := strconv.Atoi(v[2])
		if major < 4 || major == 4 && minor < 3 {
			return nil, words.Errorf(
				"KAFKA_HOME=%s is Kafka %d.%d, and 4.3 or later is needed: unset it, and %s is fetched",
				"KAFKA_HOME=%s est un Kafka %d.%d, et il faut 4.3 ou plus : retirez-le, et %s sera téléchargé", home, major, minor, Version)
		}
		return jars, nil
	}
	return nil, words.Errorf(
		"KAFKA_HOME=%s holds no libs/kafka_2.13-….jar: correct it, or unset it, and Kafka %s is fetched",
		"KAFKA_HOME=%s ne contient pas libs/kafka_2.13-….jar : corrigez-le, ou retirez-le, et Kafka %s sera téléchargé", home, Version)
}

// complete says whether every artifact is there. A folder of the cache gets
// its name when all of it has been verified.
func complete(dir string, artifacts []artifact) bool {
	return !slices.ContainsFunc(artifacts, func(a artifact) bool {
		_, err := os.Stat(filepath.Join(dir, a.file()))
		return err != nil
	})
}

// fetch fills a folder of the cache: by mvn, which knows the mirrors and
// proxies of its user, else directly.
func fetch(ctx context.Context, o Options, dir string, artifacts []artifact) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return words.Errorf("no cache for the jars: %v. Set XDG_CACHE_HOME", "pas de cache pour les jars : %v. Définissez XDG_CACHE_HOME", err)
	}
	var failed []error
	for _, way := range []func(temporary string) error{
		func(temporary string) error { return byMaven(ctx, o, temporary) },
		func(temporary string) error { return directly(ctx, o, temporary, artifacts) },
	} {
		err := fetchBy(way, dir, artifacts)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !errors.Is(err, errNoMaven) {
			failed = append(failed, err)
		}
	}
	return words.Errorf(
		"Apache Kafka %s can't be fetched: %v. Is the network there? Else unpack Kafka yourself and set KAFKA_HOME, or give a mirror of Maven Central in ATELIER_MAVEN",
		"Apache Kafka %s ne peut pas être téléchargé : %v. Le réseau est-il là ? Sinon, décompressez Kafka vous-même et définissez KAFKA_HOME, ou donnez un miroir de Maven Central dans ATELIER_MAVEN",
		Version, errors.Join(failed...))
}

// fetchBy fetches into a folder beside the cache's, and gives it its name when
// every checksum is right.
func fetchBy(way func(temporary string) error, dir string, artifacts []artifact) error {
	temporary, err := os.MkdirTemp(filepath.Dir(dir), "fetch-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temporary) }()
	if err := way(temporary); err != nil {
		return err
	}
	for _, a := range artifacts {
		if err := a.verify(filepath.Join(temporary, a.file())); err != nil {
			return err
		}
	}
	_ = os.RemoveAll(dir) // what is there is not complete
	if err := os.Rename(temporary, dir); err != nil && !complete(dir, artifacts) {
		return fmt.Errorf("put the jars in place: %w", err) // else another start was faster
	}
	return nil
}

// joinJars makes the class path. Java looks through its jars in turn for each
// class that the archive has not, and never has: of slf4j's, which are too old for
// it. So they come first.
func joinJars(jars []string) string {
	sorted := slices.Clone(jars)
	for i, jar := range sorted {
		if abs, err := filepath.Abs(jar); err == nil {
			sorted[i] = abs
		}
	}
	slices.SortFunc(sorted, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	return strings.Join(sorted, string(os.PathListSeparator))
}

func rank(jar string) int {
	if strings.HasPrefix(filepath.Base(jar), "slf4j-") {
		return 0
	}
	return 1
}
