package recording

import (
	"math/rand/v2"
	"strings"
	"sync"

	"moonwire/host/network"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// Mounts are sources for the entries that vary, for one agent: what managers set and what counters have come to is that
// agent's own.
func (r *Recording) Mounts(clock network.Clock, chance *rand.Rand) (list []agent.Mount) {
	for _, e := range r.Entries {
		if e.Variation != nil {
			list = append(list, agent.Mount{Root: e.Name, Source: e.Variation.source(e.Name, clock, chance)})
		}
	}
	return list
}

// source makes what plays a variation.
func (v *Variation) source(name oid.OID, clock network.Clock, chance *rand.Rand) agent.Source {
	switch v.Module {
	case "numeric":
		return &leaf{name: name, part: newNumeric(v, clock, chance)}
	case "delay":
		return &setLeaf{leaf{name: name, part: newDelay(v, clock, chance)}}
	case "error":
		return &setLeaf{leaf{name: name, part: newFailing(v)}}
	}
	return &setLeaf{leaf{name: name, part: newCache(v)}}
}

// A part is what there is to one variable.
type part interface {
	get(r *agent.Request) (message.Value, error)
}

// A setPart can be set: test says no, put does it.
type setPart interface {
	part
	test(r *agent.Request, v message.Value) error
	put(v message.Value) (last message.Value)
}

// A leaf is a source of one variable.
type leaf struct {
	name oid.OID
	part part
}

// Get gives the variable.
func (l *leaf) Get(r *agent.Request, name oid.OID) (message.Value, error) {
	if !name.Equal(l.name) {
		return message.NoSuchInstance, nil
	}
	return l.part.get(r)
}

// Next gives the variable to who is before it.
func (l *leaf) Next(r *agent.Request, name oid.OID) (message.Var, error) {
	end := message.Var{Value: message.EndOfMibView}
	if oid.Compare(name, l.name) >= 0 {
		return end, nil
	}
	v, err := l.part.get(r)
	if err != nil || v.Type.Exception() {
		return end, err
	}
	return message.Var{Name: l.name, Value: v}, nil
}

// A setLeaf can be set.
type setLeaf struct{ leaf }

// Test asks the part.
func (l *setLeaf) Test(r *agent.Request, v message.Var) (agent.Change, error) {
	if !v.Name.Equal(l.name) {
		return nil, agent.Refuse(message.NoCreation)
	}
	p := l.part.(setPart)
	if err := p.test(r, v.Value); err != nil {
		return nil, err
	}
	return &change{part: p, next: v.Value}, nil
}

type change struct {
	part       setPart
	next, last message.Value
}

func (c *change) Commit() error {
	c.last = c.part.put(c.next)
	return nil
}

func (c *change) Undo() error {
	c.part.put(c.last)
	return nil
}

// held is a value that can be set.
type held struct {
	mu    sync.Mutex
	typ   message.Type
	value message.Value
}

// start gives it the value that the variable has at first.
func (h *held) start(v *Variation) {
	h.typ = v.typ
	h.value, _, _ = v.value()
}

func (h *held) now() message.Value {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.value
}

func (h *held) put(v message.Value) (last message.Value) {
	h.mu.Lock()
	defer h.mu.Unlock()
	last, h.value = h.value, v.Clone()
	return last
}

// fits refuses a value of another type.
func (h *held) fits(v message.Value) error {
	if v.Type != h.typ {
		return agent.Refuse(message.WrongType)
	}
	return nil
}

// A verdict is a status, or an exception in place of a value.
type verdict struct {
	status    message.ErrorStatus
	exception message.Value
}

// verdictNamed finds one by snmpsim's word, which is the RFC's in small letters.
func verdictNamed(word string) (verdict, bool) {
	word = strings.ToLower(word)
	switch word {
	case "generror":
		word = "generr"
	case "nosuchobject":
		return verdict{exception: message.NoSuchObject}, true
	case "nosuchinstance":
		return verdict{exception: message.NoSuchInstance}, true
	case "endofmib":
		return verdict{exception: message.EndOfMibView}, true
	}
	for s := message.TooBig; s <= message.InconsistentName; s++ {
		if strings.ToLower(s.String()) == word {
			return verdict{status: s}, true
		}
	}
	return verdict{}, false
}

// say gives what a verdict does to an answer.
func (v verdict) say() (message.Value, error) {
	if v.status != message.NoError {
		return message.Value{}, agent.Refuse(v.status)
	}
	return v.exception, nil
}

// refuse is what a verdict does to a set.
func (v verdict) refuse() error {
	if v.status != message.NoError {
		return agent.Refuse(v.status)
	}
	return agent.Refuse(message.NoCreation)
}
