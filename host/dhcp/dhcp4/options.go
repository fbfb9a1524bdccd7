package dhcp4

import (
	"slices"

	"moonwire/host/dhcp/option"
)

// index is where the first option of a code stands; -1 when there is none.
func (m *Message) index(code uint8) int {
	for i := range m.Options {
		if m.Options[i].Code == code {
			return i
		}
	}
	return -1
}

// Has says whether the message has an option.
func (m *Message) Has(code uint8) bool { return m.index(code) >= 0 }

// Get is the data of an option; those of several options with one code are one after another (RFC 3396 section 5).
func (m *Message) Get(code uint8) (data []byte, ok bool) {
	for i := range m.Options {
		o := &m.Options[i]
		switch {
		case o.Code != code:
		case !ok:
			data, ok = o.Data, true
		default:
			data = append(data[:len(data):len(data)], o.Data...)
		}
	}
	return data, ok
}

// Set gives an option its data: in the place of the first of its code, the others are removed, or before the end. nil
// removes the option; an option without data has an empty slice. The message gets a cookie.
func (m *Message) Set(code uint8, data []byte) {
	i := m.index(code)
	switch {
	case data == nil:
		m.remove(code, 0)
	case i < 0:
		m.Add(code, data)
	default:
		m.Options[i].Data, m.Options[i].Missing, m.Options[i].Offset = data, 0, 0
		m.remove(code, i+1)
	}
}

// remove removes the options of a code from index i on.
func (m *Message) remove(code uint8, i int) {
	keep := m.Options[:i]
	for _, o := range m.Options[i:] {
		if o.Code != code {
			keep = append(keep, o)
		}
	}
	clear(m.Options[len(keep):])
	m.Options = keep
}

// Add puts one more option before the end behind the cookie, whether or not there is one of its code.
func (m *Message) Add(code uint8, data []byte) { m.Insert(m.Last(), Option{Code: code, Data: data}) }

// Insert puts an option before the one at index i.
func (m *Message) Insert(i int, o Option) {
	m.Cookie = true
	m.Options = slices.Insert(m.Options, i, o)
}

// Last is the index of the end behind the cookie, or where it would stand.
func (m *Message) Last() int {
	i := 0
	for ; i < len(m.Options); i++ {
		if o := &m.Options[i]; o.In != Options || o.Code == option.End {
			return i
		}
	}
	return i
}
