package layout

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
	for len(views) > 1 && least(w, views) > rows {
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

// least is the fewest rows that views and their titles can live with.
func least(w *Wanted, views []int) int {
	rows := len(views) - 1
	for _, v := range views {
		rows += w.Views[v].Rows[0]
	}
	return rows
}

// share gives the views their rows: all the highest of their heights that fits
// for all; then what is left goes to those that grow, or to the last.
func share(w *Wanted, views []int, rows int) []int {
	out := make([]int, len(views))
	left := rows
	for level := len(View{}.Rows) - 1; level >= 0; level-- {
		left = rows
		for i, v := range views {
			out[i] = w.Views[v].Rows[level]
			left -= out[i]
		}
		if left >= 0 {
			break
		}
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
	return out
}
