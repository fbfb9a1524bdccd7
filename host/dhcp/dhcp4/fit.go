package dhcp4

import (
	"fmt"

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
		if !m.has(in) && empty(text) {
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

// move moves options into fields until so many bytes are saved, and returns the value of option 52.
func (m *Message) move(free map[Area]int, excess int) (used byte) {
	moved := [3][]Option{}
	for i := m.Last() - 1; i >= 0 && excess > 0; i-- {
		o := m.Options[i]
		if stays(o.Code) {
			continue
		}
		for _, in := range []Area{File, SName} {
			if n := o.size(); n <= free[in] {
				free[in] -= n
				excess -= n
				used |= byte(in)
				o.In = in
				moved[in] = append([]Option{o}, moved[in]...)
				m.Options = append(m.Options[:i:i], m.Options[i+1:]...)
				break
			}
		}
	}
	for _, in := range []Area{File, SName} {
		if len(moved[in]) > 0 {
			m.Options = append(append(m.Options, moved[in]...), Option{Code: option.End, In: in})
		}
	}
	return used
}

// stays says whether an option is not to be moved: those that must be found without option 52 (RFC 2131 section 4.1, RFC 3046
// section 2.1), pads, and long ones whose parts would part.
func stays(code uint8) bool {
	switch code {
	case option.Pad, option.End, option.MessageType, option.ServerIdentifier, option.Overload, option.RelayAgentInformation,
		option.ClientIdentifier, option.LeaseTime, option.SubnetMask:
		return true
	}
	return false
}
