package ber

import (
	"fmt"
	"math"
)

// A Reader takes elements one after the other. After an element that can't be read it gives zeros, and More is false.
type Reader struct {
	data    []byte
	at, end int
	broken  bool
	log     *Log
}

// NewReader reads data; log, which may be nil, gets the problems.
func NewReader(data []byte, log *Log) Reader { return Reader{data: data, end: len(data), log: log} }

// Offset is where the next element stands.
func (r *Reader) Offset() int { return r.at }

// Rest are the bytes that are left.
func (r *Reader) Rest() []byte { return r.data[r.at:r.end:r.end] }

// More says whether there is something left to read.
func (r *Reader) More() bool { return !r.broken && r.at < r.end }

// Broken says whether an element couldn't be read.
func (r *Reader) Broken() bool { return r.broken }

// Peek is the tag of the next element, 0 when there is none.
func (r *Reader) Peek() byte {
	if !r.More() {
		return 0
	}
	return r.data[r.at]
}

// Note tells of a problem with what stands at offset.
func (r *Reader) Note(offset int, what string) { r.log.note(Problem{Offset: offset, What: what}) }

// Break tells of a problem that ends the reading.
func (r *Reader) Break(offset int, what string) {
	if !r.broken {
		r.log.note(Problem{Offset: offset, What: what, Broken: true})
	}
	r.broken = true
}

// Enter takes an element that must have a tag, and reads what is in it. When it says that it is longer than what there
// is, what there is is read.
func (r *Reader) Enter(tag byte, what string) Reader {
	at := r.at
	from, to, ok := r.take(tag, what)
	inner := Reader{data: r.data, at: from, end: to, broken: !ok, log: r.log}
	if ok && to > r.end {
		r.Break(at, fmt.Sprintf("%s is cut short: %d bytes of %d", what, r.end-from, to-from))
		inner.end = r.end
	}
	return inner
}

// Bytes takes an element that must have a tag, and gives its contents: a view of the data.
func (r *Reader) Bytes(tag byte, what string) []byte {
	at := r.at
	from, to, ok := r.take(tag, what)
	if ok && to > r.end {
		r.Break(at, fmt.Sprintf("%s is cut short: %d bytes of %d", what, r.end-from, to-from))
	}
	if r.broken {
		return nil
	}
	return r.data[from:to:to]
}

// Next takes an element of any tag.
func (r *Reader) Next(what string) (tag byte, content []byte) {
	tag = r.Peek()
	return tag, r.Bytes(tag, what)
}

// take reads the head of an element that must have a tag, and steps behind the element.
func (r *Reader) take(tag byte, what string) (from, to int, ok bool) {
	if r.broken {
		return 0, 0, false
	}
	if r.at >= r.end || r.data[r.at] != tag {
		r.Break(r.at, "no "+what)
		return 0, 0, false
	}
	h, fault := readHead(r.data[r.at:r.end])
	if fault != "" {
		r.Break(r.at, what+" "+fault)
		return 0, 0, false
	}
	if h.indefinite {
		r.Note(r.at, what+" has an indefinite length (RFC 3417 section 8 forbids it)")
	}
	from = r.at + h.size
	to = from + h.content
	r.at = min(to+h.trailer, r.end)
	return from, to, true
}

// Int takes a number.
func (r *Reader) Int(what string) int64 {
	at := r.at
	content := r.Bytes(Integer, what)
	if r.broken {
		return 0
	}
	n, note, ok := Int(content)
	switch {
	case !ok:
		r.Break(at, what+" "+note)
	case note != "":
		r.Note(at, what+" "+note)
	}
	return n
}

// Int32 takes a number that should have 32 bits; of a longer one it gives the last 32.
func (r *Reader) Int32(what string) int32 {
	at := r.at
	n := r.Int(what)
	if n < math.MinInt32 || n > math.MaxInt32 {
		r.Note(at, fmt.Sprintf("%s is %d, which 32 bits can't hold", what, n))
	}
	return int32(n)
}

// OID takes an object identifier and appends its numbers to arcs.
func (r *Reader) OID(arcs []uint32, what string) []uint32 {
	at := r.at
	content := r.Bytes(ObjectIdentifier, what)
	if r.broken {
		return arcs
	}
	more, note, ok := AppendOID(arcs, content)
	switch {
	case !ok:
		r.Break(at, what+" "+note)
		return arcs
	case note != "":
		r.Note(at, what+" "+note)
	}
	return more
}

// End notes bytes that nobody took.
func (r *Reader) End(what string) {
	if r.More() {
		r.Note(r.at, fmt.Sprintf("%d bytes behind %s", r.end-r.at, what))
	}
}
