package api

import (
	"net/http"
	"strconv"
	"strings"

	"atelier/assets/words"
)

// langOf is the language that a request asks for, else the server's own.
func (s *Server) langOf(r *http.Request) words.Lang {
	asked := r.Header.Get("Accept-Language")
	if asked == "" {
		return s.options.Lang
	}
	lang, best := s.options.Lang, 0.0
	for part := range strings.SplitSeq(asked, ",") {
		tag, parameters, _ := strings.Cut(part, ";")
		spoken, err := words.ParseLang(primary(tag))
		if err != nil {
			continue
		}
		if q := quality(parameters); q > best {
			lang, best = spoken, q
		}
	}
	return lang
}

// primary is the language of a tag, as fr of fr-CA.
func primary(tag string) string {
	tag, _, _ = strings.Cut(strings.TrimSpace(tag), "-")
	return tag
}

func quality(parameters string) float64 {
	value, is := strings.CutPrefix(strings.TrimSpace(parameters), "q=")
	if !is {
		return 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0
	}
	return q
}
