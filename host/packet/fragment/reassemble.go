package fragment

import (
	"container/list"
	"fmt"
	"slices"
	"time"

	"moonwire/host/packet"
)

// Config says how a Reassembler works; what is zero gets the default.
type Config struct {
	Policy  Policy        // default Linux
	Timeout time.Duration // after the first fragment; default 30 s for IPv4 (Linux) and 60 s for IPv6 (RFC 8200 section 4.5)
	Limit   int           // bytes of payload held in unfinished datagrams; default 4 MiB (Linux)
}

// Defaults of Config.
const (
	Timeout4     = 30 * time.Second
	Timeout6     = 60 * time.Second
	DefaultLimit = 4 << 20
)

// pieceCost is what a fragment takes beside its bytes.
const pieceCost = 64

// A Reassembler puts the fragments of a stream of frames together. It is not safe for concurrent use.
type Reassembler struct {
	config Config
	open   map[Key]*list.Element // of unfinished datagrams
	age    [2]*list.List         // of version 4 and 6, whose timeouts differ; the oldest first
	held   int                   // bytes
	events []Event
}

// NewReassembler makes one.
func NewReassembler(c Config) *Reassembler {
	if c.Policy == "" {
		c.Policy = Linux
	}
	if c.Limit == 0 {
		c.Limit = DefaultLimit
	}
	return &Reassembler{config: c, open: map[Key]*list.Element{}, age: [2]*list.List{list.New(), list.New()}}
}

// Held is the number of unfinished datagrams, and the bytes that they take.
func (r *Reassembler) Held() (datagrams, bytes int) { return len(r.open), r.held }

// Add takes in a frame that came at a time, counted from any moment. It returns a packet without fragments as it is, the
// whole datagram when p was the last fragment that it lacked, and nil when fragments are still missing; and what
// happened.
func (r *Reassembler) Add(p *packet.Packet, at time.Duration) (*packet.Packet, []Event) {
	r.events = nil
	r.expire(at)
	f, ok := fragmentOf(p)
	if !ok {
		return p, r.events
	}
	f.at = at
	whole := r.take(f)
	return whole, r.events
}

// Flush gives up what is unfinished at that time: all when the stream is at its end, else what is too old.
func (r *Reassembler) Flush(at time.Duration, end bool) []Event {
	r.events = nil
	r.expire(at)
	for end && len(r.open) > 0 {
		d := r.oldest()
		r.drop(d, Timeout, at, "the frames ended; "+d.missing())
	}
	return r.events
}

// oldest is the datagram that was begun first.
func (r *Reassembler) oldest() (oldest *unfinished) {
	for _, age := range r.age {
		if e := age.Front(); e != nil {
			if d := e.Value.(*unfinished); oldest == nil || d.begun < oldest.begun {
				oldest = d
			}
		}
	}
	return oldest
}

// log notes an event about a fragment.
func (r *Reassembler) log(k Kind, f *piece, from, to int, format string, args ...any) {
	r.events = append(r.events, Event{k, f.at, f.key, from, to, fmt.Sprintf(format, args...)})
}

// expire gives up the datagrams that are too old.
func (r *Reassembler) expire(at time.Duration) {
	for _, age := range r.age {
		for e := age.Front(); e != nil && e.Value.(*unfinished).deadline <= at; e = age.Front() {
			d := e.Value.(*unfinished)
			r.drop(d, Timeout, d.deadline, d.missing())
		}
	}
}

// drop forgets a datagram and says why.
func (r *Reassembler) drop(d *unfinished, k Kind, at time.Duration, reason string) {
	r.forget(d)
	if !d.dead {
		r.events = append(r.events, Event{Kind: k, At: at, Key: d.key, Reason: reason})
	}
}

func (r *Reassembler) forget(d *unfinished) {
	r.held -= d.cost
	r.age[d.version()].Remove(r.open[d.key])
	delete(r.open, d.key)
}

// find is the datagram that a fragment belongs to, begun when there is none.
func (r *Reassembler) find(f *piece) *unfinished {
	if e, ok := r.open[f.key]; ok {
		return e.Value.(*unfinished)
	}
	d := &unfinished{key: f.key, size: -1, begun: f.at, deadline: f.at + r.timeout(f)}
	r.open[f.key] = r.age[d.version()].PushBack(d)
	return d
}

func (r *Reassembler) timeout(f *piece) time.Duration {
	switch {
	case r.config.Timeout > 0:
		return r.config.Timeout
	case f.v6:
		return Timeout6
	}
	return Timeout4
}

// take puts a fragment where it belongs.
func (r *Reassembler) take(f *piece) *packet.Packet {
	if f.v6 && f.from == 0 && !f.more {
		r.log(Completed, f, 0, len(f.data), "a fragment that is the whole datagram (RFC 6946)")
		return f.whole([]stretch{{0, f.data}})
	}
	if reason := r.config.Policy.wrong(f); reason != "" {
		r.refuse(f, reason)
		return nil
	}
	d := r.find(f)
	if d.dead {
		r.log(Refused, f, f.from, f.end(), "its datagram was given up")
		return nil
	}
	if reason := d.contradicts(f); reason != "" {
		r.giveUp(d, f, reason)
		return nil
	}
	if !r.insert(d, f) {
		return nil
	}
	if d.complete() {
		r.forget(d)
		r.log(Completed, f, 0, d.size, "")
		return d.first.whole(d.parts)
	}
	r.makeRoom(f)
	return nil
}

// refuse ignores a fragment.
func (r *Reassembler) refuse(f *piece, reason string) {
	if e, ok := r.open[f.key]; ok && reason == isEmpty && r.config.Policy == Linux {
		r.giveUp(e.Value.(*unfinished), f, reason)
		return
	}
	r.log(Refused, f, f.from, f.end(), "%s", reason)
}

// giveUp discards a datagram; by RFC 5722 its later fragments, too, until its time is over.
func (r *Reassembler) giveUp(d *unfinished, f *piece, reason string) {
	r.log(Discarded, f, f.from, f.end(), "%s", reason)
	if r.config.Policy != RFC5722 {
		r.forget(d)
		return
	}
	r.held -= d.cost
	d.dead, d.parts, d.first, d.cost = true, nil, nil, pieceCost
	r.held += d.cost
}

// makeRoom gives up the oldest datagrams when more is held than the limit.
func (r *Reassembler) makeRoom(f *piece) {
	for r.held > r.config.Limit {
		d := r.oldest()
		r.drop(d, Limit, f.at, fmt.Sprintf("more than %d bytes are held; %s", r.config.Limit, d.missing()))
	}
}

// insert puts a fragment among the others; false when the policy gives the datagram up or there is nothing new.
func (r *Reassembler) insert(d *unfinished, f *piece) bool {
	s := stretch{f.from, f.data}
	keep := r.config.Policy.keeper(s)
	if keep == nil {
		if !r.strict(d, f) {
			return false
		}
		keep = func(stretch) bool { return true }
	}
	lo, hi := near(d.parts, s)
	merged, clashes, added := merge(d.parts[lo:hi], s, keep)
	for _, c := range clashes {
		r.log(Overlap, f, c.from, c.to, "")
	}
	if added == 0 {
		r.log(Duplicate, f, f.from, f.end(), "nothing new")
		return false
	}
	d.have += sizeOf(merged) - sizeOf(d.parts[lo:hi])
	d.parts = slices.Replace(d.parts, lo, hi, merged...)
	cost := len(f.data) + pieceCost
	d.cost, r.held = d.cost+cost, r.held+cost
	d.note(f)
	r.log(Accepted, f, f.from, f.end(), "")
	return true
}

// strict is insert's question to the policies that give up a datagram with overlapping fragments.
func (r *Reassembler) strict(d *unfinished, f *piece) bool {
	var duplicate, overlap bool
	if r.config.Policy == Linux {
		d.runs, duplicate, overlap = linuxVerdict(d.runs, f.from, f.end())
	} else {
		duplicate, overlap = d.repeats(f)
	}
	switch {
	case duplicate:
		r.log(Duplicate, f, f.from, f.end(), "")
		return false
	case overlap:
		r.giveUp(d, f, "it overlaps another (RFC 5722)")
		return false
	}
	return true
}
