package linear

import (
	"context"
	"strings"

	"atelier/ui/doctor"
)

// doctor looks, out of the way, at what there is of what the atelier needs: see
// diagnosed for what is told then.
func (f *front) doctor(string) {
	if f.Doctor == nil {
		f.say("Nothing can be looked at from here.", "D’ici, rien ne peut être examiné.")
		return
	}
	o := *f.Doctor
	err := f.session.begin(&run{}, func(ctx context.Context, r *run) message {
		return message{run: r, found: doctor.Examine(ctx, o), stopped: ctx.Err() != nil}
	})
	if err != nil {
		f.say("%v", "%v", err)
		return
	}
	f.say("Looking: this takes some seconds.", "Examen en cours : cela prend quelques secondes.")
}

// diagnosed tells what was found, one thing a line.
func (f *front) diagnosed(m message) {
	if m.stopped {
		f.say("Stopped: doctor", "Arrêté : diagnostic")
		return
	}
	part := ""
	for i := range m.found {
		found := &m.found[i]
		if found.Part == "terminal" {
			found.Needed = false // by the console, not here
		}
		if found.Part != part {
			part = found.Part
			f.say("%s:", "%s :", doctor.PartName(part))
		}
		f.say("%s, %s: %s", "%s, %s : %s", found.Name, found.Mark(), strings.ReplaceAll(found.Saw.In(f.Lang), "\n", f.Lang.Pick("; ", "\u202f; ")))
		if found.State == doctor.Found {
			continue
		}
		for _, s := range []string{found.Purpose(f.Lang), found.Remedy(f.Lang)} {
			if s != "" {
				f.write(s)
			}
		}
	}
	f.tell(doctor.Verdict(m.found))
}
