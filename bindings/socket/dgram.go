package socket

import (
	"net"
	"unsafe"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// A dgram is a UDP or Unix datagram socket.
type dgram struct {
	object
	reader half
	writer half
}

var (
	udp       = newKind("udp", "unconnected", "connected")
	unixDgram = newKind("unixdgram", "unconnected", "connected")
)

// The states of a dgram, as indices of its kind's classes.
const (
	unconnected = iota
	connected
)

// datagramSize is how much receive takes of a datagram unless told otherwise.
const datagramSize = 8192

// checkDgram wants a datagram socket of the kind in the given state.
func (k *kind) checkDgram(L *lua.LState, state int) *dgram {
	want := k.classes[state]
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if s, ok := ud.Value.(*dgram); ok && s.class == want {
			return s
		}
	}
	argError(L, 1, want.name+" expected")
	return nil
}

// dgram wants a datagram socket of the kind in any state.
func (k *kind) dgram(L *lua.LState) *dgram { return k.checkAny(L).self.(*dgram) }

// newDgram makes socket.udp, udp4, udp6 and socket.unix.dgram.
func newDgram(k *kind, family string) lua.LGFunction {
	return func(L *lua.LState) int {
		lib := libraryOf(L)
		s := &dgram{}
		ud := lib.wrap(L, s, k.classes[unconnected], family)
		if family != "unspec" {
			if err := s.create(L, family); err != nil {
				return refuse(L, err)
			}
		}
		L.Push(ud)
		return 1
	}
}

// create makes the socket's descriptor.
func (s *dgram) create(L *lua.LState, family string) error {
	ctx := decl.HostOf(L).Context()
	name := map[string]string{"inet": "udp4", "inet6": "udp6", "unix": "unixgram"}[family]
	made, err := network.From(ctx).Packet(ctx, name, &network.SockOpts{V6Only: family == "inet6"})
	if err == nil {
		s.open(L, &descriptor{socket: made, packet: made})
	}
	return err
}

// packet is the open datagram socket of s, or why there is none.
func (s *dgram) packet() (network.PacketConn, error) {
	switch {
	case s.d == nil:
		return nil, errClosed
	case s.d.packet == nil:
		return nil, errBadDescriptor
	}
	return s.d.packet, nil
}

// dgramText is LuaSocket's wording: on a datagram socket, closed means refused.
func dgramText(err error) string {
	if isClosed(err) {
		return "refused"
	}
	return text(err)
}

func refuseDgram(L *lua.LState, err error) int {
	L.Push(lua.LNil)
	L.Push(lua.LString(dgramText(err)))
	return 2
}

// sendMethod is connected:send(datagram).
func (k *kind) sendDatagram(L *lua.LState) int {
	s := k.checkDgram(L, connected)
	return s.transmit(L, checkString(L, 2), nil)
}

// transmit sends one datagram and pushes its length. Several tasks may send at once, unlike on a stream: a datagram
// goes out whole.
func (s *dgram) transmit(L *lua.LState, data string, to net.Addr) int {
	p, err := s.packet()
	if err != nil {
		return refuseDgram(L, err)
	}
	h, lim := &s.writer, s.begin(L)
	payload := unsafe.Slice(unsafe.StringData(data), len(data)) // WriteMsg only reads it
	if at := lim.until(); !lim.never() && h.arm(at) {
		p.SetWriteDeadline(at)
	}
	var n int
	err = decl.HostOf(L).BlockOn(L, p, func() (err error) {
		if lim.never() {
			if err = p.Ready(over, network.Writable); err != nil {
				return err
			}
		}
		n, err = p.WriteMsg(payload, network.Meta{Peer: to})
		return err
	})
	if s.watched() {
		call := network.Call{Name: "send", Bytes: n, Data: data[:n]}
		if to != nil {
			call.Name, call.Here, call.Peer = "sendto", addressText(p.LocalAddr()), addressText(to)
		}
		s.tellResult(L, call, err)
	}
	if err != nil {
		return refuseDgram(L, err)
	}
	L.Push(lua.LNumber(n))
	return 1
}

// receiveDatagram is sock:receive([size]).
func (k *kind) receiveDatagram(L *lua.LState) int {
	s := k.dgram(L)
	data, _, err := s.take(L, "receive")
	if err != nil && !isClosed(err) {
		return refuseDgram(L, err)
	}
	L.Push(lua.LString(data))
	return 1
}

// take receives one datagram; the rest of one longer than size is lost.
func (s *dgram) take(L *lua.LState, name string) ([]byte, net.Addr, error) {
	size := min(max(int(optNumber(L, 2, datagramSize)), 0), 1<<16)
	p, err := s.packet()
	if err != nil {
		return nil, nil, err
	}
	h, lim := &s.reader, s.begin(L)
	if h.busy {
		return nil, nil, errBusyReading
	}
	h.busy = true
	defer func() { h.busy = false }()
	if len(h.data) < size {
		h.data = make([]byte, size)
	}
	if at := lim.until(); !lim.never() && h.arm(at) {
		p.SetReadDeadline(at)
	}
	var meta network.Meta
	err = decl.HostOf(L).BlockOn(L, p, func() (err error) {
		if lim.never() {
			h.n, meta, err = p.TryRead(h.data[:size])
		} else {
			h.n, meta, err = p.ReadMsg(h.data[:size])
		}
		return err
	})
	if err != nil {
		h.n = 0
	}
	data := h.data[:h.n]
	if s.watched() {
		s.tellResult(L, network.Call{Name: name, Bytes: len(data), Data: string(data), Here: addressText(p.LocalAddr()),
			Peer: addressText(meta.Peer)}, err)
	}
	return data, meta.Peer, err
}

// tellResult tells of a call with the words of a datagram socket.
func (s *dgram) tellResult(L *lua.LState, c network.Call, err error) {
	if err != nil {
		c.Err = dgramText(err)
	}
	s.tell(L, c)
}
