package ledger

// way finds the counts of a mode and a sending, or begins them.
func (f *fold) way(mode, sending string) *Way {
	for _, w := range f.ways {
		if w.Mode == mode && w.Sending == sending {
			return w
		}
	}
	w := &Way{Mode: mode, Sending: sending}
	f.ways = append(f.ways, w)
	return w
}

func (w *Way) told(k Kind) {
	switch k {
	case AckedReport:
		w.Acked++
	case FailedReport:
		w.Failed++
	case UnknownReport:
		w.Unknown++
	case FiredReport:
		w.Fired++
	}
}
