package ledger

// send is what is kept of every send for ever: four bytes, or none where all on
// its page have become alike.
type send struct {
	kind   Kind
	flags  sendFlags
	risk   uint8 // attempts that may have been written; stays at 255
	copies uint8 // in the log; stays at 255
}

type sendFlags uint8

const (
	hasDeparted sendFlags = 1 << iota
	isReordered
	isNamed // alone in its batch: see batch.names
)

// onPage is how many sends stand on a page.
const onPage = 4096

// sends are those of one batch, by number, on pages. In a load without trouble
// all of a page come to the same: acked, on their first attempt, written once.
// Such a page is kept as one of them, so that hours of a load take no more than
// minutes of it. A page that is written to again is spread out again.
type sends struct {
	pages    []page
	count    int
	expected int  // as announced
	complete bool // nothing more is handed over
}

// page is a part of the sends.
type page struct {
	spread []send // nil: all are alike
	alike  send
	told   int // how many have their report
}

// grow takes in sends up to a number.
func (s *sends) grow(count int) {
	if count <= s.count {
		return
	}
	if last := s.count / onPage; last < len(s.pages) {
		p := &s.pages[last]
		if p.spread == nil && p.alike != (send{}) {
			s.spreadOut(last)
		}
		if p.spread != nil {
			p.spread = append(p.spread, make([]send, min(count-last*onPage, onPage)-len(p.spread))...)
		}
	}
	s.count = count
	for len(s.pages)*onPage < count {
		s.pages = append(s.pages, page{})
	}
}

// at is what is kept of a send.
func (s *sends) at(n uint32) send {
	p := &s.pages[n/onPage]
	if p.spread == nil {
		return p.alike
	}
	return p.spread[n%onPage]
}

// edit is the same, to be written to until the next call.
func (s *sends) edit(n uint32) *send {
	p := &s.pages[n/onPage]
	if p.spread == nil {
		s.spreadOut(int(n / onPage))
	}
	return &p.spread[n%onPage]
}

func (s *sends) spreadOut(i int) {
	p, from := &s.pages[i], i*onPage
	p.spread = make([]send, min(s.count-from, onPage), min(max(s.count, s.expected)-from, onPage))
	if p.alike == (send{}) {
		return
	}
	for k := range p.spread {
		p.spread[k] = p.alike
	}
}

// told counts a report. With the last one of its page, the page may be done.
func (s *sends) told(n uint32) {
	s.pages[n/onPage].told++
	s.gather(int(n / onPage))
}

// end says that nothing more is handed over.
func (s *sends) end() {
	s.complete = true
	if len(s.pages) > 0 {
		s.gather(len(s.pages) - 1)
	}
}

// gather keeps a page as one send where all have their report and are alike.
func (s *sends) gather(i int) {
	p := &s.pages[i]
	if p.told < len(p.spread) || len(p.spread) < onPage && !s.complete {
		return
	}
	for k := range p.spread {
		if p.spread[k] != p.spread[0] {
			return
		}
	}
	if p.spread != nil {
		p.alike, p.spread = p.spread[0], nil
	}
}

// gatherAll does so with every page, after an audit has written to all of them.
func (s *sends) gatherAll() {
	for i := range s.pages {
		s.gather(i)
	}
}

// change changes every send.
func (s *sends) change(to func(*send)) {
	for i := range s.pages {
		p := &s.pages[i]
		to(&p.alike)
		for k := range p.spread {
			to(&p.spread[k])
		}
	}
}

// eachBefore visits the sends before a number, those that are alike together.
func (s *sends) eachBefore(number int, visit func(s send, count int64)) {
	for i := range s.pages {
		p := &s.pages[i]
		count := min(number-i*onPage, onPage)
		if count <= 0 {
			return
		}
		if p.spread == nil {
			visit(p.alike, int64(count))
			continue
		}
		for _, one := range p.spread[:count] {
			visit(one, 1)
		}
	}
}
