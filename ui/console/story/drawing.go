package story

import (
	"strconv"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// drawing makes the rows of a sequence diagram.
type drawing struct {
	t     *tale
	lang  words.Lang
	stand stand
	fresh func(screen.Style) screen.Style // of the verdict
	rows  []row
	road  bool
}

// draw draws a tale in some columns.
func draw(t *tale, lang words.Lang, w int, fresh func(screen.Style) screen.Style) ([]row, stand) {
	d := &drawing{t: t, lang: lang, stand: standing(w), fresh: fresh}
	first := ledger.Nobody
	if len(t.brokers) > 0 {
		first = t.brokers[0]
	}
	d.heads(first)
	for i := range t.moments {
		m := &t.moments[i]
		d.road = m.road > 0
		d.moment(m)
	}
	return d.rows, d.stand
}

func (d *drawing) pick(en, fr string) string { return d.lang.Pick(en, fr) }

func (d *drawing) add(r row) {
	r.road = d.road
	d.rows = append(d.rows, r)
}

// heads names the lifelines.
func (d *drawing) heads(id int32) {
	name := "broker"
	if id != ledger.Nobody {
		name += " " + broker(id)
	}
	d.add(row{head: name, names: [2]string{d.pick("producer", "producteur"), "proxy"}})
}

// says adds rows of text beside a lifeline; the first has a mark and a time.
func (d *drawing) says(at string, on lifeline, mark sign, text screen.Line) {
	x := d.stand.cols[on] + 2
	for i, l := range screen.Wrap(text, d.stand.w-x-1) {
		r := row{text: l, beside: on}
		if i == 0 {
			r.at, r.signs[on] = at, mark
		}
		d.add(r)
	}
}

// noted adds a row with notes beside it, or below where there is no room.
func (d *drawing) noted(r row, notes ...screen.Line) {
	wide := d.stand.notes > 0
	room := d.stand.cols[brokers] - d.stand.cols[producer] - 3
	if wide {
		room = d.stand.w - d.stand.notes - 1
	}
	var lines []screen.Line
	for _, n := range notes {
		if n.Width() > 0 {
			lines = append(lines, screen.Wrap(n, room)...)
		}
	}
	if wide && len(lines) > 0 {
		r.note, lines = lines[0], lines[1:]
	}
	d.add(r)
	for _, l := range lines {
		if wide {
			d.add(row{note: l})
		} else {
			d.add(row{text: l, below: true})
		}
	}
}

func (d *drawing) moment(m *moment) {
	at := clock(m.at, d.lang)
	switch m.kind {
	case handed:
		d.says(at, producer, sign{"●", screen.Ink}, screen.Text(d.pick("handed over: ", "confié\u00a0: "), screen.Ink).Add(d.t.settings(d.lang), screen.Ink))
	case faulted, cleared:
		d.fault(m, at)
	case departed, crossed, arrived:
		d.request(m, at)
	case answered, returned, heard:
		d.answer(m, at)
	case gaveUp:
		d.says(at, producer, sign{"✗", screen.Failed}, screen.Text(d.pick("stops waiting", "n’attend plus")+waited(m, d.lang), screen.Failed))
	case severed:
		d.says(at, producer, sign{"╳", screen.Failed}, screen.Text(d.pick("connection cut", "connexion coupée")+waited(m, d.lang), screen.Failed))
	case dialled:
		n := ""
		if m.n > 1 {
			n = " × " + strconv.Itoa(m.n)
		}
		d.says(at, proxy, sign{"╳", screen.Failed}, screen.Text(d.pick("connection refused", "connexion refusée")+n, screen.Failed))
	case rested:
		d.says("", producer, sign{"┊", screen.Faint}, screen.Text("pause "+telling.Duration(m.until-m.at, d.lang), screen.Faint))
	case more:
		d.says("", producer, sign{"┊", screen.Faint}, screen.Text("… +"+strconv.Itoa(m.n)+d.pick(" attempts", " tentatives"), screen.Faint))
	case pending:
		d.says(at, producer, sign{"…", screen.Pending}, screen.Text(d.pick("in flight: no report yet", "en vol\u00a0: pas encore de rapport"), screen.Pending))
	case reported:
		d.reported(at)
	case judged:
		d.judged(at)
	case veiled:
		d.add(row{prose: true})
		d.add(row{prose: true, text: screen.Text(d.t.sentence(m, d.lang), screen.Accent)})
	}
}

func (d *drawing) fault(m *moment, at string) {
	text := screen.Text(fault(m.band, d.lang), screen.Fault|screen.Bold)
	if m.kind == cleared {
		text = screen.Text(fault(m.band, d.lang), screen.Fault).Add(d.pick(": gone", "\u00a0: fini"), screen.Fault)
	}
	if len(d.t.brokers) != 1 {
		text = text.Add(" · broker "+broker(m.band.Broker), screen.Fault)
	}
	mark := sign{"░", screen.Fault}
	if m.kind == cleared {
		mark = sign{"┃", screen.Fault}
	}
	d.says(at, proxy, mark, text)
}

func (d *drawing) request(m *moment, at string) {
	try := m.try
	if m.kind != arrived {
		if d.t.moved(m.n, try) {
			d.heads(try.Broker)
		}
		d.says("", producer, sign{}, screen.Text(d.pick("attempt ", "tentative ")+strconv.Itoa(m.n), screen.Bold).Add(" · "+d.t.identity(m.n, try, d.lang), screen.Faint))
	}
	w := &arrow{from: producer, to: brokers, word: d.pick("request ", "requête ") + strconv.Itoa(m.n)}
	r := row{at: at, arrow: w}
	var note screen.Line
	switch m.kind {
	case departed:
		w.to = proxy
		w.short, w.shortSt = d.shortOfBroker(m)
	case crossed:
		w.came = d.pick("arrived ", "arrivée ") + clock(m.until, d.lang)
	case arrived:
		w.from = proxy
		note = screen.Text(d.pick("request ", "requête ")+strconv.Itoa(m.n)+d.pick(" arrives", " arrive"), screen.Bold)
		if try.Ended >= 0 && try.Ended < m.at {
			note = note.Add(d.pick(": nobody waits for it any more", "\u00a0: plus personne ne l’attend"), screen.Faint)
		}
	}
	if w.to == brokers {
		r.signs[brokers] = sign{"◆", screen.Fine}
	}
	if try.Acks == 0 {
		note = screen.Text(d.pick("no answer is asked for (acks=0)", "aucune réponse demandée (acks=0)"), screen.Faint)
	}
	d.noted(r, note)
}

// shortOfBroker is what became of a request that came to the proxy.
func (d *drawing) shortOfBroker(m *moment) (string, screen.Style) {
	switch try := m.try; {
	case !d.t.inside:
		return telling.Unread, screen.Faint
	case try.Arrived >= 0:
		return d.held(m, "upstream", d.pick("later…", "plus tard…")), screen.Fault
	case try.Ended >= 0 || d.t.m.Report != ledger.NoReport:
		return d.pick("did not arrive", "pas arrivée"), screen.Failed
	}
	return d.held(m, "upstream", d.pick("under way…", "en route…")), screen.Pending
}

func (d *drawing) answer(m *moment, at string) {
	try := m.try
	what, st := d.t.answer(m.n, try, d.lang)
	w := &arrow{from: brokers, to: producer, word: d.pick("answer ", "réponse ") + strconv.Itoa(m.n)}
	r := row{at: at, arrow: w}
	switch m.kind {
	case answered:
		w.to = proxy
		w.short, w.shortSt = d.shortOfProducer(m)
	case returned:
		w.came = d.pick("heard ", "reçue ") + clock(m.until, d.lang)
	case heard:
		w.from = proxy
		r.text, r.beside = screen.Text(d.pick("answer ", "réponse ")+strconv.Itoa(m.n), screen.Bold), proxy
		if d.t.inside {
			what = ""
		} else {
			r.text = screen.Text(telling.Unread+" ", screen.Faint).Add(r.text[0].Text, screen.Bold)
		}
	}
	var late screen.Line
	if w.to == producer {
		r.signs[producer] = sign{"✓", screen.Fine}
		switch {
		case telling.Refusal(try):
			r.signs[producer] = sign{"!", screen.Failed}
		case m.kind == heard && try.Outcome != ledger.Acked:
			r.signs[producer] = sign{"·", screen.Faint}
			late = screen.Text(d.pick("too late", "trop tard"), screen.Faint)
		}
	}
	d.noted(r, screen.Text(what, st|screen.Bold), late)
}

// shortOfProducer is what became of an answer that came to the proxy.
func (d *drawing) shortOfProducer(m *moment) (string, screen.Style) {
	switch try := m.try; {
	case try.Heard >= 0:
		return d.held(m, "downstream", d.pick("later…", "plus tard…")), screen.Fault
	case try.Outcome == ledger.Cut:
		return d.pick("cut", "coupée") + " ╳", screen.Failed
	case try.Ended >= 0:
		return d.held(m, "downstream", d.pick("not heard", "pas reçue")), screen.Failed
	}
	return d.held(m, "downstream", d.pick("under way…", "en route…")), screen.Pending
}

// held names the fault that sits on the way, where there is one and room to
// name it.
func (d *drawing) held(m *moment, stream, otherwise string) string {
	bands := d.t.under(m.try.Broker, stream, m.at)
	if len(bands) == 0 {
		return otherwise
	}
	word := d.pick("held", "retenue")
	if s := word + ", " + names(bands, d.lang); screen.Width(s) <= d.stand.cols[proxy]-d.stand.cols[producer]-6 {
		return s
	}
	return word
}

func (d *drawing) reported(at string) {
	said := d.t.report(d.lang)
	mark := sign{said.Mark, said.Style}
	d.says(at, producer, mark, screen.Text(d.pick("report: ", "rapport\u00a0: "), screen.Ink).Add(said.Words, said.Style|screen.Bold))
}

func (d *drawing) judged(at string) {
	v, flag, where := d.t.verdict(d.lang)
	d.add(row{prose: true})
	text := screen.Text(d.pick("the log, read back at ", "le journal, relu à ")+at+d.pick(": ", "\u00a0: "), screen.Ink).Add(v.Words, d.fresh(v.Style)|screen.Bold)
	if flag.Words != "" {
		text = text.Add("  "+flag.Words, d.fresh(flag.Style)|screen.Bold)
	}
	if where != "" {
		text = text.Add("  "+where, screen.Ink)
	}
	if u := d.t.unsaid(d.lang); u != "" {
		text = text.Add("  ("+u+")", screen.Faint)
	}
	for _, l := range screen.Wrap(text, d.stand.w-2) {
		d.add(row{prose: true, text: l})
	}
}
