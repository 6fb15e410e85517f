package kafka

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"sync"
	"testing"

	"github.com/IBM/sarama"
)

// hashed is where a key goes by a client's default.
func hashed(t *testing.T, partitioner sarama.PartitionerConstructor, key string, partitions int32) int {
	t.Helper()
	p, err := partitioner("").Partition(&sarama.ProducerMessage{Key: sarama.StringEncoder(key)}, partitions)
	if err != nil {
		t.Fatal(err)
	}
	return int(p)
}

func ours(key string, partitions int32) int {
	return int(murmur2([]byte(key))&0x7fffffff) % int(partitions)
}

var (
	crc32Row = regexp.MustCompile(`(?m)^\| (order-\d) +\| (\d) +\| (\d) +\| (\d) +\|$`)
	movedRow = regexp.MustCompile(`(?m)^\| (order-\d) +\| (\d) +\| (\d) +\|$`)
)

// Module 1 says where four keys go by the hash of each client, and what a
// fourth partition does to them. The client libraries' own partitioners say the
// same: murmur2 is Java's and ours, CRC32 librdkafka's and so .NET's, FNV-1a
// sarama's.
func TestWhereTheLessonSaysThatKeysGo(t *testing.T) {
	for _, lesson := range []string{"fr/01-fondements.md", "en/01-foundations.md"} {
		src, err := os.ReadFile("../lessons/content/" + lesson)
		if err != nil {
			t.Fatal(err)
		}
		rows := crc32Row.FindAllStringSubmatch(string(src), -1)
		for _, row := range rows {
			key := row[1]
			got := []int{hashed(t, sarama.NewMurmur2Partitioner, key, 3), hashed(t, sarama.NewConsistentCRCHashPartitioner, key, 3), hashed(t, sarama.NewHashPartitioner, key, 3)}
			if fmt.Sprint(got) != fmt.Sprint(numbers(row[2:])) || ours(key, 3) != got[0] {
				t.Errorf("%s: %s: the lesson says %v, they go to %v", lesson, key, row[2:], got)
			}
		}
		moved := movedRow.FindAllStringSubmatch(string(src), -1)
		for _, row := range moved {
			if got := []int{ours(row[1], 3), ours(row[1], 4)}; fmt.Sprint(got) != fmt.Sprint(numbers(row[2:])) {
				t.Errorf("%s: %s: the lesson says %v, it goes to %v", lesson, row[1], row[2:], got)
			}
		}
		if len(rows) != 4 || len(moved) != 4 {
			t.Errorf("%s: %d and %d rows of keys, want four each", lesson, len(rows), len(moved))
		}
		count := 0
		for n := range 1000 {
			if key := "order-" + strconv.Itoa(n); ours(key, 3) != ours(key, 4) {
				count++
			}
		}
		if !regexp.MustCompile(`order-999\W.*\b` + strconv.Itoa(count) + `\b`).Match(src) {
			t.Errorf("%s does not say that %d of a thousand keys move", lesson, count)
		}
	}
}

func numbers(cells []string) []int {
	all := make([]int, len(cells))
	for i, cell := range cells {
		all[i], _ = strconv.Atoi(cell) // the pattern has digits only
	}
	return all
}

// Two sends at the same time: each is spread over the partitions as if it were
// alone.
func TestWhatIsHandedOverTogetherTakesItsTurnsTogether(t *testing.T) {
	shared := &turns{next: map[string]uint64{}}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 1000 {
				flights := make([]flight, 3)
				for i := range flights {
					flights[i].message = sarama.ProducerMessage{Topic: "t", Partition: -1, Metadata: &flights[i]}
				}
				shared.take("t", flights)
				seen := map[int32]bool{}
				for i := range flights {
					p, err := partitioner{}.Partition(&flights[i].message, 3)
					if err != nil {
						t.Error(err)
					}
					seen[p] = true
				}
				if len(seen) != 3 {
					t.Errorf("three messages went to %v", seen)
				}
			}
		})
	}
	all.Wait()
	if shared.next["t"] != 12_000 {
		t.Errorf("%d turns of 12,000", shared.next["t"])
	}
}
