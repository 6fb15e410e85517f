package memory

import (
	"maps"
	"time"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/progress"
)

// Kept returns a memory that lasts: what the learner does goes into the store,
// under names that hold when steps are moved or reworded. The store stays its
// owner's to close. modules is the course in any of its languages; now is the
// wall clock.
func Kept(store *progress.Store, modules []*course.Module, now func() time.Time) Memory {
	k := &kept{store: store, modules: map[int]indexed{}, now: now}
	for _, m := range modules {
		k.modules[m.Number] = indexed{progress.Of(m), len(m.Steps)}
	}
	return k
}

type kept struct {
	store   *progress.Store
	modules map[int]indexed
	now     func() time.Time
}

type indexed struct {
	*progress.Index
	steps int
}

func (k *kept) step(module, step int) (indexed, bool) {
	x, ok := k.modules[module]
	return x, ok && step >= 0 && step < x.steps
}

func (k *kept) spot(s Spot) (progress.Spot, bool) {
	x, ok := k.step(s.Module, s.Step)
	if !ok {
		return progress.Spot{}, false
	}
	return x.Block(s.Step, s.Block), true
}

func (k *kept) Prediction(s Spot) (Answer, bool) {
	return k.last(k.store.State().Predictions, s)
}

func (k *kept) Quiz(s Spot) (Answer, bool) { return k.last(k.store.State().Quizzes, s) }

func (k *kept) last(all map[progress.Spot]progress.Answers, s Spot) (Answer, bool) {
	spot, ok := k.spot(s)
	if !ok {
		return Answer{}, false
	}
	a, ok := all[spot]
	return Answer{Choice: a.Last.Choice, Said: a.Last.Said, Right: a.Last.Right}, ok
}

func (k *kept) Predicted(s Spot, a Answer) { k.note(s, a, (*progress.State).Predicted) }
func (k *kept) Answered(s Spot, a Answer)  { k.note(s, a, (*progress.State).Answered) }

func (k *kept) note(s Spot, a Answer, as func(*progress.State, progress.Spot, progress.Answer)) {
	spot, ok := k.spot(s)
	if !ok {
		return
	}
	answer := progress.Answer{Choice: a.Choice, Said: a.Said, Right: a.Right, At: k.now()}
	k.store.Update(func(state *progress.State) { as(state, spot, answer) })
}

func (k *kept) Held(lab Lab, expr string) bool {
	x, ok := k.modules[lab.Module]
	if !ok {
		return false
	}
	_, held := k.store.State().Held(x.Lab(lab.Index), expr)
	return held
}

func (k *kept) Ran(lab Lab, r Run) {
	x, ok := k.modules[lab.Module]
	if !ok {
		return
	}
	run := progress.Run{ID: r.ID, At: k.now(), Status: r.Status}
	for _, c := range r.Checks {
		run.Checks = append(run.Checks, progress.Check{Expr: c.Expr, Held: c.Held, Values: maps.Clone(c.Values)})
	}
	spot := x.Lab(lab.Index)
	k.store.Update(func(state *progress.State) { state.Ran(spot, run) })
}

func (k *kept) Seen(module, step int) bool {
	x, ok := k.step(module, step)
	if !ok {
		return false
	}
	_, seen := k.store.State().Seen[x.Step(step)]
	return seen
}

func (k *kept) Position() (module, step int, known bool) {
	resume := k.store.State().Resume
	x, ok := k.modules[resume.Place.Module]
	if !ok || resume == (progress.Position{}) {
		return 0, 0, false
	}
	step, known = x.Find(resume)
	return resume.Place.Module, step, known
}

func (k *kept) Reached(module, step int) {
	x, ok := k.step(module, step)
	if !ok {
		return
	}
	position, at := x.Position(step), k.now()
	k.store.Update(func(state *progress.State) { state.Reached(position, at) })
}

func (k *kept) Met() bool { return !k.store.State().FirstContact.IsZero() }

func (k *kept) Meet() {
	at := k.now()
	k.store.Update(func(state *progress.State) { state.Met(at) })
}

func (k *kept) Spoke(lang words.Lang) {
	k.store.Update(func(state *progress.State) { state.Language = lang })
}

func (k *kept) Painted(theme string) {
	k.store.Update(func(state *progress.State) { state.Theme = theme })
}
