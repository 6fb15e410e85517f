package lab

import (
	"atelier/assets/words"
	"atelier/kafka"
)

// consistent checks a line's producer settings against each other, and returns
// them. A contradiction is told at the settings that cause it: those without
// which it would not be the same one.
func (a *args) consistent(mode, changed kafka.Settings) kafka.Settings {
	trial := changed
	blamed := map[string]bool{}
	for range a.settings {
		err := trial.Validate()
		if err == nil {
			break
		}
		var culprits []*word
		for _, w := range a.settings {
			without := revert(trial, mode, w.name())
			if !blamed[w.name()] && without != trial && words.Tell(words.English, without.Validate()) != words.Tell(words.English, err) {
				culprits = append(culprits, w)
			}
		}
		if len(culprits) == 0 {
			break
		}
		a.at(culprits[0], "%s", "%s", err)
		for _, w := range culprits {
			trial = revert(trial, mode, w.name())
			blamed[w.name()] = true
		}
	}
	if len(blamed) == 0 {
		if err := changed.Validate(); err != nil {
			a.missing("%s", "%s", err)
		}
	}
	return changed
}

// revert gives one setting its mode's value back.
func revert(s, mode kafka.Settings, name string) kafka.Settings {
	switch name {
	case "acks":
		s.Acks = mode.Acks
	case "retries":
		s.Retries = mode.Retries
	case "backoff":
		s.Backoff = mode.Backoff
	case "request":
		s.Request = mode.Request
	case "total":
		s.Total = mode.Total
	case "inflight":
		s.InFlight = mode.InFlight
	case "linger":
		s.Linger = mode.Linger
	case "compression":
		s.Compression = mode.Compression
	}
	return s
}
