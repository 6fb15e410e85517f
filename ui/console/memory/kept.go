package memory

import (
	"time"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/progress"
)

// Keep remembers in a store, which stays its owner's to close. The modules may
// be in any language. The cluster, as in bench.Kind, stands beside the evidence
// that was found on it.
func Keep(store *progress.Store, modules []*course.Module, cluster string, now func() time.Time) Memory {
	k := &kept{store: store, now: now, cluster: cluster, modules: map[int]*course.Module{}, names: map[int]*progress.Index{}}
	for _, m := range modules {
		k.modules[m.Number], k.names[m.Number] = m, progress.Of(m)
	}
	return k
}

// kept gives indices the names that the store keeps them by.
type kept struct {
	store   *progress.Store
	now     func() time.Time
	cluster string
	modules map[int]*course.Module
	names   map[int]*progress.Index
}

// block is the name of a block; false for one that the course does not have.
func (k *kept) block(s Spot) (progress.Spot, bool) {
	m := k.modules[s.Module]
	if m == nil || s.Step >= len(m.Steps) || s.Block >= len(m.Steps[s.Step].Blocks) {
		return progress.Spot{}, false
	}
	return k.names[s.Module].Block(s.Step, s.Block), true
}

// choices are those of a block that asks.
func (k *kept) choices(s Spot) int {
	switch b := k.modules[s.Module].Steps[s.Step].Blocks[s.Block].(type) {
	case course.Predict:
		return len(b.Choices)
	case course.Quiz:
		return len(b.Choices)
	}
	return 0
}

// latest is the last answer to a question. One that no longer has the choice,
// as the lesson has changed, has none.
func (k *kept) latest(s Spot, of func(*progress.State) map[progress.Spot]progress.Answers) (Answer, bool) {
	spot, ok := k.block(s)
	if !ok {
		return Answer{}, false
	}
	all, ok := of(k.store.State())[spot]
	if a := all.Last; ok && a.Choice >= 0 && a.Choice < k.choices(s) {
		return Answer{a.Choice, a.Said, a.Right}, true
	}
	return Answer{}, false
}

func (k *kept) Prediction(s Spot) (Answer, bool) {
	return k.latest(s, func(st *progress.State) map[progress.Spot]progress.Answers { return st.Predictions })
}

func (k *kept) Quiz(s Spot) (Answer, bool) {
	return k.latest(s, func(st *progress.State) map[progress.Spot]progress.Answers { return st.Quizzes })
}

func (k *kept) Predicted(s Spot, a Answer) {
	if spot, ok := k.block(s); ok {
		given := progress.Answer{Choice: a.Choice, Said: a.Said, Right: a.Right, At: k.now()}
		k.store.Update(func(st *progress.State) { st.Predicted(spot, given) })
	}
}

func (k *kept) Answered(s Spot, a Answer) {
	if spot, ok := k.block(s); ok {
		given := progress.Answer{Choice: a.Choice, Said: a.Said, Right: a.Right, At: k.now()}
		k.store.Update(func(st *progress.State) { st.Answered(spot, given) })
	}
}

func (k *kept) Held(lab Lab, expr string) bool {
	names := k.names[lab.Module]
	if names == nil {
		return false
	}
	_, held := k.store.State().Held(names.Lab(lab.Index), expr)
	return held
}

func (k *kept) Ended(lab Lab) bool {
	names := k.names[lab.Module]
	return names != nil && k.store.State().Ended(names.Lab(lab.Index))
}

func (k *kept) Ran(lab Lab, r Run) {
	names := k.names[lab.Module]
	if names == nil {
		return
	}
	spot, run := names.Lab(lab.Index), progress.Run{ID: r.ID, At: k.now(), Status: r.Status, Cluster: k.cluster, Skipped: r.Skipped}
	for _, c := range r.Checks {
		run.Checks = append(run.Checks, progress.Check{Expr: c.Expr, Held: c.Held, Values: c.Values})
	}
	k.store.Update(func(st *progress.State) { st.Ran(spot, run) })
}

func (k *kept) Seen(module, step int) bool {
	m := k.modules[module]
	if m == nil || step >= len(m.Steps) {
		return false
	}
	_, seen := k.store.State().Seen[k.names[module].Step(step)]
	return seen
}

func (k *kept) Finished(module, step int) {
	m := k.modules[module]
	if m == nil || step >= len(m.Steps) {
		return
	}
	at, now := k.names[module].Step(step), k.now()
	k.store.Update(func(st *progress.State) { st.Finished(at, now) })
}

func (k *kept) Position() (module, step int, known bool) {
	at := k.store.State().Resume
	if names := k.names[at.Place.Module]; names != nil && at != (progress.Position{}) {
		step, known = names.Find(at)
	}
	return at.Place.Module, step, known
}

func (k *kept) Reached(module, step int) {
	m := k.modules[module]
	if m == nil || step >= len(m.Steps) {
		return
	}
	at := k.names[module].Position(step)
	k.store.Update(func(st *progress.State) { st.Reached(at) })
}

func (k *kept) Worked(module int, d time.Duration) {
	k.store.Update(func(st *progress.State) { st.Worked(module, d) })
}

func (k *kept) Lines() []string { return k.store.State().Lines }

func (k *kept) Typed(line string) {
	k.store.Update(func(st *progress.State) { st.Typed(line) })
}

func (k *kept) Met() bool { return !k.store.State().FirstContact.IsZero() }

func (k *kept) Meet() {
	now := k.now()
	k.store.Update(func(st *progress.State) { st.Met(now) })
}

// contactSetting is where the store keeps that the first contact was skipped.
const contactSetting, skipped = "first-contact", "skipped"

func (k *kept) Skipped() bool {
	return !k.Met() && k.store.State().Settings[contactSetting] == skipped
}

func (k *kept) Skip() {
	k.store.Update(func(st *progress.State) { st.Remember(contactSetting, skipped) })
}

func (k *kept) Spoke(lang words.Lang) {
	k.store.Update(func(st *progress.State) { st.Language = lang })
}

func (k *kept) Painted(theme string) {
	k.store.Update(func(st *progress.State) { st.Theme = theme })
}
