package dhcp4

import (
	"fmt"
	"slices"

	"moonwire/host/dhcp/option"
)

// Fit makes the message at most limit bytes long, a UDP datagram's payload, by moving options from the end into file and
// sname, where those are free (RFC 2131 section 4.1, option 52). What relay agents and clients look for first stays behind the
// cookie.
func (m *Message) Fit(limit int) error {
	if m.size() <= limit {
		return nil
	}
	free := map[Area]int{}
	for in, text := range map[Area][]byte{File: m.File, SName: m.SName} {
		if !m.has(in) && empty(text) && !m.Has(option.Overload) {
			free[in] = areaSize(in) - 1 // its end
		}
	}
	used := m.move(free, m.size()-limit+3) // option 52 itself
	if used != 0 {
		m.Insert(m.Last(), Option{Code: option.Overload, Data: []byte{used}})
	}
	if n := m.size(); n > limit {
		return fmt.Errorf("the message has %d bytes, and room for %d", n, limit)
	}
	return nil
}

func areaSize(in Area) int {
	if in == File {
		return fileSize
	}
	return snameSize
}

// empty says whether a field is all zeros.
func empty(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// move moves options into fields, the longest first, until so many bytes are saved, and returns the value of option 52.
func (m *Message) move(free map[Area]int, excess int) (used byte) {
	for excess > 0 {
		i, in := m.longest(free)
		if i < 0 {
			break
		}
		n := m.Options[i].size()
		free[in] -= n
		excess -= n
		used |= byte(in)
		m.Options[i].In = in
	}
	slices.SortStableFunc(m.Options, func(a, b Option) int { return int(a.In) - int(b.In) })
	for _, in := range []Area{File, SName} {
		if used&byte(in) != 0 {
			at := slices.IndexFunc(m.Options, func(o Option) bool { return o.In > in })
			if at < 0 {
				at = len(m.Options)
			}
			m.Insert(at, Option{Code: option.End, In: in})
		}
	}
	return used
}

// longest is the longest option that can be moved, and where to; -1 when there is none.
func (m *Message) longest(free map[Area]int) (best int, to Area) {
	best = -1
	for i := range m.Options {
		o := &m.Options[i]
		if o.In != Options || stays(o.Code) || best >= 0 && o.size() <= m.Options[best].size() {
			continue
		}
		for _, in := range []Area{SName, File} {
			if o.size() <= free[in] {
				best, to = i, in
			}
		}
	}
	return best, to
}

// stays says whether an option is not to be moved: those that must be found without option 52 (RFC 2131 section 4.1, RFC 3046
// section 2.1), and those that are no options.
func stays(code uint8) bool {
	switch code {
	case option.Pad, option.End, option.MessageType, option.ServerIdentifier, option.Overload, option.RelayAgentInformation,
		option.ClientIdentifier, option.LeaseTime, option.SubnetMask:
		return true
	}
	return false
}
