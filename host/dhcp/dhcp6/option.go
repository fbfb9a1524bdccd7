package dhcp6

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// An Option is one option. In one that holds others (RFC 8415 sections 21.4 to 21.6, 21.21, 21.22), Data is what stands
// before them; in all others it is everything.
type Option struct {
	Code    uint16
	Data    []byte
	Options Options // those inside, in the order of the wire
	Rest    []byte  // bytes behind them that are no option
}

// Size is the length of the option's data.
func (o Option) Size() int { return len(o.Data) + o.Options.Size() + len(o.Rest) }

// Bytes is the option's data as on the wire, with the options inside it.
func (o Option) Bytes() []byte {
	if len(o.Options) == 0 && len(o.Rest) == 0 {
		return o.Data
	}
	b, _ := o.appendData(make([]byte, 0, o.Size()))
	return b
}

func (o Option) appendData(dst []byte) ([]byte, error) {
	dst, err := o.Options.append(append(dst, o.Data...))
	return append(dst, o.Rest...), err
}

// Options are options in the order of the wire.
type Options []Option

// Get is the data of the first option of a code, with the options inside it.
func (s Options) Get(code uint16) ([]byte, bool) {
	if i := s.index(code); i >= 0 {
		return s[i].Bytes(), true
	}
	return nil, false
}

// First is the first option of a code; nil when there is none.
func (s Options) First(code uint16) *Option {
	if i := s.index(code); i >= 0 {
		return &s[i]
	}
	return nil
}

// Has says whether there is an option of a code.
func (s Options) Has(code uint16) bool { return s.index(code) >= 0 }

func (s Options) index(code uint16) int {
	return slices.IndexFunc(s, func(o Option) bool { return o.Code == code })
}

// Add puts an option behind the others.
func (s *Options) Add(o Option) { *s = append(*s, o) }

// Put sets an option in place of the first of its code and removes the others, or puts it behind all.
func (s *Options) Put(o Option) { s.Replace(o.Code, o) }

// Replace sets the options of a code: the first new one stands where the first old one stood, and the rest behind it.
// None at all removes them.
func (s *Options) Replace(code uint16, with ...Option) {
	at := s.index(code)
	if at < 0 {
		*s = append(*s, with...)
		return
	}
	rest := slices.DeleteFunc(slices.Clone((*s)[at:]), func(o Option) bool { return o.Code == code })
	*s = append(append((*s)[:at:at], with...), rest...)
}

// Size is the number of bytes that the options take.
func (s Options) Size() int {
	n := 0
	for _, o := range s {
		n += optionHeader + o.Size()
	}
	return n
}

// optionHeader is code and length (RFC 8415 section 21.1).
const optionHeader = 4

func (s Options) append(dst []byte) (_ []byte, err error) {
	for _, o := range s {
		n := o.Size()
		if n > 0xffff {
			return dst, fmt.Errorf("%s has %d bytes; 65535 are the most", NameOf(o.Code), n)
		}
		dst = binary.BigEndian.AppendUint16(dst, o.Code)
		dst = binary.BigEndian.AppendUint16(dst, uint16(n))
		if dst, err = o.appendData(dst); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

func (s Options) copy() Options {
	c := slices.Clone(s)
	for i, o := range c {
		c[i] = Option{o.Code, slices.Clone(o.Data), o.Options.copy(), slices.Clone(o.Rest)}
	}
	return c
}

// Get is the data of the message's first option of a code, with the options inside it.
func (m *Message) Get(code uint16) ([]byte, bool) { return m.Options.Get(code) }

// Set gives an option its data in place of the first of that code, or behind all others; nil removes all of that code.
func (m *Message) Set(code uint16, data []byte) {
	if data == nil {
		m.Options.Replace(code)
		return
	}
	m.Options.Put(MakeOption(code, data))
}

// MakeOption is an option of that data, in which the options inside are found.
func MakeOption(code uint16, data []byte) Option { return (&reader{}).option(code, data, 0, 0) }
