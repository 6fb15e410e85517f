package console

import (
	"strings"
	"time"

	"atelier/assets/words"
)

// faultText says a fault in a few words: "latency 5 s". The kinds keep their
// Toxiproxy names, which are those of the lab language.
func faultText(kind string, attributes map[string]int64, lang words.Lang) string {
	ms := func(name string) string {
		return duration(time.Duration(attributes[name])*time.Millisecond, lang)
	}
	switch kind {
	case "down":
		return lang.Pick("proxy down", "proxy coupé")
	case "stopped":
		return lang.Pick("broker stopped", "broker arrêté")
	case "frozen":
		return lang.Pick("broker frozen", "broker gelé")
	case "latency":
		s := kind + " " + ms("latency")
		if attributes["jitter"] > 0 {
			s += " ± " + ms("jitter")
		}
		return s
	case "timeout", "reset_peer":
		if attributes["timeout"] == 0 {
			return kind
		}
		return kind + " " + ms("timeout")
	case "slow_close":
		return kind + " " + ms("delay")
	case "bandwidth":
		return kind + " " + count(attributes["rate"], lang) + lang.Pick("\u00a0KB/s", "\u00a0Ko/s")
	case "limit_data":
		return kind + " " + count(attributes["bytes"], lang) + lang.Pick("\u00a0B", "\u00a0o")
	default:
		return plain(strings.TrimSpace(kind))
	}
}
