package socket

import (
	"net"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// maxPath is the longest path of a Unix socket (unix(7), sun_path without its end).
const maxPath = 107

// unixBind is master:bind(path). A refused bind closes the socket.
func unixBind(L *lua.LState) int {
	s := unixStream.check(L, master)
	path := checkString(L, 2)
	switch {
	case len(path) > maxPath:
		return refuse(L, errPathTooLong)
	case s.d == nil || s.d.stream == nil:
		return refuse(L, errBadDescriptor)
	}
	err := s.d.stream.Bind(decl.HostOf(L).Context(), path)
	if s.watched() {
		s.tell(L, ended("bind", err))
	}
	if err != nil {
		s.drop(L)
		return refuse(L, err)
	}
	return done(L)
}

// unixConnect is master:connect(path). A refused connect closes the socket.
func unixConnect(L *lua.LState) int {
	s := unixStream.check(L, master)
	path := checkString(L, 2)
	switch {
	case len(path) > maxPath:
		return refuse(L, errPathTooLong)
	case s.d == nil || s.d.stream == nil:
		return refuse(L, errClosed)
	}
	if err := s.connectTo(L, path); err != nil {
		s.drop(L)
		return refuse(L, err)
	}
	s.become(L.Get(1).(*lua.LUserData), unixStream.classes[client])
	return done(L)
}

// unixDgramBind is unconnected:bind(path).
func unixDgramBind(L *lua.LState) int {
	s := unixDgram.checkDgram(L, unconnected)
	path := checkString(L, 2)
	switch {
	case len(path) > maxPath:
		return refuse(L, errPathTooLong)
	case s.d == nil || s.d.packet == nil:
		return refuse(L, errBadDescriptor)
	}
	if err := s.conclude(L, "bind", s.d.packet.Bind(unixAddr(path))); err != nil {
		return refuse(L, err)
	}
	return done(L)
}

// conclude tells of a datagram socket's bind or connect; one that failed closes the socket.
func (s *object) conclude(L *lua.LState, op string, err error) error {
	if s.watched() {
		s.tell(L, ended(op, err))
	}
	if err != nil {
		s.drop(L)
	}
	return err
}

// unixDgramConnect is sock:connect(path).
func unixDgramConnect(L *lua.LState) int {
	s := unixDgram.dgram(L)
	path := checkString(L, 2)
	switch {
	case len(path) > maxPath:
		return refuse(L, errPathTooLong)
	case s.d == nil || s.d.packet == nil:
		return refuse(L, errClosed)
	}
	if err := s.conclude(L, "connect", s.d.packet.Connect(unixAddr(path))); err != nil {
		return refuse(L, err)
	}
	s.become(L.Get(1).(*lua.LUserData), unixDgram.classes[connected])
	return done(L)
}

// unixSendto is unconnected:sendto(datagram, path).
func unixSendto(L *lua.LState) int {
	s := unixDgram.checkDgram(L, unconnected)
	data, path := checkString(L, 2), checkString(L, 3)
	if len(path) > maxPath {
		return refuse(L, errPathTooLong)
	}
	return s.transmit(L, data, unixAddr(path))
}

// unixReceivefrom is unconnected:receivefrom([size]): datagram, path. The path is empty when the sender bound none.
func unixReceivefrom(L *lua.LState) int {
	s := unixDgram.checkDgram(L, unconnected)
	data, from, err := s.take(L, "receivefrom")
	if err != nil {
		return refuseDgram(L, err)
	}
	path := ""
	if a, ok := from.(*net.UnixAddr); ok && a != nil {
		path = a.Name
	}
	L.Push(lua.LString(data))
	L.Push(lua.LString(path))
	return 2
}

func unixAddr(path string) *net.UnixAddr { return &net.UnixAddr{Name: path, Net: "unixgram"} }
