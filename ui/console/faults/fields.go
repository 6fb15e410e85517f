package faults

import (
	"slices"
	"strconv"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/ui/console/form"
)

// lay sets the fields that the chosen kind has, and what is in force.
func (d *Dialog) lay() {
	fields := []*form.Field{d.kindField()}
	kind, _ := chaos.KindOf(fields[0].Value())
	fields = append(fields, d.brokerField())
	if kind.IsToxic() {
		fields = append(fields, d.streamField())
		for _, a := range kind.Attributes {
			fields = append(fields, d.attributeField(kind, a))
		}
		fields = append(fields, d.field("toxicity", words.Text{En: "toxicity", Fr: "toxicité"},
			words.Text{En: "share of the connections hit; 1: all", Fr: "part des connexions touchées ; 1 : toutes"}, "1"))
	}
	for i := range d.force {
		f := &d.force[i]
		fields = append(fields, &form.Field{
			Name: f.name, Label: f.tells(d.chosenOf(f)), Action: true, Break: i == 0,
			Heading: words.Text{En: "in force: Enter takes it away, ← → from one broker alone", Fr: "en vigueur : Entrée le retire, ← → d’un seul broker"},
		})
	}
	d.form.Lay(fields)
	d.draftLine()
}

// write follows a change: other fields, another line.
func (d *Dialog) write() {
	d.lay()
	d.Redraw()
}

// draftLine writes the line that the form comes to.
func (d *Dialog) draftLine() {
	d.draft = &form.Draft{}
	defer func() {
		d.draft.Check(d.check)
		d.form.Wrong(d.draft.Wrong())
	}()
	if f := d.focused(); f != nil {
		d.draft.Add(f.name, f.from(d.chosenOf(f)))
		return
	}
	kind := d.kind()
	if !kind.IsToxic() {
		d.draft.Add("kind", "proxy down")
		d.draft.Pair("broker", "broker", d.form.Value("broker"))
		return
	}
	d.draft.Add("kind", "toxic "+kind.Name)
	for _, a := range kind.Attributes {
		if v := d.form.Value(attributeName(kind, a)); a.Required || v != a.Format(a.Default) {
			d.draft.Pair(attributeName(kind, a), a.Name, v)
		}
	}
	d.draft.Pair("stream", "stream", d.form.Value("stream"))
	d.draft.Pair("broker", "broker", d.form.Value("broker"))
	if v := d.form.Value("toxicity"); v != "1" {
		d.draft.Pair("toxicity", "toxicity", v)
	}
}

// focused is what is in force and has the keys; nil where a field has them.
func (d *Dialog) focused() *inForce {
	for i := range d.force {
		if f := &d.force[i]; f.name == d.form.Focused() {
			return f
		}
	}
	return nil
}

// chosenOf is the broker that a fault would be taken from, or all that have it.
func (d *Dialog) chosenOf(f *inForce) chaos.On {
	if b, one := d.from[f.name].One(); one && slices.Contains(f.brokers, b) {
		return chaos.Broker(b)
	}
	return chaos.On{}
}

// field is a field to type in; it is made once, and keeps what was typed.
func (d *Dialog) field(name string, label, note words.Text, value string) *form.Field {
	f := d.fields[name]
	if f == nil {
		f = &form.Field{Name: name, Label: label, Note: note}
		f.Set(value)
		d.fields[name] = f
	}
	return f
}

// chosen is a field to choose in; the choices may change meanwhile.
func (d *Dialog) chosen(name string, label words.Text, choices []form.Choice) *form.Field {
	f := d.field(name, label, words.Text{}, "")
	value := ""
	if len(f.Choices) > 0 {
		value = f.Value()
	}
	if len(choices) != len(f.Choices) {
		f.Choices = choices
		f.Turn(0)
		f.Set(value)
	}
	return f
}

func (d *Dialog) kindField() *form.Field {
	var choices []form.Choice
	for _, k := range chaos.Kinds() {
		shown := words.Text{En: k.Name, Fr: k.Name}
		if !k.IsToxic() {
			shown = words.Text{En: "down: the proxy refuses everything", Fr: "down : le proxy refuse tout"}
		}
		choices = append(choices, form.Choice{Value: k.Name, Shown: shown})
	}
	return d.chosen("kind", words.Text{En: "fault", Fr: "panne"}, choices)
}

func (d *Dialog) brokerField() *form.Field {
	choices := []form.Choice{{Value: "", Shown: words.Text{En: "every broker", Fr: "tous les brokers"}}}
	if s := d.Seen.Snap; s != nil {
		for i := range s.Brokers {
			id := strconv.Itoa(int(s.Brokers[i].ID))
			choices = append(choices, form.Choice{Value: id, Shown: words.Text{En: "broker " + id, Fr: "broker " + id}})
		}
	}
	return d.chosen("broker", words.Text{En: "where", Fr: "où"}, choices)
}

func (d *Dialog) streamField() *form.Field {
	return d.chosen("stream", words.Text{En: "direction", Fr: "sens"}, []form.Choice{
		{Value: chaos.Downstream, Shown: words.Text{En: "◀ the answers (downstream)", Fr: "◀ les réponses (downstream)"}},
		{Value: chaos.Upstream, Shown: words.Text{En: "▶ the requests (upstream)", Fr: "▶ les requêtes (upstream)"}},
	})
}

func (d *Dialog) attributeField(kind chaos.Kind, a chaos.Attribute) *form.Field {
	return d.field(attributeName(kind, a), words.Text{En: a.Name, Fr: a.Name}, a.Says, a.Format(a.Default))
}

func attributeName(kind chaos.Kind, a chaos.Attribute) string { return kind.Name + "." + a.Name }
