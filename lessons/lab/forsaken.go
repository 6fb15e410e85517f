package lab

// forsaken ends a run as one that could not be carried out, where it sent
// something and the Toxiproxy is gone at its end: what was sent may have met no
// proxy. Whatever held in it is no finding then.
func (x *execution) forsaken() {
	if !x.sent() {
		return
	}
	if err := x.Bench.ToxiproxyGone(x.ctx); err != nil && x.ctx.Err() == nil {
		x.cancel(&failure{status: Errored, cause: err})
	}
}

// sent says whether the script sends anything on this cluster.
func (x *execution) sent() bool {
	for i, line := range x.script.Lines {
		if _, is := inner(line.Command).(*Send); is && x.lacks[i] == nil {
			return true
		}
	}
	return false
}
