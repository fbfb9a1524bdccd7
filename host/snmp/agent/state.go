package agent

import (
	"slices"
	"sort"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A state is a Tree at a moment. It doesn't change.
type state struct {
	base     *Table
	own      []entry // beside what stands in base, or in its place; in order
	mounts   []Mount
	spans    []span // what mounts come to
	writable []permit
}

// An entry is a variable that a tree holds beside its table. Without bytes it hides one of the table.
type entry struct {
	key string
	b   []byte // as it stands in a PDU
}

// most is how many entries stand beside a table before they are made part of another.
const most = 512

// put adds entries to a state that nobody sees yet.
func (s *state) put(list ...entry) {
	s.own = slices.Clone(s.own)
	for _, e := range list {
		if i, found := search(s.own, []byte(e.key)); found {
			s.own[i] = e
		} else {
			s.own = slices.Insert(s.own, i, e)
		}
	}
	if len(s.own) > most {
		s.merge()
	}
}

// merge makes a table of all that the state holds.
func (s *state) merge() {
	t := &Table{}
	for c := (cursor{at: -1}); ; {
		b := s.following(&c, false)
		if b == nil {
			break
		}
		t.keys, t.vars = append(t.keys, string(c.key)), append(t.vars, b)
	}
	s.base, s.own = t, nil
}

// lookup finds a variable that the state holds itself; nil when there is none.
func (s *state) lookup(key []byte) []byte {
	if i, found := search(s.own, key); found {
		return s.own[i].b
	}
	if i := s.base.find(key); i < len(s.base.keys) && s.base.keys[i] == string(key) {
		return s.base.vars[i]
	}
	return nil
}

// A cursor is where a walk has come.
type cursor struct {
	key []byte
	at  int // where the key may stand in the table
}

// following steps to the next variable that the state holds itself, or stays at the cursor's if it may. It gives the
// variable; nil when there is none, and then the cursor stays.
func (s *state) following(c *cursor, stay bool) []byte {
	at, own := 0, 0
	if stay {
		at = s.base.find(c.key)
	} else {
		at = s.base.after(c.key, c.at)
	}
	if len(s.own) > 0 {
		var found bool
		if own, found = search(s.own, c.key); found && !stay {
			own++
		}
	}
	for {
		switch {
		case own < len(s.own) && (at == len(s.base.keys) || s.own[own].key <= s.base.keys[at]):
			e := s.own[own]
			if at < len(s.base.keys) && e.key == s.base.keys[at] {
				at++
			}
			if own++; e.b != nil {
				c.key, c.at = append(c.key[:0], e.key...), at-1
				return e.b
			}
		case at < len(s.base.keys):
			c.key, c.at = append(c.key[:0], s.base.keys[at]...), at
			return s.base.vars[at]
		default:
			return nil
		}
	}
}

// spanAt finds the span that a key is in, or the first behind it.
func (s *state) spanAt(key []byte) (span, bool) {
	i := sort.Search(len(s.spans), func(i int) bool { return s.spans[i].end > string(key) })
	if i == len(s.spans) {
		return span{}, false
	}
	return s.spans[i], true
}

// get gives a variable as it stands in a PDU, with an exception as its value where there is none.
func (s *state) get(r *Request, name oid.OID) ([]byte, error) {
	var room [512]byte
	key := appendKey(room[:0], name)
	if p, ok := s.spanAt(key); ok && p.start <= string(key) {
		v, err := ask(r, p.source, name)
		if err != nil {
			return nil, err
		}
		return message.EncodeVar(message.Var{Name: name, Value: v})
	}
	if b := s.lookup(key); b != nil {
		return b, nil
	}
	return message.EncodeVar(message.Var{Name: name, Value: s.missing(r, key)})
}

// missing says why there is no such variable. Where no names are known, one that differs from a neighbour in its last
// number only is taken for an instance of the same object.
func (s *state) missing(r *Request, key []byte) message.Value {
	object, known := r.agent.object(key)
	if !known && len(key) > 0 {
		object = key[:len(key)-4]
	}
	c := cursor{key: append([]byte(nil), object...), at: -1}
	if len(object) > 0 && s.following(&c, true) != nil && below(c.key, string(object)) {
		return message.NoSuchInstance
	}
	return message.NoSuchObject
}

// next steps to the next variable of all, or stays at the cursor's if it may, and gives it as it stands in a PDU; nil at the
// end.
func (s *state) next(r *Request, c *cursor, stay bool) ([]byte, error) {
	for ; ; stay = true {
		p, ok := s.spanAt(c.key)
		if !ok {
			return s.following(c, stay), nil
		}
		own := cursor{append([]byte(nil), c.key...), c.at}
		if b := s.following(&own, stay); b != nil && string(own.key) < p.start {
			*c = own
			return b, nil
		}
		v, err := s.within(r, c, p, stay)
		switch {
		case err != nil:
			return nil, err
		case v.Name != nil:
			c.key, c.at = appendKey(c.key[:0], v.Name), -1
			return message.EncodeVar(v)
		}
		c.key, c.at = append(c.key[:0], p.end...), -1
	}
}

// within asks a span's source for what is behind the cursor, or at it if it may stay; no name when that is nothing.
func (s *state) within(r *Request, c *cursor, p span, stay bool) (message.Var, error) {
	name := nameOf(c.key)
	if string(c.key) < p.start {
		name, stay = nameOf(p.start), true
	}
	if stay {
		v, err := ask(r, p.source, name)
		if err != nil || !v.Type.Exception() {
			return message.Var{Name: name, Value: v}, err
		}
	}
	v, err := askNext(r, p.source, name)
	if err != nil || v.Value.Type == message.TypeEndOfMibView {
		return message.Var{}, err
	}
	if key := keyOf(v.Name); key >= p.end || oid.Compare(v.Name, name) <= 0 {
		return message.Var{}, nil
	}
	return v, nil
}

// A Scripted source is asked by who serves the agent's script only.
type Scripted interface {
	Source
	Scripted()
}

func ask(r *Request, s Source, name oid.OID) (message.Value, error) {
	if err := r.mayAsk(s); err != nil {
		return message.Value{}, err
	}
	return s.Get(r, name)
}

func askNext(r *Request, s Source, name oid.OID) (message.Var, error) {
	if err := r.mayAsk(s); err != nil {
		return message.Var{}, err
	}
	return s.Next(r, name)
}
