package pcap

import (
	"bytes"
	"encoding/binary"
	"iter"
)

// Codes of options that every block may have.
const (
	optEnd     = 0
	optComment = 1
)

// Codes of the options of packets.
const (
	epbFlags   = 2
	epbHash    = 3
	epbDrops   = 4
	epbID      = 5
	epbQueue   = 6
	epbVerdict = 7
)

// Codes of custom options: text and bytes, to be copied or not. A private enterprise number comes first.
const (
	optCustomText       = 2988
	optCustomBytes      = 2989
	optCustomTextFixed  = 19372
	optCustomBytesFixed = 19373
)

// Options are the options of a block as the file has them; the zero value is empty.
type Options struct {
	raw []byte
	big bool
}

// Empty says that there are none.
func (o Options) Empty() bool { return len(o.raw) == 0 }

// All are the codes and values in the file's order. What is cut short ends the list.
func (o Options) All() iter.Seq2[uint16, []byte] {
	return func(yield func(uint16, []byte) bool) {
		order := orderOf(o.big)
		for b := o.raw; len(b) >= 4; {
			code, n := order.Uint16(b), int(order.Uint16(b[2:]))
			if code == optEnd || n > len(b)-4 || !yield(code, b[4:4+n:4+n]) {
				return
			}
			b = b[min(4+padded(n), len(b)):]
		}
	}
}

// Clone is a copy that keeps its bytes when the reader goes on.
func (o Options) Clone() Options {
	o.raw = bytes.Clone(o.raw)
	return o
}

// Get is the value of the first option of that code; nil when there is none.
func (o Options) Get(code uint16) []byte {
	for c, v := range o.All() {
		if c == code {
			return v
		}
	}
	return nil
}

func (o Options) text(code uint16) string { return string(o.Get(code)) }

func (o Options) texts(code uint16) (list []string) {
	for c, v := range o.All() {
		if c == code {
			list = append(list, string(v))
		}
	}
	return list
}

func (o Options) uint32(code uint16) uint32 {
	if v := o.Get(code); len(v) == 4 {
		return orderOf(o.big).Uint32(v)
	}
	return 0
}

func (o Options) uint64(code uint16) uint64 {
	if v := o.Get(code); len(v) == 8 {
		return orderOf(o.big).Uint64(v)
	}
	return 0
}

// Add adds an option. A value of more than 65535 bytes is cut.
func (o *Options) Add(code uint16, value []byte) {
	value = value[:min(len(value), 0xffff)]
	order := orderOf(o.big)
	o.raw = order.AppendUint16(o.raw, code)
	o.raw = order.AppendUint16(o.raw, uint16(len(value)))
	o.raw = append(o.raw, value...)
	o.raw = append(o.raw, zeros[:padded(len(value))-len(value)]...)
}

// AddComment adds a comment.
func (o *Options) AddComment(text string) { o.Add(optComment, []byte(text)) }

// AddFlags adds a packet's direction and more.
func (o *Options) AddFlags(f Flags) { o.addUint32(epbFlags, uint32(f)) }

// AddDrops adds how many packets were lost before a packet.
func (o *Options) AddDrops(n uint64) { o.addUint64(epbDrops, n) }

func (o *Options) addText(code uint16, text string) {
	if text != "" {
		o.Add(code, []byte(text))
	}
}

func (o *Options) addUint32(code uint16, n uint32) {
	o.Add(code, orderOf(o.big).AppendUint32(nil, n))
}

func (o *Options) addUint64(code uint16, n uint64) {
	o.Add(code, orderOf(o.big).AppendUint64(nil, n))
}

// ofPacket are the options of a packet in another byte order.
func (o Options) ofPacket(big bool) Options {
	if o.big == big || o.Empty() {
		return o
	}
	out := Options{big: big}
	for code, value := range o.All() {
		swapped := 0
		switch code {
		case epbFlags, epbQueue, optCustomText, optCustomBytes, optCustomTextFixed, optCustomBytesFixed:
			swapped = 4
		case epbDrops, epbID:
			swapped = 8
		}
		value = append([]byte(nil), value...)
		for i, j := 0, swapped-1; i < j && swapped <= len(value); i, j = i+1, j-1 {
			value[i], value[j] = value[j], value[i]
		}
		out.Add(code, value)
	}
	return out
}

// zeros fill up to a border of four bytes.
var zeros [4]byte

// padded is n rounded up to a multiple of four.
func padded(n int) int { return (n + 3) &^ 3 }

// byteOrder reads and appends numbers.
type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

func orderOf(big bool) byteOrder {
	if big {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// ended is o without the mark of its end and what stands behind it, so that more can be added.
func (o Options) ended() Options {
	n := 0
	for _, v := range o.All() {
		n += 4 + padded(len(v))
	}
	return Options{o.raw[:min(n, len(o.raw))], o.big}
}
