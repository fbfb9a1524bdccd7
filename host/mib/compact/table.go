package compact

import (
	"encoding/binary"
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// A Table is a Source over what Encode wrote. Nodes, syntaxes and modules are made when they are asked for, once.
type Table struct {
	columns  [columns][]byte
	names    string // all of them, so that a name is a part of it
	places   []atomic.Pointer[[]*mib.Node]
	syntaxes []atomic.Pointer[mib.Syntax]
	modules  map[string]int // numbers by name

	mu   sync.Mutex
	made map[int]*mib.Module
}

// Open reads the form of a table.
func Open(b []byte) *Table {
	t := &Table{made: map[int]*mib.Module{}, modules: map[string]int{}}
	rest := b[4*columns:]
	for i := range t.columns {
		n := binary.LittleEndian.Uint32(b[4*i:])
		t.columns[i], rest = rest[:n:n], rest[n:]
	}
	t.names = string(t.columns[names])
	t.places = make([]atomic.Pointer[[]*mib.Node], len(t.columns[placeSub])/4)
	t.syntaxes = make([]atomic.Pointer[mib.Syntax], len(t.columns[syntaxAt])/4-1)
	for i := range len(t.columns[moduleAt])/4 - 1 {
		r := t.entry(moduleAt, modules, i)
		t.modules[r.string()] = i
	}
	return t
}

func (t *Table) u16(column, i int) int {
	return int(binary.LittleEndian.Uint16(t.columns[column][2*i:]))
}

func (t *Table) u32(column, i int) uint32 {
	return binary.LittleEndian.Uint32(t.columns[column][4*i:])
}

func (t *Table) entry(offsets, column, i int) reading {
	return t.columns[column][t.u32(offsets, i):t.u32(offsets, i+1)]
}

func (t *Table) name(i int) string { return t.names[t.u32(nameAt, i):t.u32(nameAt, i+1)] }

// Named are all nodes of that name.
func (t *Table) Named(name string) []*mib.Node {
	count := len(t.columns[nameAt])/4 - 1
	i, found := sort.Find(count, func(i int) int {
		return strings.Compare(name, t.name(i))
	})
	if !found {
		return nil
	}
	nodes := make([]*mib.Node, 0, 1)
	for j := t.u16(nameFirst, i); j < t.u16(nameFirst, i+1); j++ {
		nodes = append(nodes, t.def(t.u16(nameDefs, j)))
	}
	return nodes
}

// Deepest finds the longest prefix of o that nodes have.
func (t *Table) Deepest(o oid.OID) (nodes []*mib.Node, length int) {
	place, best := 0, 0
	for depth, sub := range o {
		if place = t.child(place, sub); place == 0 {
			break
		}
		if t.u16(placeFirst, place) < t.u16(placeFirst, place+1) {
			best, length = place, depth+1
		}
	}
	if best == 0 {
		return nil, 0
	}
	return t.at(best), length
}

// child is the place below another one; 0 when there is none.
func (t *Table) child(place int, sub uint32) int {
	low, high := t.u16(placeChild, place), t.u16(placeChild, place+1)
	for low < high {
		middle := (low + high) / 2
		switch at := t.u32(placeSub, middle); {
		case at == sub:
			return middle
		case at < sub:
			low = middle + 1
		default:
			high = middle
		}
	}
	return 0
}

// Below are the numbers that follow o.
func (t *Table) Below(o oid.OID) []uint32 {
	place := 0
	for _, sub := range o {
		if place = t.child(place, sub); place == 0 {
			return nil
		}
	}
	var subs []uint32
	for c := t.u16(placeChild, place); c < t.u16(placeChild, place+1); c++ {
		subs = append(subs, t.u32(placeSub, c))
	}
	return subs
}

// Names are all names, in order.
func (t *Table) Names() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range len(t.columns[nameAt])/4 - 1 {
			if !yield(t.name(i)) {
				return
			}
		}
	}
}

// at are the nodes of a place.
func (t *Table) at(place int) []*mib.Node {
	if made := t.places[place].Load(); made != nil {
		return *made
	}
	o := t.oid(place)
	first, end := t.u16(placeFirst, place), t.u16(placeFirst, place+1)
	nodes := make([]*mib.Node, end-first)
	for i := range nodes {
		nodes[i] = t.node(first+i, o)
	}
	if t.places[place].CompareAndSwap(nil, &nodes) {
		return nodes
	}
	return *t.places[place].Load()
}

// def is one definition.
func (t *Table) def(i int) *mib.Node {
	place := t.u16(defPlace, i)
	return t.at(place)[i-t.u16(placeFirst, place)]
}

func (t *Table) oid(place int) oid.OID {
	var o oid.OID
	for ; place != 0; place = t.u16(placeParent, place) {
		o = append(o, t.u32(placeSub, place))
	}
	slices.Reverse(o)
	return slices.Clip(o)
}
