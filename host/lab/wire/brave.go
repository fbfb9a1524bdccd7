package wire

import "time"

// brave takes a frame through what is wrong with the link.
func (d *direction) brave(frame []byte, l luck) {
	w, now := d.weather, d.link.engine.Now()
	if w.lost(l) {
		d.refuse(frame, Lost)
		return
	}
	if w.crowded(now) {
		d.refuse(frame, QueueFull)
		return
	}
	sent := frame
	frame, corrupted := w.corrupt(frame, l)
	inOrder := d.launch(frame, now, l)
	twice := l.draw(ofDuplicate) < w.Duplicate && !w.crowded(now)
	if twice {
		d.launch(frame, now, l)
	}
	d.show(Sight{Frame: sent, Note: d.note(corrupted, twice, !inOrder)})
	if w.over(now) {
		d.weather = nil
	}
}

// note counts and names what happened to a frame.
func (d *direction) note(corrupted, twice, astray bool) (note string) {
	add := func(is bool, n *uint64, text string) {
		if !is {
			return
		}
		*n++
		if note != "" {
			note += ", "
		}
		note += text
	}
	add(corrupted, &d.ledger.corrupted, Corrupted)
	add(twice, &d.ledger.duplicated, Duplicated)
	add(astray, &d.ledger.reordered, Reordered)
	return note
}

// launch schedules a frame's arrival, and says whether it keeps its order.
func (d *direction) launch(frame []byte, now time.Time, l luck) bool {
	at, ordered := d.weather.arrival(d.weather.sent(len(frame), now), l)
	after := max(d.link.hop, at.Sub(now))
	f := flying{frame, d.link.age}
	d.take(frame)
	if ordered {
		d.flight.push(f)
		d.link.engine.Schedule(after, d)
	} else {
		d.link.engine.Schedule(after, &straggler{f, d})
	}
	return ordered
}

// impair changes what is wrong.
func (d *direction) impair(i Impairment) {
	if d.weather == nil {
		if i.zero() {
			return
		}
		d.weather = &weather{}
		if d.flight.len() > 0 { // frames that left in fine weather arrive first
			d.weather.last = d.link.engine.Now().Add(d.link.hop)
		}
	}
	d.weather.Impairment = i
}
