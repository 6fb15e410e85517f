package apache

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"

	"atelier/assets/words"
)

// java is how a process of Kafka is started.
type java struct {
	program   string
	classPath string   // explicit, sorted, absolute: else the archive is of no use, silently
	sharing   []string // the class archive's options
}

// oldest is the oldest Java that Kafka's brokers run on.
const oldest = 17

// prepare finds Java, the jars and the class archive.
func prepare(ctx context.Context, o Options) (java, error) {
	program, err := findJava(o.Getenv)
	if err != nil {
		return java{}, err
	}
	jars, err := findJars(ctx, o)
	if err != nil {
		return java{}, err
	}
	j := java{program: program, classPath: joinJars(jars)}
	archive := filepath.Join(o.CacheDir, "classes-"+j.fingerprint()+".jsa")
	if _, err := os.Stat(archive); err != nil {
		if err := checkVersion(ctx, program); err != nil {
			return java{}, err
		}
		if err := j.makeArchive(ctx, o, archive); err != nil {
			if ctx.Err() != nil {
				return java{}, ctx.Err()
			}
			return j, nil // slower by two seconds, no worse
		}
	}
	j.sharing = []string{"-XX:SharedArchiveFile=" + archive}
	return j, nil
}

var errNoJava = words.Errorf(
	"no Java here, which Apache Kafka needs (version %d or later): install one (https://adoptium.net, or your system's openjdk-%[1]d-jre-headless) or set JAVA_HOME; the embedded cluster needs none",
	"pas de Java ici, or Apache Kafka en a besoin (version %d ou plus) : installez-le (https://adoptium.net, ou le paquet openjdk-%[1]d-jre-headless de votre système) ou définissez JAVA_HOME ; le cluster embarqué s’en passe", oldest)

// FindJava finds a Java that Kafka's brokers run on. Its error says what is
// wrong with the one that is here, or where to get one.
func FindJava(ctx context.Context, getenv func(string) string) (program string, err error) {
	if program, err = findJava(getenv); err != nil {
		return "", err
	}
	return program, checkVersion(ctx, program)
}

func findJava(getenv func(string) string) (string, error) {
	if home := getenv("JAVA_HOME"); home != "" {
		program := filepath.Join(home, "bin", "java")
		if _, err := os.Stat(program); err != nil {
			return "", words.Errorf("JAVA_HOME=%s holds no bin/java: correct it, or unset it", "JAVA_HOME=%s ne contient pas bin/java : corrigez-le, ou retirez-le", home)
		}
		return program, nil
	}
	program, err := exec.LookPath("java")
	if err != nil {
		return "", errNoJava
	}
	return filepath.Abs(program)
}

var versionNumber = regexp.MustCompile(`version "(?:1\.)?(\d+)`)

// checkVersion also finds out whether it is a Java at all: macOS has a program
// of that name that only says where to get one.
func checkVersion(ctx context.Context, program string) error {
	out, err := exec.CommandContext(ctx, program, "-version").CombinedOutput()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	found := versionNumber.FindSubmatch(out)
	if runtime.GOOS == "darwin" && found == nil {
		return errNoJava
	}
	if err != nil || found == nil {
		how := words.Text{En: "it is no Java", Fr: "ce n’est pas un Java"}
		if err != nil {
			how = words.Text{En: err.Error(), Fr: err.Error()}
		}
		return words.Errorf(
			"%s is there, but `java -version` fails (%s): repair it, or set JAVA_HOME to another (version %d or later). Its last words:\n%s",
			"%s est là, mais `java -version` échoue (%s) : réparez-le, ou donnez-en un autre par JAVA_HOME (version %d ou plus). Ses derniers mots :\n%s",
			program, how, oldest, lastLines(out, 3))
	}
	if n, _ := strconv.Atoi(string(found[1])); n < oldest {
		return words.Errorf(
			"%s is Java %d, and Apache Kafka needs %d or later: install a newer one, or set JAVA_HOME to it",
			"%s est un Java %d, et Apache Kafka demande %d ou plus : installez-en un plus récent, ou donnez-le par JAVA_HOME", program, n, oldest)
	}
	return nil
}

// fingerprint tells one Java with one class path from all others.
func (j java) fingerprint() string {
	h := sha256.New()
	real, err := filepath.EvalSymlinks(j.program)
	if err != nil {
		real = j.program
	}
	for _, file := range []string{real, filepath.Join(filepath.Dir(real), "..", "lib", "modules")} {
		if info, err := os.Stat(file); err == nil {
			fmt.Fprintln(h, file, info.Size(), info.ModTime().UnixNano())
		}
	}
	fmt.Fprintln(h, j.classPath)
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// command is a process of a class of Kafka, at work in a folder. The folder is
// on its command line: by it, clean knows what is ours.
func (j java) command(dir, class string, args ...string) *exec.Cmd {
	options := append([]string{
		"-Xmx192m", "-Xmn72m", "-XX:+UseSerialGC", // small, and no collection before it is up
		// Quick to start: a start's time is that of its compiler, by a third.
		"-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=1", "-XX:C1MaxInlineSize=8", "-XX:CompileThresholdScaling=3",
		"-XX:CICompilerCount=1",                                         // four nodes start at once: their compilers would only be in each other's way
		"-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0", // the archive as it lies on disk
		"-XX:-UsePerfData", "-Djava.io.tmpdir=" + dir, // nothing outside its folder
		"-Djava.awt.headless=true", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
		"-Dlog4j2.StatusLogger.level=OFF", // it would complain that log4j-core is not there
	}, j.sharing...)
	options = append(options, "-cp", j.classPath, class)
	cmd := exec.Command(j.program, append(options, args...)...)
	cmd.Dir = dir
	return cmd
}

// makeArchive has a node run once, alone, and keeps the classes that it
// loaded: with them every later start takes half the time.
func (j java) makeArchive(ctx context.Context, o Options, archive string) (err error) {
	o.Progress(words.Textf(
		"preparing Java's class archive, this once", "préparation de l’archive de classes de Java, cette fois seulement"))
	n, end, err := j.pupil(o, archive+fmt.Sprintf(".%d", os.Getpid()))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if err := n.start(); err != nil {
		return err
	}
	if err := n.await(ctx, func(v view) bool { return len(v.brokers) == 1 }); err != nil {
		return err
	}
	if err := n.practise(ctx); err != nil {
		return err
	}
	if err := n.signals(endSignal); err != nil {
		return err
	}
	select {
	case <-n.gone(): // the archive is written at the end
	case <-ctx.Done():
		return ctx.Err()
	}
	return os.Rename(archive+fmt.Sprintf(".%d", os.Getpid()), archive)
}
