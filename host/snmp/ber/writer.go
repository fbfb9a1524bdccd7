package ber

import "math/bits"

// A Writer writes from the end to the front: the length of what is inside is known when its head is written. Its zero
// value is ready for use.
type Writer struct {
	buf []byte
	at  int // where the written bytes begin
}

// Len is how many bytes are written: a mark for Wrap.
func (w *Writer) Len() int { return len(w.buf) - w.at }

// Bytes are the written bytes, until the next use of the writer.
func (w *Writer) Bytes() []byte { return w.buf[w.at:] }

// Reset forgets what is written and keeps the room.
func (w *Writer) Reset() { w.at = len(w.buf) }

// room makes place for n bytes before those that are written, and gives it.
func (w *Writer) room(n int) []byte {
	if w.at < n {
		grown := make([]byte, max(2*len(w.buf), w.Len()+n, 256))
		at := len(grown) - w.Len()
		copy(grown[at:], w.Bytes())
		w.buf, w.at = grown, at
	}
	w.at -= n
	return w.buf[w.at : w.at+n]
}

// Raw writes bytes as they are.
func (w *Writer) Raw(b []byte) { copy(w.room(len(b)), b) }

// Wrap writes the head of an element whose contents are what was written since Len was mark.
func (w *Writer) Wrap(tag byte, mark int) {
	size := w.Len() - mark
	if size < 0x80 {
		b := w.room(2)
		b[0], b[1] = tag, byte(size)
		return
	}
	n := (bits.Len(uint(size)) + 7) / 8
	b := w.room(2 + n)
	b[0], b[1] = tag, 0x80|byte(n)
	for i := n + 1; i > 1; i-- {
		b[i] = byte(size)
		size >>= 8
	}
}

// Element writes an element with its contents.
func (w *Writer) Element(tag byte, content []byte) {
	mark := w.Len()
	w.Raw(content)
	w.Wrap(tag, mark)
}

// Int writes a number in its shortest form.
func (w *Writer) Int(tag byte, n int64) {
	size := 1
	for rest := n >> 7; rest != 0 && rest != -1; rest >>= 8 {
		size++
	}
	b := w.room(2 + size)
	b[0], b[1] = tag, byte(size)
	for i := size + 1; i > 1; i-- {
		b[i] = byte(n)
		n >>= 8
	}
}

// Uint writes a number that isn't negative, in its shortest form.
func (w *Writer) Uint(tag byte, n uint64) {
	size := bits.Len64(n)/8 + 1
	b := w.room(2 + size)
	b[0], b[1], b[2] = tag, byte(size), 0
	for i := size + 1; i > 1 && i > size-7; i-- {
		b[i] = byte(n)
		n >>= 8
	}
}

// OID writes an object identifier; of a lone number it writes what net-snmp writes, that number and a zero, and of none,
// nothing.
func (w *Writer) OID(tag byte, arcs []uint32) {
	mark := w.Len()
	w.Arcs(arcs)
	w.Wrap(tag, mark)
}

// Arcs writes the contents of an object identifier.
func (w *Writer) Arcs(arcs []uint32) {
	for i := len(arcs) - 1; i > 1; i-- {
		w.arc(uint64(arcs[i]))
	}
	switch {
	case len(arcs) > 1:
		w.arc(uint64(arcs[0])*40 + uint64(arcs[1]))
	case len(arcs) == 1:
		w.arc(uint64(arcs[0]) * 40)
	}
}

// arc writes a number in groups of seven bits.
func (w *Writer) arc(n uint64) {
	w.room(1)[0] = byte(n & 0x7f)
	for n >>= 7; n > 0; n >>= 7 {
		w.room(1)[0] = byte(n) | 0x80
	}
}
