package agent

import (
	"math"
	"sync"
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A Fault makes an agent err on purpose: which requests it strikes, and what becomes of their answers.
type Fault struct {
	Roots  []oid.OID // it strikes requests that name something below; nil: all
	Skip   int       // how many it leaves alone first
	Count  int       // how many it strikes; 0: no limit
	Chance float64   // that it strikes one of these; 0: 1

	Drop          bool
	Delay, Jitter time.Duration // so much later, and by chance more
	Status        message.ErrorStatus
	TooBig        bool // tooBig, where the answer has more than Room variables
	Room          int
	WrongType     bool          // values below Roots have another type than they should
	Wrap          *uint64       // counters below Roots stand so many before their wrap when they are told first
	Loop          bool          // walks that come below Roots begin there again
	WrongID       bool          // the answer has another request id
	Copies        int           // how often the answer is sent besides
	Elsewhere     bool          // the answer comes from another port
	Cut           int           // so many bytes of the answer are left out at its end
	Garbage       bool          // bytes by chance in place of the answer
	Trickle       time.Duration // the pause behind each byte, by TCP
	Stall         bool          // half an answer by TCP, and no more
	Reboot        bool          // the agent begins anew behind the answer
	NewEngine     bool          // and so, with another engine id
}

// A fault is a Fault that strikes.
type fault struct {
	Fault
	roots []string // keys

	mu        sync.Mutex
	met, done int
	shifts    map[string]uint64 // of counters that wrap
}

// faults are those that strike a request. Not nil means that they are chosen.
type faults []*fault

// SetFaults makes the agent err from now on, and stop to err as it did before.
func (a *Agent) SetFaults(list ...Fault) {
	all := make([]*fault, len(list))
	for i, f := range list {
		all[i] = &fault{Fault: f, shifts: map[string]uint64{}}
		for _, root := range f.Roots {
			all[i].roots = append(all[i].roots, keyOf(root))
		}
	}
	a.faults.Store(&all)
}

// strike chooses the faults for a request.
func (a *Agent) strike(r *Request) faults {
	list := faults{}
	if all := a.faults.Load(); all != nil {
		for _, f := range *all {
			if f.strikes(a, r) {
				list = append(list, f)
			}
		}
	}
	return list
}

// strikes says whether a fault does.
func (f *fault) strikes(a *Agent, r *Request) bool {
	fits := f.roots == nil
	for _, v := range r.message.PDU.Vars {
		fits = fits || f.has([]byte(keyOf(v.Name)))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !fits {
		return false
	}
	if f.met++; f.met <= f.Skip || f.Count > 0 && f.done >= f.Count || f.Chance > 0 && a.rand.Float64() >= f.Chance {
		return false
	}
	f.done++
	return true
}

// has says whether a key is below the fault's roots.
func (f *fault) has(key []byte) bool {
	for _, root := range f.roots {
		if below(key, root) {
			return true
		}
	}
	return f.roots == nil
}

// instead is an answer that a fault gives in place of the right one; nil when none does.
func (l faults) instead(r *Request) *message.PDU {
	for _, f := range l {
		switch {
		case f.Status != message.NoError:
			return r.failed(f.Status, 1)
		case f.TooBig && r.Type != message.GetBulk && r.Names > f.Room,
			f.TooBig && r.Type == message.GetBulk && r.bulkSize() > f.Room:
			return r.failed(message.TooBig, 0)
		}
	}
	return nil
}

// bulkSize is how many variables a bulk request asks for.
func (r *Request) bulkSize() int {
	p := r.message.PDU
	once := min(max(int(p.NonRepeaters()), 0), r.Names)
	return once + (r.Names-once)*max(int(p.MaxRepetitions()), 0)
}

// bend says whether faults change values.
func (l faults) bend() bool {
	for _, f := range l {
		if f.WrongType || f.Wrap != nil {
			return true
		}
	}
	return false
}

// value is a variable's value as faults leave it.
func (l faults) value(v message.Var) message.Value {
	key := []byte(keyOf(v.Name))
	for _, f := range l {
		if !f.has(key) || v.Value.Type.Exception() {
			continue
		}
		if f.Wrap != nil {
			v.Value = f.wrapped(string(key), v.Value)
		}
		if f.WrongType {
			v.Value = otherType(v.Value)
		}
	}
	return v.Value
}

// shiftsMost bounds what is remembered of counters.
const shiftsMost = 1 << 16

// wrapped is a counter that is shifted so that it wraps soon.
func (f *fault) wrapped(key string, v message.Value) message.Value {
	var top uint64
	switch v.Type {
	case message.TypeCounter32:
		top = math.MaxUint32
	case message.TypeCounter64:
		top = math.MaxUint64
	default:
		return v
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	shift, known := f.shifts[key]
	if !known {
		shift = top + 1 - *f.Wrap - v.Uint()
		if len(f.shifts) < shiftsMost {
			f.shifts[key] = shift
		}
	}
	return message.Number(v.Type, (v.Uint()+shift)&top)
}

// otherType is a value of another type.
func otherType(v message.Value) message.Value {
	if v.Type == message.TypeOctetString {
		return message.Integer(int64(len(v.Bytes())))
	}
	return message.Text(v.String())
}

// loop leads a walk back to where it began.
func (l faults) loop(c *cursor) {
	for _, f := range l {
		if !f.Loop || !f.has(c.key) {
			continue
		}
		c.key, c.at = c.key[:0], -1
		if len(f.roots) > 0 {
			c.key = append(c.key, f.roots[0]...)
		}
		return
	}
}
