package socket

import (
	"net"
	"net/netip"
	"syscall"

	lua "github.com/yuin/gopher-lua"
)

// getsockname is sock:getsockname(): address, port and family of this end.
func (k *kind) getsockname(L *lua.LState) int {
	o := k.checkAny(L)
	if o.d == nil {
		return refuse(L, errBadDescriptor)
	}
	return o.pushName(L, o.d.socket.LocalAddr(), syscall.EBADF)
}

// getpeername is sock:getpeername(): address, port and family of the far end.
func (k *kind) getpeername(L *lua.LState) int {
	o := k.checkAny(L)
	if o.d == nil {
		return refuse(L, errBadDescriptor)
	}
	return o.pushName(L, o.d.peer(), syscall.ENOTCONN)
}

// pushName pushes an address: ip, port and family, or the path of a Unix socket.
func (o *object) pushName(L *lua.LState, a net.Addr, none error) int {
	if u, ok := a.(*net.UnixAddr); ok {
		if u == nil {
			L.Push(lua.LString(""))
		} else {
			L.Push(lua.LString(u.Name))
		}
		return 1
	}
	at, ok := addrPort(a)
	if !ok {
		return refuse(L, none)
	}
	L.Push(lua.LString(at.Addr().String()))
	L.Push(lua.LNumber(at.Port()))
	L.Push(lua.LString(o.family))
	return 3
}

// addrPort is a TCP or UDP address.
func addrPort(a net.Addr) (netip.AddrPort, bool) {
	switch a := a.(type) {
	case *net.TCPAddr:
		return a.AddrPort(), a != nil
	case *net.UDPAddr:
		return a.AddrPort(), a != nil
	}
	return netip.AddrPort{}, false
}
