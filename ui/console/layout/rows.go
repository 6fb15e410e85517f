package layout

import "slices"

// Of the heights of a view: the one that it can do with, that which makes it
// worth while, and the highest.
const (
	small   = 1
	usual   = 2
	highest = len(View{}.Rows) - 1
)

// stay chooses the views that fit into some rows, each with a title above it
// but the first. Where not all do, the one that yields first goes, and the next.
func stay(w *Wanted, rows int) []int {
	if w.Zoomed >= 0 {
		return []int{int(w.Zoomed)}
	}
	if w.Zoomed == Lesson {
		return nil
	}
	var views []int
	for v := range w.Views {
		if w.Shown.Has(v) {
			views = append(views, v)
		}
	}
	for len(views) > 1 && w.rows(views, 0) > rows {
		out := -1
		for i, v := range views {
			if Spot(v) != w.First && (out < 0 || w.Views[v].Yields > w.Views[views[out]].Yields) {
				out = i
			}
		}
		views = append(views[:out], views[out+1:]...)
	}
	return views
}

// ample says that views take the rows that they can fill, and leave the rest.
func (w *Wanted) ample() bool {
	return w.Width >= ampleFrom && w.Zoomed == Nowhere && len(w.Needs) == len(w.Views)
}

// height is one of a view's heights; on an ample screen no more than it can
// fill, as far as it can live with that.
func (w *Wanted) height(view, level int) int {
	rows := w.Views[view].Rows
	if !w.ample() {
		return rows[level]
	}
	return max(rows[0], min(rows[level], w.Needs[view]))
}

// rows is what views and their titles take at one of their heights.
func (w *Wanted) rows(views []int, level int) int {
	rows := len(views) - 1
	for _, v := range views {
		rows += w.height(v, level)
	}
	return rows
}

// share gives the views their rows: all the highest of their heights that fits
// for all. Where rows are left on an ample screen, others come in; then what is
// left goes to those that have something to fill it with, to those that grow, or
// to the last. No row stays blank that another view has use for.
func (w *Wanted) share(views []int, rows int) (all, heights []int) {
	level := highest
	for level > 0 && w.rows(views, level) > rows {
		level--
	}
	var came map[int]int
	if w.ample() && level == highest {
		views, came = w.join(views, rows)
	}
	out := make([]int, len(views))
	left := rows - len(views) + 1
	for i, v := range views {
		if out[i] = came[v]; out[i] == 0 {
			out[i] = w.height(v, level)
		}
		left -= out[i]
	}
	if w.ample() {
		left = w.fill(views, out, left)
	}
	var grow []int
	for i, v := range views {
		if w.Views[v].Grows {
			grow = append(grow, i)
		}
	}
	if len(grow) == 0 && len(views) > 0 {
		grow = append(grow, len(views)-1)
	}
	for k, i := range grow {
		n := left / (len(grow) - k)
		out[i] += n
		left -= n
	}
	if w.Zoomed == Nowhere && len(w.Needs) == len(w.Views) {
		w.even(views, out)
	}
	return views, out
}

// even takes rows from the views that have nothing more to fill them with, and
// gives them to those that have more than they show: first to what lacks least.
func (w *Wanted) even(views, out []int) {
	for {
		from, to, idle, lack := -1, -1, 0, 0
		for i, v := range views {
			if spare := out[i] - max(w.Views[v].Rows[0], w.Needs[v]); spare > idle && w.Needs[v] > 0 {
				from, idle = i, spare
			}
			if more := w.Needs[v] - out[i]; more > 0 && (to < 0 || more < lack) {
				to, lack = i, more
			}
		}
		if from < 0 || to < 0 {
			return
		}
		out[from]--
		out[to]++
	}
}

// join lets views come in that have something to show, in their order, as long
// as there is room for them, and says how much each gets: the last one may have to
// live with less.
func (w *Wanted) join(views []int, rows int) (all []int, heights map[int]int) {
	var come []int
	for v := range w.Views {
		if w.Views[v].Comes > 0 && w.Needs[v] > 0 && !w.Shown.Has(v) && !w.Hidden.Has(v) {
			come = append(come, v)
		}
	}
	slices.SortFunc(come, func(a, b int) int { return w.Views[a].Comes - w.Views[b].Comes })
	left, heights := rows-w.rows(views, highest), map[int]int{}
	for _, v := range come {
		if need := min(w.height(v, usual), left-1); need >= w.height(v, small) {
			views, left, heights[v] = append(views, v), left-need-1, need
		}
	}
	slices.Sort(views)
	return views, heights
}

// fill gives rows that are left to the views that have more than they show, one
// after the other, and returns what is left of them.
func (w *Wanted) fill(views, out []int, left int) int {
	for given := true; given && left > 0; {
		given = false
		for i, v := range views {
			if left > 0 && out[i] < w.Needs[v] {
				out[i]++
				left--
				given = true
			}
		}
	}
	return left
}
