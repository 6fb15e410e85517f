package compose

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/kafka"
	"atelier/lessons/lab"
	"atelier/ui/console/form"
)

// fields are those of every send. The names are the lab language's own.
func fields() []*form.Field {
	var modes []string
	for _, m := range kafka.Modes() {
		modes = append(modes, string(m))
	}
	all := []*form.Field{
		{Name: "mode", Label: words.Text{En: "mode", Fr: "mode"}, Choices: form.Same(modes...)},
		{Name: "sending", Label: words.Text{En: "sending", Fr: "envoi"}, Choices: []form.Choice{
			{Value: string(kafka.Async), Shown: words.Text{En: "async: hand over, hear later", Fr: "async : confier, savoir plus tard"}},
			{Value: string(kafka.Sync), Shown: words.Text{En: "sync: wait for each report", Fr: "sync : attendre chaque rapport"}},
		}},
		{Name: "count", Label: words.Text{En: "how many", Fr: "combien"}, Note: words.Text{En: "messages", Fr: "messages"}},
		{Name: "topic", Label: words.Text{En: "topic", Fr: "topic"}, Blank: words.Text{En: "left empty: " + lab.DefaultTopic, Fr: "vide : " + lab.DefaultTopic}},
		{Name: "key", Label: words.Text{En: "key", Fr: "clé"}, Note: words.Text{En: "the same key, the same partition", Fr: "même clé, même partition"}},
		{Name: "value", Label: words.Text{En: "value", Fr: "valeur"}, Blank: words.Text{En: "left empty: a generated one", Fr: "vide : une valeur générée"}},
		{Name: "headers", Label: words.Text{En: "headers", Fr: "en-têtes"}, Note: words.Text{En: "name:value, name:value", Fr: "nom:valeur, nom:valeur"}},
		{Name: "partition", Label: words.Text{En: "partition", Fr: "partition"}, Blank: words.Text{En: "left empty: by the key, or in turn", Fr: "vide : selon la clé, ou à tour de rôle"}},
		{Name: "id", Label: words.Text{En: "id", Fr: "identifiant"}, Note: words.Text{En: "the same id is the same message, again", Fr: "même identifiant : même message, encore"}},
		{Name: "label", Label: words.Text{En: "label", Fr: "étiquette"}, Note: words.Text{En: "as A: names the batch", Fr: "as A : nomme l’envoi"}},
		{Name: "settings", Label: words.Text{En: "settings", Fr: "réglages"}, Note: words.Text{En: "retries=3 linger=20ms rate=10/s …", Fr: "retries=3 linger=20ms rate=10/s …"}},
	}
	all[2].Set("1")
	return all
}

// write writes the line that the form comes to, and what is wrong with it.
func (d *Dialog) write() {
	f := &d.form
	d.draft = &form.Draft{}
	d.draft.Add("mode", "send")
	if count := strings.TrimSpace(f.Value("count")); count != "" {
		d.draft.Add("count", count)
	}
	d.draft.Add("mode", f.Value("mode"))
	d.draft.Add("sending", f.Value("sending"))
	for _, name := range []string{"topic", "key", "value"} {
		d.draft.Pair(name, name, f.Value(name))
	}
	for _, h := range strings.Split(f.Value("headers"), ",") {
		d.draft.Pair("headers", "header", strings.TrimSpace(h))
	}
	d.draft.Pair("partition", "partition", f.Value("partition"))
	d.draft.Pair("id", "id", f.Value("id"))
	if settings := strings.TrimSpace(f.Value("settings")); settings != "" {
		d.draft.Add("settings", settings)
	}
	if label := strings.TrimSpace(f.Value("label")); label != "" {
		d.draft.Add("label", "as "+label)
	}
	d.draft.Check(d.check)
	f.Wrong(d.draft.Wrong())
	d.Redraw()
}

// fill writes a send into the fields. What has no field of its own goes to the
// settings.
func (d *Dialog) fill(s *lab.Send) {
	set := func(name, value string) { d.form.Field(name).Set(value) }
	set("mode", string(s.Mode))
	set("sending", string(s.Sending))
	set("count", strconv.Itoa(s.Count))
	if s.Topic != lab.DefaultTopic {
		set("topic", s.Topic)
	}
	if s.Partition >= 0 {
		set("partition", strconv.Itoa(int(s.Partition)))
	}
	set("id", s.ID)
	set("label", s.Label)
	rest := *s
	rest.Topic, rest.Partition, rest.ID, rest.Label = lab.DefaultTopic, -1, "", ""
	if s.Key != nil && *s.Key != "" {
		set("key", *s.Key)
		rest.Key = nil
	}
	if s.Value != nil && *s.Value != "" {
		set("value", *s.Value)
		rest.Value = nil
	}
	if list, ok := headers(s.Headers); ok {
		set("headers", list)
		rest.Headers = nil
	}
	begin := lab.Format(&lab.Send{Count: s.Count, Mode: s.Mode, Sending: s.Sending, Settings: s.Mode.Settings(), Topic: lab.DefaultTopic, Partition: -1})
	set("settings", strings.TrimSpace(strings.TrimPrefix(lab.Format(&rest), begin)))
}

// headers writes headers as their field takes them; false where one of them
// would not read back.
func headers(all []lab.Header) (list string, ok bool) {
	texts := make([]string, len(all))
	for i, h := range all {
		if texts[i] = h.Name + ":" + h.Value; strings.Contains(texts[i], ",") || strings.TrimSpace(texts[i]) != texts[i] {
			return "", false
		}
	}
	return strings.Join(texts, ", "), true
}
