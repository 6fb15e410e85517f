package words

import "time"

// Day is a day as readers of a language write it: in English as ISO 8601 does,
// which means the same on both sides of an ocean.
func (l Lang) Day(t time.Time) string { return t.Format(l.Pick(time.DateOnly, "02/01/2006")) }

// Moment is a day and a time of it.
func (l Lang) Moment(t time.Time) string { return l.Day(t) + t.Format(" 15:04") }
