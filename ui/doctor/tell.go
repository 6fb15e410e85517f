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

// PartName is one of Parts, as a learner reads it.
func PartName(part string) words.Text { return partNames[part] }

// Mark says in a word how a finding stands.
func (f *Finding) Mark() words.Text {
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

// Purpose says what something is needed for; empty where that goes without
// saying.
func (f *Finding) Purpose(lang words.Lang) string {
	if s := f.For.In(lang); s != "" {
		return lang.Pick("for: ", "pour\u00a0: ") + s
	}
	return ""
}

// Remedy says how to get what was not found; empty where there is nothing to be
// done.
func (f *Finding) Remedy(lang words.Lang) string {
	if s := f.Get.In(lang); s != "" && f.State != Found {
		return lang.Pick("do: ", "faire\u00a0: ") + s
	}
	return ""
}

// Verdict says whether all that is needed is there.
func Verdict(all []Finding) words.Text {
	if !Healthy(all) {
		return words.Text{En: "Something that is needed is not there.", Fr: "Il manque quelque chose de nécessaire."}
	}
	return words.Text{En: "All that is needed is there.", Fr: "Tout ce qu’il faut est là."}
}

// Text tells findings as plain lines.
func Text(w io.Writer, all []Finding, lang words.Lang) error {
	var b strings.Builder
	for _, part := range Parts() {
		begun := false
		for i := range all {
			if f := &all[i]; f.Part == part {
				if !begun {
					fmt.Fprintf(&b, "%s\n", PartName(part).In(lang))
					begun = true
				}
				f.tell(&b, lang)
			}
		}
	}
	fmt.Fprintf(&b, "\n%s\n", Verdict(all).In(lang))
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *Finding) tell(b *strings.Builder, lang words.Lang) {
	said := splitLines(f.Saw.In(lang))
	fmt.Fprintf(b, "  %-8s %-18s %s\n", f.Mark().In(lang), f.Name.In(lang), said[0])
	more := func(s string) { fmt.Fprintf(b, "  %-8s %-18s %s\n", "", "", s) }
	for _, line := range said[1:] {
		more(line)
	}
	if f.State == Found {
		return
	}
	for _, s := range []string{f.Purpose(lang), f.Remedy(lang)} {
		if s != "" {
			more(s)
		}
	}
}

// JSON tells findings as one object, in a language.
func JSON(w io.Writer, all []Finding, lang words.Lang) error {
	type finding struct {
		Part   string `json:"part"`
		ID     string `json:"id"`
		Name   string `json:"name"`
		State  State  `json:"state"`
		Mark   string `json:"mark"` // as the text has it, in English: found, note, missing, wrong
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
		one := finding{f.Part, f.ID, f.Name.In(lang), f.State, strings.ToLower(f.Mark().En), f.Needed, f.Saw.In(lang), f.For.In(lang), ""}
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
