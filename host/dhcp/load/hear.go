package load

import (
	"encoding/binary"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/frame"
	"moonwire/host/dhcp/option"
	"moonwire/host/network"
)

// hear takes a frame.
func (r *Run) hear(f *network.Frame) {
	if frame.Type(f.Data) == frame.TypeARP {
		r.wire.hearARP(r, f.Data)
		return
	}
	d, payload, ok := frame.Read(f.Data)
	if !ok || d.Dst.Port() != r.wire.port {
		return
	}
	a, ok := readAnswer(payload)
	if !ok {
		r.count.malformed++
		return
	}
	i, turn := r.ids.client(a.xid)
	c := &r.clients[i]
	if turn != c.turn || a.mac != r.wire.mac(i) {
		r.count.strays++
		return
	}
	r.answer(i, c, &a, &d, f.Time)
}

// An answer is what is read of a server's message.
type answer struct {
	xid     uint32
	mac     uint64
	kind    dhcp4.Type
	address [4]byte // yiaddr
	server  [4]byte // option 54
}

// readAnswer reads a server's message in place. Options outside the options field are not looked at: no server puts its
// message type there.
func readAnswer(b []byte) (a answer, ok bool) {
	if len(b) < atFirst || b[atOp] != dhcp4.BootReply || binary.BigEndian.Uint32(b[atCookie:]) != 0x63825363 {
		return a, false
	}
	a.xid = binary.BigEndian.Uint32(b[atXID:])
	a.mac = uint64(binary.BigEndian.Uint16(b[atCHAddr:]))<<32 | uint64(binary.BigEndian.Uint32(b[atCHAddr+2:]))
	a.address = [4]byte(b[atYIAddr:])
	for at := atFirst; at < len(b) && b[at] != option.End; {
		if b[at] == option.Pad {
			at++
			continue
		}
		if at+1 == len(b) || at+2+int(b[at+1]) > len(b) {
			return a, false
		}
		data := b[at+2 : at+2+int(b[at+1])]
		switch {
		case b[at] == option.MessageType && len(data) == 1:
			a.kind = dhcp4.Type(data[0])
		case b[at] == option.ServerIdentifier && len(data) == 4:
			a.server = [4]byte(data)
		}
		at += 2 + len(data)
	}
	return a, a.kind != 0
}

// answer takes a server's message to a client.
func (r *Run) answer(i int32, c *client, a *answer, d *frame.Datagram, at time.Time) {
	switch {
	case c.waits == idle:
		r.count.lateAnswers++ // or a second server's
	case c.waits == discover && a.kind == dhcp4.Offer:
		if r.o.Relay == nil && r.o.Server.IsValid() && a.server != r.o.Server.As4() {
			r.count.others++
			return
		}
		r.answered(c, at)
		c.address, c.server = a.address, a.server
		r.wire.learn(a.server, d.SrcMAC)
		if c.activity == Discover {
			c.bound = false
			r.release(i)
			return
		}
		r.say(i, request)
	case c.waits == discover, a.kind == dhcp4.Offer:
		r.count.others++ // another server's offer, after the first
	case a.kind == dhcp4.Nak:
		r.answered(c, at)
		r.count.exchange[c.waits].naks++
		c.bound = false
		r.wire.forget(c.address, i)
		r.release(i)
	case a.kind == dhcp4.Ack:
		r.answered(c, at)
		r.count.exchange[c.waits].acked++
		if c.waits != inform {
			c.address, c.bound = a.address, true
			r.wire.hold(a.address, i)
		}
		r.release(i)
	default:
		r.count.strays++
	}
}

// answered notes how long the answer took.
func (r *Run) answered(c *client, at time.Time) {
	e := &r.count.exchange[c.waits]
	e.received++
	e.delays.add(time.Duration(at.UnixNano() - c.sent))
	r.last = at
	r.waiting--
}
