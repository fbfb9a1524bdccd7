package network

import (
	"context"
	"net/netip"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ReadError waits for the next entry of the error queue.
func (p *packetConn) ReadError(ctx context.Context) (PacketError, error) {
	for {
		e, err := p.tryError()
		if err == nil {
			return e, nil
		}
		if err != os.ErrDeadlineExceeded {
			return PacketError{}, p.fail("read", err)
		}
		if err := p.Ready(ctx, Failed); err != nil {
			return PacketError{}, p.fail("read", err)
		}
	}
}

// tryError takes an entry that is there. A pending error that has no entry, as sockets without the queue have them, is
// an entry of its own.
func (p *packetConn) tryError() (e PacketError, err error) {
	b, oob := make([]byte, 64<<10), make([]byte, 2*oobSize)
	err = p.control(func(fd int) error {
		var (
			nob int
			to  unix.Sockaddr
		)
		n, err := again(func() (n int, err error) {
			n, nob, _, to, err = unix.Recvmsg(fd, b, oob, unix.MSG_ERRQUEUE)
			return n, err
		})
		if err == os.ErrDeadlineExceeded {
			if errno, _ := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR); errno != 0 {
				e = PacketError{Errno: unix.Errno(errno), Origin: "local"}
				return nil
			}
		}
		if err != nil {
			return err
		}
		e.parse(oob[:nob])
		e.Payload = append([]byte(nil), b[:n]...)
		e.Dst = sockaddrPort(to)
		return nil
	})
	return e, err
}

// The places an error comes from (linux/errqueue.h).
var origins = map[uint8]string{
	unix.SO_EE_ORIGIN_LOCAL: "local",
	unix.SO_EE_ORIGIN_ICMP:  "icmp",
	unix.SO_EE_ORIGIN_ICMP6: "icmp6",
}

// parse reads the control message of an entry: struct sock_extended_err and the address of whoever sent the error.
func (e *PacketError) parse(oob []byte) {
	for len(oob) > 0 {
		h, data, rest, err := unix.ParseOneSocketControlMessage(oob)
		if err != nil {
			return
		}
		oob = rest
		v4 := h.Level == unix.SOL_IP && h.Type == unix.IP_RECVERR
		v6 := h.Level == unix.SOL_IPV6 && h.Type == unix.IPV6_RECVERR
		if !v4 && !v6 {
			continue
		}
		ee := (*unix.SockExtendedErr)(unsafe.Pointer(&data[0]))
		e.Errno, e.Origin = unix.Errno(ee.Errno), origins[ee.Origin]
		e.Type, e.Code = int(ee.Type), int(ee.Code)
		if unix.Errno(ee.Errno) == unix.EMSGSIZE {
			e.MTU = int(ee.Info)
		}
		if ee.Origin != unix.SO_EE_ORIGIN_LOCAL {
			e.Offender = offender(data[unsafe.Sizeof(*ee):])
		}
	}
}

// offender reads the socket address behind an extended error.
func offender(b []byte) netip.Addr {
	if len(b) < unix.SizeofSockaddrInet4 {
		return netip.Addr{}
	}
	switch family := (*unix.RawSockaddr)(unsafe.Pointer(&b[0])).Family; {
	case family == unix.AF_INET:
		return netip.AddrFrom4([4]byte(b[4:8]))
	case family == unix.AF_INET6 && len(b) >= unix.SizeofSockaddrInet6:
		return netip.AddrFrom16([16]byte(b[8:24]))
	}
	return netip.Addr{}
}

func sockaddrPort(sa unix.Sockaddr) netip.AddrPort {
	switch sa := sa.(type) {
	case *unix.SockaddrInet4:
		return netip.AddrPortFrom(netip.AddrFrom4(sa.Addr), uint16(sa.Port))
	case *unix.SockaddrInet6:
		return netip.AddrPortFrom(netip.AddrFrom16(sa.Addr), uint16(sa.Port))
	}
	return netip.AddrPort{}
}

// PathMTU asks a socket that is connected to dst: the route's MTU, or less once a router said so.
func (p *packetConn) PathMTU(dst netip.Addr) (int, error) {
	mtu := 0
	err := p.k.inside(func() error {
		domain, level, name := unix.AF_INET, unix.SOL_IP, unix.IP_MTU
		if !dst.Unmap().Is4() {
			domain, level, name = unix.AF_INET6, unix.SOL_IPV6, unix.IPV6_MTU
		}
		sa, err := p.k.ipSockaddr(netip.AddrPortFrom(dst, 9), domain)
		if err != nil {
			return err
		}
		fd, err := newSocket(domain, unix.SOCK_DGRAM, 0)
		if err != nil {
			return err
		}
		defer unix.Close(fd)
		if err := unix.Connect(fd, sa); err != nil {
			return err
		}
		mtu, err = unix.GetsockoptInt(fd, level, name)
		return err
	})
	if err != nil {
		return 0, p.fail("mtu", err)
	}
	return mtu, nil
}
