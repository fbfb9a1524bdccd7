package socket

import (
	"net"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// sendto is unconnected:sendto(datagram, ip, port). The address must be numeric.
func udpSendto(L *lua.LState) int {
	s := udp.checkDgram(L, unconnected)
	data, ip, port := checkString(L, 2), checkString(L, 3), checkString(L, 4)
	ends, err := resolve(L, hints{host: ip, service: port, family: s.family, socktype: "dgram", numeric: true})
	if err != nil {
		return refuse(L, gaiPlain(err))
	}
	if s.family == "unspec" && s.d == nil {
		if err := s.settle(L, ends); err != nil {
			return refuse(L, err)
		}
	}
	return s.transmit(L, data, net.UDPAddrFromAddrPort(ends[0].addr))
}

// settle gives s a descriptor of the first family that has one.
func (s *dgram) settle(L *lua.LState, ends []endpoint) (err error) {
	for _, e := range ends {
		if err = s.create(L, e.family); err == nil {
			s.family = e.family
			return nil
		}
	}
	return err
}

// udpReceivefrom is unconnected:receivefrom([size]): datagram, ip, port.
func udpReceivefrom(L *lua.LState) int {
	s := udp.checkDgram(L, unconnected)
	data, from, err := s.take(L, "receivefrom")
	if err != nil {
		return refuseDgram(L, err)
	}
	at, _ := addrPort(from)
	L.Push(lua.LString(data))
	L.Push(lua.LString(at.Addr().String()))
	L.Push(lua.LNumber(at.Port()))
	return 3
}

// udpGetpeername is connected:getpeername().
func udpGetpeername(L *lua.LState) int {
	udp.checkDgram(L, connected)
	return udp.getpeername(L)
}

// udpSetsockname is sock:setsockname(address, port).
func udpSetsockname(L *lua.LState) int {
	s := udp.checkDgram(L, unconnected)
	address, port := checkString(L, 2), checkString(L, 3)
	err := s.bind(L, address, port)
	if s.watched() {
		s.tell(L, ended("bind", err))
	}
	if err != nil {
		return refuse(L, err)
	}
	return done(L)
}

// bind gives the socket the first address of a name that works.
func (s *dgram) bind(L *lua.LState, address, port string) error {
	ends, err := resolve(L, hints{host: address, service: port, family: s.family, socktype: "dgram", passive: true})
	if err != nil {
		return err
	}
	current := s.family
	for _, e := range ends {
		if err = s.renew(L, &current, e.family); err != nil {
			continue
		}
		if err = s.d.packet.Bind(net.UDPAddrFromAddrPort(e.addr)); err == nil {
			s.family = current
			return nil
		}
	}
	return err
}

// udpSetpeername is sock:setpeername(address, port), or setpeername("*") to disconnect.
func udpSetpeername(L *lua.LState) int {
	s := udp.dgram(L)
	ud := L.Get(1).(*lua.LUserData)
	address := checkString(L, 2)
	if address == "*" {
		if s.d != nil && s.d.packet != nil {
			s.d.packet.Connect(nil) // some systems complain and do it
		}
		s.become(ud, udp.classes[unconnected])
		return done(L)
	}
	err := s.connect(L, address, checkString(L, 3))
	if s.watched() {
		s.tell(L, ended("setpeername", err))
	}
	if err != nil {
		return refuse(L, err)
	}
	s.become(ud, udp.classes[connected])
	return done(L)
}

// connect fixes the far end to the first address of a name that works.
func (s *dgram) connect(L *lua.LState, address, port string) error {
	ends, err := resolve(L, hints{host: address, service: port, family: s.family, socktype: "dgram"})
	if err != nil {
		return err
	}
	current := s.family
	for _, e := range ends {
		if err = s.renew(L, &current, e.family); err != nil {
			continue
		}
		err = s.d.packet.Connect(net.UDPAddrFromAddrPort(e.addr))
		if err == nil || s.tm.block == 0 {
			s.family = current
			return err
		}
	}
	return err
}

// renew gives s a descriptor of the wanted family; one of another family is given up.
func (s *dgram) renew(L *lua.LState, current *string, family string) error {
	if *current == family && s.d != nil && s.d.packet != nil {
		return nil
	}
	if s.d != nil {
		decl.HostOf(L).Disown(s)
		s.Close()
	}
	if err := s.create(L, family); err != nil {
		return err
	}
	*current = family
	return nil
}
