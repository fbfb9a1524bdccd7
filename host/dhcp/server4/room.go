package server4

import (
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// room is where options of an answer go: behind the cookie as long as the client takes such a message, then into file and
// sname where these are free (option 52; RFC 2131 section 4.1). What has no room is left out and counted.
type room struct {
	request *Request
	message *dhcp4.Message
	left    int       // bytes behind the cookie
	free    [3]int    // by dhcp4.Area: bytes of file and sname
	over    [3][]held // likewise
}

type held struct {
	code uint8
	data []byte
}

// Sizes (RFC 2131 section 2).
const (
	leastMax    = 576 // that every client takes, headers of IP and UDP included
	ipUDP       = 28
	fixed       = 240 // up to the options
	optionEnd   = 1
	overloading = 3
	fileRoom    = 128 - optionEnd
	snameRoom   = 64 - optionEnd
)

func newRoom(r *Request, m *dhcp4.Message) *room {
	size := leastMax
	if n, ok := r.Message.Uint16(option.MaxMessageSize); ok && int(n) > size {
		size = min(int(n), r.server.mtu)
	}
	x := &room{request: r, message: m, left: size - ipUDP - fixed - optionEnd - overloading}
	for i := range m.Options {
		if o := &m.Options[i]; o.Code != option.End {
			x.left -= length(o.Data)
		}
	}
	if len(m.File) == 0 {
		x.free[dhcp4.File] = fileRoom
	}
	if len(m.SName) == 0 {
		x.free[dhcp4.SName] = snameRoom
	}
	return x
}

// length is how many bytes an option takes (RFC 3396).
func length(data []byte) int { return len(data) + 2*max(1, (len(data)+254)/255) }

// add puts an option where there is room.
func (x *room) add(code uint8, data []byte) {
	n := length(data)
	if n <= x.left {
		x.left -= n
		insert(x.message, code, data)
		return
	}
	for _, in := range [...]dhcp4.Area{dhcp4.File, dhcp4.SName} {
		if n <= x.free[in] {
			x.free[in] -= n
			x.over[in] = append(x.over[in], held{code, data})
			return
		}
	}
	x.request.server.leftOut.Add(1)
}

// finish writes the areas that are used.
func (x *room) finish() {
	m, areas := x.message, byte(0)
	for _, in := range [...]dhcp4.Area{dhcp4.File, dhcp4.SName} {
		if x.over[in] == nil {
			continue
		}
		areas |= byte(in) // 1 is file, 2 sname, 3 both (RFC 2132 section 9.3)
		for _, o := range x.over[in] {
			m.Options = append(m.Options, dhcp4.Option{Code: o.code, Data: o.data, In: in})
		}
		m.Options = append(m.Options, dhcp4.Option{Code: option.End, In: in})
	}
	if areas != 0 {
		insert(m, option.Overload, []byte{areas})
	}
}
