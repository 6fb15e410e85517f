package kafka

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/IBM/sarama"
)

var goRow = regexp.MustCompile(`(?m)^\| Go +\| ([A-Z][A-Za-z.]+) +\| (.+?) +\|$`)

var inEnglish = strings.NewReplacer("oui", "yes", "non", "no", "\u00a0", " ")

// Module 2 has tables of each setting's default in four clients. Go's column
// is what the library says here; the other three have their documents named in
// the lesson.
func TestTheLessonsDefaultsAreSaramas(t *testing.T) {
	c := sarama.NewConfig()
	word := func(yes bool) string { return map[bool]string{true: "yes", false: "no"}[yes] }
	hash := "another"
	if hashed(t, c.Producer.Partitioner, "order-3", 3) == hashed(t, sarama.NewHashPartitioner, "order-3", 3) {
		hash = "FNV-1a"
	}
	want := map[string]string{
		"RequiredAcks":        fmt.Sprint(int16(c.Producer.RequiredAcks)),
		"Idempotent":          word(c.Producer.Idempotent),
		"Retry.Max":           fmt.Sprint(c.Producer.Retry.Max),
		"Retry.Backoff":       fmt.Sprint(c.Producer.Retry.Backoff.Milliseconds()),
		"Net.ReadTimeout":     fmt.Sprintf("%d s", c.Net.ReadTimeout/time.Second),
		"Net.MaxOpenRequests": fmt.Sprint(c.Net.MaxOpenRequests),
		"Flush.Frequency":     fmt.Sprint(c.Producer.Flush.Frequency.Milliseconds()),
		"Partitioner":         hash,
	}
	if c.Producer.Compression != sarama.CompressionNone {
		t.Error("the lesson says that nothing is compressed by default")
	}
	for _, lesson := range []string{"fr/02-pratique.md", "en/02-practice.md"} {
		src, err := os.ReadFile("../lessons/content/" + lesson)
		if err != nil {
			t.Fatal(err)
		}
		rows := goRow.FindAllStringSubmatch(string(src), -1)
		for _, row := range rows {
			name, given := row[1], inEnglish.Replace(row[2])
			if given != want[name] {
				t.Errorf("%s: %s is %q, sarama has %q", lesson, name, given, want[name])
			}
		}
		if len(rows) != len(want) {
			t.Errorf("%s: %d rows for Go, want %d", lesson, len(rows), len(want))
		}
	}
}
