package chart

import (
	"testing"
	"time"
)

func TestAxisCoversWhatItShows(t *testing.T) {
	for from := time.Duration(0); from < 20*time.Second; from += 730 * time.Millisecond {
		for need := time.Duration(0); need < 3*time.Hour; need = need*2 + time.Millisecond {
			a := NewAxis(from, from+need, 5, 40)
			if a.from > from || a.to() < from+need {
				t.Fatalf("%v + %v: the axis is %v to %v", from, need, a.from, a.to())
			}
			if c := a.Col(from + need); c < 5 || c >= 45 {
				t.Fatalf("column %d", c)
			}
		}
	}
}
