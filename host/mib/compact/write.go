package compact

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// Encode makes a table of modules. Nodes with one OID keep their order.
func Encode(list []*mib.Module) ([]byte, error) {
	w := &writer{syntaxIDs: map[string]uint16{}, extraIDs: map[string]uint16{}, moduleIDs: map[string]uint16{}}
	w.blob(syntaxAt, syntaxes, nil) // entry 0 is none
	w.blob(extraAt, extras, nil)
	for i, m := range list {
		w.moduleIDs[m.Name] = uint16(i)
	}
	w.addNames(list)
	if err := w.addPlaces(list); err != nil {
		return nil, err
	}
	w.addDefs()
	for _, m := range list {
		w.addModule(m)
	}
	return w.bytes()
}

type writer struct {
	columns [columns][]byte
	nameIDs map[string]uint16
	places  []*spot // level by level
	defs    []*mib.Node

	syntaxIDs, extraIDs map[string]uint16 // by encoded form
	moduleIDs           map[string]uint16
}

// A spot is a place while the tree is built.
type spot struct {
	sub      uint32
	parent   int
	children []*spot
	defs     []*mib.Node
}

func (w *writer) u8(column int, n uint8) { w.columns[column] = append(w.columns[column], n) }
func (w *writer) u16(column, n int) {
	w.columns[column] = binary.LittleEndian.AppendUint16(w.columns[column], uint16(n))
}
func (w *writer) u32(column, n int) {
	w.columns[column] = binary.LittleEndian.AppendUint32(w.columns[column], uint32(n))
}

// blob appends an entry to a blob and its end to the offsets; it returns the entry's number.
func (w *writer) blob(offsets, column int, entry []byte) int {
	if w.columns[offsets] == nil {
		w.u32(offsets, 0)
	}
	w.columns[column] = append(w.columns[column], entry...)
	w.u32(offsets, len(w.columns[column]))
	return len(w.columns[offsets])/4 - 2
}

func (w *writer) addNames(list []*mib.Module) {
	seen := map[string]bool{}
	for _, m := range list {
		for _, n := range m.Nodes {
			seen[n.Name] = true
		}
	}
	w.nameIDs = map[string]uint16{}
	for _, name := range slices.Sorted(maps.Keys(seen)) {
		w.nameIDs[name] = uint16(w.blob(nameAt, names, []byte(name)))
	}
}

// addPlaces builds the tree and writes it level by level.
func (w *writer) addPlaces(list []*mib.Module) error {
	root := &spot{}
	for _, m := range list {
		for _, n := range m.Nodes {
			s := root.enter(n.OID)
			s.defs = append(s.defs, n)
		}
	}
	w.places = []*spot{root}
	for i := 0; i < len(w.places); i++ {
		s := w.places[i]
		slices.SortFunc(s.children, func(a, b *spot) int { return cmp.Compare(a.sub, b.sub) })
		w.u32(placeSub, int(s.sub))
		w.u16(placeParent, s.parent)
		w.u16(placeChild, len(w.places))
		w.u16(placeFirst, len(w.defs))
		for _, c := range s.children {
			c.parent = i
		}
		w.places, w.defs = append(w.places, s.children...), append(w.defs, s.defs...)
		for range s.defs {
			w.u16(defPlace, i)
		}
	}
	w.u16(placeChild, len(w.places))
	w.u16(placeFirst, len(w.defs))
	if len(w.places) >= most || len(w.defs) >= most {
		return fmt.Errorf("%d places and %d definitions: a table has room for %d", len(w.places), len(w.defs), most-1)
	}
	return nil
}

// enter finds the spot of an OID, and makes what is missing.
func (s *spot) enter(o oid.OID) *spot {
	for _, sub := range o {
		i := slices.IndexFunc(s.children, func(c *spot) bool { return c.sub == sub })
		if i < 0 {
			s.children = append(s.children, &spot{sub: sub})
			i = len(s.children) - 1
		}
		s = s.children[i]
	}
	return s
}

func (w *writer) addDefs() {
	byName := make([][]int, len(w.nameIDs))
	for i, n := range w.defs {
		id := w.nameIDs[n.Name]
		byName[id] = append(byName[id], i)
		w.u16(defName, int(id))
		w.u16(defModule, int(w.moduleIDs[n.Module]))
		w.u8(defKind, uint8(n.Kind))
		w.u8(defAccess, uint8(n.Access)|uint8(n.Status)<<3)
		w.u16(defSyntax, w.syntax(n.Syntax))
		w.u16(defExtra, w.extra(n))
	}
	for _, defs := range byName {
		w.u16(nameFirst, len(w.columns[nameDefs])/2)
		for _, i := range defs {
			w.u16(nameDefs, i)
		}
	}
	w.u16(nameFirst, len(w.defs))
}

// bytes joins the columns: the length of each, then all of them.
func (w *writer) bytes() ([]byte, error) {
	if len(w.syntaxIDs) >= most || len(w.extraIDs) >= most {
		return nil, fmt.Errorf("%d syntaxes and %d extras: a table has room for %d", len(w.syntaxIDs), len(w.extraIDs), most-1)
	}
	var b []byte
	for _, c := range w.columns {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(c)))
	}
	return append(b, slices.Concat(w.columns[:]...)...), nil
}
