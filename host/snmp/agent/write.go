package agent

import (
	"math"
	"slices"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// Limits are the values that a variable may be set to. The zero Limits are those of its type.
type Limits struct {
	Min, Max   *int64  // of numbers
	Values     []int64 // the only numbers, nil: no such list
	MinLength  int     // of strings, in bytes
	MaxLength  *int
	Change     bool // another type than the one that is there is taken, too
	NewAllowed bool // variables that aren't there can be made
}

// A permit lets variables of the tree's own be set.
type permit struct {
	root   string // key
	limits Limits
}

// Allow lets the variables at or below a name be set, by managers who may write there. The longest name that fits counts.
func (t *Tree) Allow(root oid.OID, l Limits) {
	t.change(func(s *state) {
		key := keyOf(root)
		s.writable = slices.DeleteFunc(slices.Clone(s.writable), func(p permit) bool { return p.root == key })
		s.writable = append(s.writable, permit{key, l})
		slices.SortFunc(s.writable, func(a, b permit) int { return len(b.root) - len(a.root) })
	})
}

// test says whether a variable can be set, in the order of RFC 3416 section 4.2.5.
func (t *Tree) test(r *Request, v message.Var) (Change, error) {
	s, key := t.state.Load(), []byte(keyOf(v.Name))
	if p, ok := s.spanAt(key); ok && p.start <= string(key) {
		if err := r.mayAsk(p.source); err != nil {
			return nil, err
		}
		if setter, ok := p.source.(Setter); ok {
			return setter.Test(r, v)
		}
		return nil, Refuse(message.NotWritable)
	}
	i := slices.IndexFunc(s.writable, func(p permit) bool { return below(key, p.root) })
	if i < 0 {
		return nil, Refuse(message.NotWritable)
	}
	l, old := &s.writable[i].limits, s.lookup(key)
	if old != nil && !l.Change && decoded(old).Value.Type != v.Value.Type {
		return nil, Refuse(message.WrongType)
	}
	if status := l.check(v.Value); status != message.NoError {
		return nil, Refuse(status)
	}
	if old == nil && !l.NewAllowed {
		return nil, Refuse(message.NoCreation)
	}
	b, err := message.EncodeVar(message.Var{Name: v.Name, Value: v.Value})
	if err != nil {
		return nil, Refuse(message.WrongEncoding)
	}
	return &treeChange{tree: t, next: entry{string(key), b}, last: entry{string(key), old}}, nil
}

// check says what is wrong with a value.
func (l *Limits) check(v message.Value) message.ErrorStatus {
	number, isNumber := wholeNumber(v)
	size, isString := len(v.Bytes()), v.Type == message.TypeOctetString || v.Type == message.TypeOpaque
	switch {
	case v.Type.Exception() || v.Type == message.TypeNull:
		return message.WrongType
	case isString && (size < l.MinLength || size > maxLength(l.MaxLength)):
		return message.WrongLength
	case v.Malformed():
		return message.WrongEncoding
	case isNumber && (l.Min != nil && number < *l.Min || l.Max != nil && number > *l.Max),
		isNumber && l.Values != nil && !slices.Contains(l.Values, number):
		return message.WrongValue
	}
	return message.NoError
}

func maxLength(n *int) int {
	if n == nil {
		return math.MaxUint16 // RFC 2578 section 7.1.2
	}
	return *n
}

// wholeNumber is a value as a number, as far as 63 bits have room for it.
func wholeNumber(v message.Value) (int64, bool) {
	switch v.Type {
	case message.TypeInteger:
		return v.Int(), true
	case message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks, message.TypeCounter64:
		return int64(min(v.Uint(), math.MaxInt64)), true
	}
	return 0, false
}

// treeChange sets a variable that the tree holds itself.
type treeChange struct {
	tree       *Tree
	next, last entry
}

func (c *treeChange) Commit() error {
	c.tree.change(func(s *state) { s.put(c.next) })
	return nil
}

func (c *treeChange) Undo() error {
	c.tree.change(func(s *state) { s.put(c.last) })
	return nil
}
