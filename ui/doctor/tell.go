package doctor

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"atelier/assets/words"
)

var partNames = map[string]words.Text{
	"terminal": {En: "Terminal", Fr: "Terminal"}, "machine": {En: "Machine", Fr: "Machine"}, "tools": {En: "Tools", Fr: "Outils"},
	"kafka": {En: "Kafka", Fr: "Kafka"}, "toxiproxy": {En: "Toxiproxy", Fr: "Toxiproxy"},
}

// mark says in a word how a finding stands.
func (f *Finding) mark() words.Text {
	switch {
	case f.State == Found:
		return words.Text{En: "found", Fr: "trouvé"}
	case !f.Needed:
		return words.Text{En: "note", Fr: "à noter"}
	case f.State == Missing:
		return words.Text{En: "MISSING", Fr: "MANQUE"}
	}
	return words.Text{En: "WRONG", Fr: "FAUTIF"}
}

// Text tells findings as plain lines.
func Text(w io.Writer, all []Finding, lang words.Lang) error {
	var b strings.Builder
	for _, part := range Parts() {
		begun := false
		for i := range all {
			if f := &all[i]; f.Part == part {
				if !begun {
					fmt.Fprintf(&b, "%s\n", partNames[part].In(lang))
					begun = true
				}
				f.tell(&b, lang)
			}
		}
	}
	verdict := words.Text{En: "All that is needed is there.", Fr: "Tout ce qu’il faut est là."}
	if !Healthy(all) {
		verdict = words.Text{En: "Something that is needed is not there.", Fr: "Il manque quelque chose de nécessaire."}
	}
	fmt.Fprintf(&b, "\n%s\n", verdict.In(lang))
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *Finding) tell(b *strings.Builder, lang words.Lang) {
	said := splitLines(f.Saw.In(lang))
	fmt.Fprintf(b, "  %-8s %-18s %s\n", f.mark().In(lang), f.Name.In(lang), said[0])
	more := func(s string) { fmt.Fprintf(b, "  %-8s %-18s %s\n", "", "", s) }
	for _, line := range said[1:] {
		more(line)
	}
	if f.State == Found {
		return
	}
	if s := f.For.In(lang); s != "" {
		more(lang.Pick("for: ", "pour\u00a0: ") + s)
	}
	if s := f.Get.In(lang); s != "" {
		more(lang.Pick("do: ", "faire\u00a0: ") + s)
	}
}

// JSON tells findings as one object, in a language.
func JSON(w io.Writer, all []Finding, lang words.Lang) error {
	type finding struct {
		Part   string `json:"part"`
		ID     string `json:"id"`
		Name   string `json:"name"`
		State  State  `json:"state"`
		Needed bool   `json:"needed"`
		Saw    string `json:"saw"`
		For    string `json:"for,omitempty"`
		Get    string `json:"get,omitempty"`
	}
	out := struct {
		Healthy  bool      `json:"healthy"`
		Findings []finding `json:"findings"`
	}{Healthy(all), []finding{}}
	for _, f := range all {
		one := finding{f.Part, f.ID, f.Name.In(lang), f.State, f.Needed, f.Saw.In(lang), f.For.In(lang), ""}
		if f.State != Found {
			one.Get = f.Get.In(lang)
		}
		out.Findings = append(out.Findings, one)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
