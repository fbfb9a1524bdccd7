package profile

import (
	"compress/gzip"
	"io"
)

// WritePprof writes the profile in the format that go tool pprof reads: a sample for each way that a line was reached, with
// how often it began, how long it ran and how long it waited, in nanoseconds (profile.proto of pprof, gzipped).
func (p *Profile) WritePprof(w io.Writer) error {
	p.mu.Lock()
	e := &encoder{strings: map[string]uint64{}, functions: map[any]uint64{}, locations: map[key]uint64{}}
	e.string("")
	for _, kind := range [][2]string{{"lines", "count"}, {"waited", "nanoseconds"}, {"ran", "nanoseconds"}} {
		e.top.message(1, new(fields).varint(1, e.string(kind[0])).varint(2, e.string(kind[1])))
	}
	p.root.walk(func(n *node) {
		if n.cost != (Cost{}) {
			e.sample(n)
		}
	})
	e.top.varint(9, uint64(p.began.UnixNano()))
	for _, s := range e.table {
		e.top.bytes(6, []byte(s))
	}
	p.mu.Unlock()
	z := gzip.NewWriter(w)
	if _, err := z.Write(e.top); err != nil {
		return err
	}
	return z.Close()
}

// An encoder makes a Profile message.
type encoder struct {
	top       fields
	table     []string
	strings   map[string]uint64
	functions map[any]uint64
	locations map[key]uint64
}

// sample adds a node: its place first, and what called it behind that.
func (e *encoder) sample(n *node) {
	var places fields
	for at := n; at.parent != nil; at = at.parent {
		places = places.append(e.location(at))
	}
	values := fields{}.append(uint64(n.cost.Times)).append(uint64(n.cost.Waited)).append(uint64(n.cost.Ran))
	e.top.message(2, new(fields).bytes(1, places).bytes(2, values))
}

// location is the number of a node's line.
func (e *encoder) location(n *node) uint64 {
	k := key{n.fn.key(), n.line}
	id := e.locations[k]
	if id == 0 {
		id = uint64(len(e.locations) + 1)
		e.locations[k] = id
		line := new(fields).varint(1, e.function(n.fn)).varint(2, uint64(n.line))
		e.top.message(4, new(fields).varint(1, id).bytes(4, *line))
	}
	return id
}

// function is the number of a function.
func (e *encoder) function(f function) uint64 {
	id := e.functions[f.key()]
	if id == 0 {
		id = uint64(len(e.functions) + 1)
		e.functions[f.key()] = id
		start := uint64(0)
		if f.proto != nil {
			start = uint64(f.proto.LineDefined)
		}
		name := e.string(f.name)
		e.top.message(5, new(fields).varint(1, id).varint(2, name).varint(3, name).varint(4, e.string(f.file())).varint(5, start))
	}
	return id
}

// string is a string's place in the table.
func (e *encoder) string(s string) uint64 {
	i, ok := e.strings[s]
	if !ok {
		i = uint64(len(e.table))
		e.strings[s] = i
		e.table = append(e.table, s)
	}
	return i
}

// fields are those of a message, in the wire format of protocol buffers.
type fields []byte

func (f fields) append(v uint64) fields {
	for ; v >= 0x80; v >>= 7 {
		f = append(f, byte(v)|0x80)
	}
	return append(f, byte(v))
}

func (f *fields) varint(field int, v uint64) *fields {
	*f = f.append(uint64(field) << 3).append(v)
	return f
}

func (f *fields) bytes(field int, b []byte) *fields {
	*f = append(f.append(uint64(field)<<3|2).append(uint64(len(b))), b...)
	return f
}

func (f *fields) message(field int, m *fields) { f.bytes(field, *m) }
