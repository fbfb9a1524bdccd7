package compact

import (
	"encoding/binary"

	"moonwire/host/mib"
)

// syntax is the entry of a syntax, written once for all that are equal.
func (w *writer) syntax(s *mib.Syntax) int {
	if s == nil {
		return 0
	}
	var e entry
	e.string(s.Name)
	e.string(s.Module)
	e.uint(uint64(s.Base))
	e.string(s.Hint)
	e.uint(uint64(len(s.Enums)))
	for _, v := range s.Enums {
		e.string(v.Name)
		e.int(v.Value)
	}
	e.ranges(s.Ranges)
	e.ranges(s.Sizes)
	return w.once(w.syntaxIDs, syntaxAt, syntaxes, e)
}

// extra is the entry of what few nodes have: units, index, augmented row, objects.
func (w *writer) extra(n *mib.Node) int {
	if n.Units == "" && n.Index == nil && n.Augments == (mib.Ref{}) && n.Objects == nil {
		return 0
	}
	var e entry
	e.string(n.Units)
	e.ref(n.Augments)
	e.uint(uint64(len(n.Index)))
	for _, i := range n.Index {
		e.ref(i.Ref)
		e.bool(i.Implied)
		e.uint(uint64(w.syntax(i.Syntax)))
	}
	e.uint(uint64(len(n.Objects)))
	for _, r := range n.Objects {
		e.ref(r)
	}
	return w.once(w.extraIDs, extraAt, extras, e)
}

func (w *writer) once(ids map[string]uint16, offsets, column int, e entry) int {
	id, written := ids[string(e)]
	if !written {
		id = uint16(w.blob(offsets, column, e))
		ids[string(e)] = id
	}
	return int(id)
}

// addModule writes a module's name and types. Its nodes are found by their module.
func (w *writer) addModule(m *mib.Module) {
	var e entry
	e.string(m.Name)
	e.uint(uint64(len(m.Types)))
	for _, t := range m.Types {
		e.uint(uint64(w.syntax(t)))
	}
	w.blob(moduleAt, modules, e)
}

// An entry is an element of a blob, while it is written.
type entry []byte

func (e *entry) uint(n uint64) { *e = binary.AppendUvarint(*e, n) }
func (e *entry) int(n int64)   { *e = binary.AppendVarint(*e, n) }
func (e *entry) string(s string) {
	e.uint(uint64(len(s)))
	*e = append(*e, s...)
}
func (e *entry) bool(b bool) {
	n := uint64(0)
	if b {
		n = 1
	}
	e.uint(n)
}
func (e *entry) ref(r mib.Ref) {
	e.string(r.Module)
	e.string(r.Name)
}
func (e *entry) ranges(list []mib.Range) {
	e.uint(uint64(len(list)))
	for _, r := range list {
		e.int(r.Min)
		e.int(r.Max)
	}
}

// A reading is an element of a blob, while it is read. The bytes are the program's own: what is cut short panics.
type reading []byte

func (r *reading) uint() uint64 {
	n, size := binary.Uvarint(*r)
	*r = (*r)[size:]
	return n
}

func (r *reading) int() int64 {
	n, size := binary.Varint(*r)
	*r = (*r)[size:]
	return n
}

func (r *reading) string() string {
	n := r.uint()
	s := string((*r)[:n])
	*r = (*r)[n:]
	return s
}

func (r *reading) ref() mib.Ref { return mib.Ref{Module: r.string(), Name: r.string()} }

func (r *reading) ranges() []mib.Range {
	list := make([]mib.Range, r.uint())
	for i := range list {
		list[i] = mib.Range{Min: r.int(), Max: r.int()}
	}
	return list
}
