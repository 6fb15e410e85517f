package kafka

// window lists the flights of a producer that have no report yet, in the order
// of their hand-over, which with one budget for all is that of their deadlines.
// The producer's lock guards it.
type window struct {
	oldest, newest *flight
}

func (w *window) empty() bool { return w.oldest == nil }

func (w *window) add(f *flight) {
	f.older = w.newest
	if w.newest != nil {
		w.newest.newer = f
	} else {
		w.oldest = f
	}
	w.newest = f
}

func (w *window) remove(f *flight) {
	if f.older != nil {
		f.older.newer = f.newer
	} else {
		w.oldest = f.newer
	}
	if f.newer != nil {
		f.newer.older = f.older
	} else {
		w.newest = f.older
	}
	f.older, f.newer = nil, nil
}
