package network

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	oobSize   = 256            // holds every control message that watchAll asks for
	recvFlags = unix.MSG_TRUNC // recvmsg(2) tells the whole length of a datagram that is longer than the buffer
)

// watchAll asks for the control messages of Meta, and for the error queue. A socket of IPv6 takes IPv4's options, too:
// for what comes to it in mapped form.
func (d *descriptor) watchAll(metadata, errs bool) error {
	ip4 := []int{unix.IP_PKTINFO, unix.IP_RECVTTL, unix.IP_RECVTOS}
	ip6 := []int{unix.IPV6_RECVPKTINFO, unix.IPV6_RECVHOPLIMIT, unix.IPV6_RECVTCLASS}
	if !metadata {
		ip4, ip6 = nil, nil
	}
	if errs {
		ip4, ip6 = append(ip4, unix.IP_RECVERR), append(ip6, unix.IPV6_RECVERR)
	}
	if d.domain == unix.AF_UNIX {
		ip4 = nil
	}
	return d.control(func(fd int) error {
		if metadata {
			if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_TIMESTAMPNS, 1); err != nil {
				return err
			}
		}
		for _, name := range ip4 {
			if err := unix.SetsockoptInt(fd, unix.SOL_IP, name, 1); err != nil && d.domain == unix.AF_INET {
				return err
			}
		}
		if d.domain != unix.AF_INET6 {
			return nil
		}
		for _, name := range ip6 {
			if err := unix.SetsockoptInt(fd, unix.SOL_IPV6, name, 1); err != nil {
				return err
			}
		}
		return nil
	})
}

// setDF sets the policy for datagrams that are too long for the path (ip(7), IP_MTU_DISCOVER).
func (d *descriptor) setDF(df DF) error {
	level, name := unix.SOL_IP, unix.IP_MTU_DISCOVER
	if d.domain == unix.AF_INET6 {
		level, name = unix.SOL_IPV6, unix.IPV6_MTU_DISCOVER
	}
	return d.control(func(fd int) error {
		return unix.SetsockoptInt(fd, level, name, int(df-DFDont)+unix.IP_PMTUDISC_DONT)
	})
}

// parse fills m from the control messages of a received datagram.
func (m *Meta) parse(oob []byte) {
	for len(oob) > 0 {
		h, data, rest, err := unix.ParseOneSocketControlMessage(oob)
		if err != nil {
			return
		}
		oob = rest
		switch [2]int32{h.Level, h.Type} {
		case [2]int32{unix.SOL_IP, unix.IP_PKTINFO}: // index, local address, destination of the header
			m.Interface = int(number(data))
			m.Local = netip.AddrFrom4([4]byte(data[8:12]))
		case [2]int32{unix.SOL_IP, unix.IP_TTL}, [2]int32{unix.SOL_IPV6, unix.IPV6_HOPLIMIT}:
			m.TTL = int(number(data))
		case [2]int32{unix.SOL_IP, unix.IP_TOS}:
			m.TOS = int(data[0])
		case [2]int32{unix.SOL_IPV6, unix.IPV6_TCLASS}:
			m.TOS = int(number(data))
		case [2]int32{unix.SOL_IPV6, unix.IPV6_PKTINFO}:
			if m.Local.IsValid() {
				break // the same in mapped form
			}
			m.Local = netip.AddrFrom16([16]byte(data[:16]))
			m.Interface = int(number(data[16:]))
		case [2]int32{unix.SOL_SOCKET, unix.SCM_TIMESTAMPNS}:
			ts := (*unix.Timespec)(unsafe.Pointer(&data[0]))
			m.Time = time.Unix(ts.Unix())
		}
	}
}

func number(b []byte) uint32 { return binary.NativeEndian.Uint32(b) }

// control makes the control messages that send a datagram as m says.
func (m *Meta) control(domain int) ([]byte, error) {
	var oob []byte
	add := func(level, typ int, data []byte) {
		b := make([]byte, unix.CmsgSpace(len(data)))
		h := (*unix.Cmsghdr)(unsafe.Pointer(&b[0]))
		h.Level, h.Type = int32(level), int32(typ)
		h.SetLen(unix.CmsgLen(len(data)))
		copy(b[unix.CmsgLen(0):], data)
		oob = append(oob, b...)
	}
	num := func(n int) []byte { return binary.NativeEndian.AppendUint32(nil, uint32(n)) }
	v6 := domain == unix.AF_INET6
	if m.TTL < 0 || m.TTL > 255 || m.TOS < 0 || m.TOS > 255 {
		return nil, unix.EINVAL
	}
	if m.TTL > 0 && v6 {
		add(unix.SOL_IPV6, unix.IPV6_HOPLIMIT, num(m.TTL))
	} else if m.TTL > 0 {
		add(unix.SOL_IP, unix.IP_TTL, num(m.TTL))
	}
	if m.TOS > 0 && v6 {
		add(unix.SOL_IPV6, unix.IPV6_TCLASS, num(m.TOS))
	} else if m.TOS > 0 {
		add(unix.SOL_IP, unix.IP_TOS, num(m.TOS))
	}
	if !m.Local.IsValid() && m.Interface == 0 {
		return oob, nil
	}
	if v6 {
		var a [16]byte
		if m.Local.IsValid() {
			a = m.Local.As16()
		}
		add(unix.SOL_IPV6, unix.IPV6_PKTINFO, append(a[:], num(m.Interface)...))
		return oob, nil
	}
	var a [4]byte
	if m.Local.IsValid() {
		if !m.Local.Unmap().Is4() {
			return nil, unix.EAFNOSUPPORT
		}
		a = m.Local.Unmap().As4()
	}
	add(unix.SOL_IP, unix.IP_PKTINFO, append(append(num(m.Interface), a[:]...), 0, 0, 0, 0))
	return oob, nil
}

// privilege says what a socket that was refused needs.
func privilege(family string, err error) error {
	if !errors.Is(err, unix.EPERM) && !errors.Is(err, unix.EACCES) {
		return err
	}
	switch family[:2] {
	case "pi":
		return fmt.Errorf("%w (needs the group in net.ipv4.ping_group_range: sysctl -w net.ipv4.ping_group_range='0 2147483647'; or run as root)", err)
	case "li":
		return fmt.Errorf("%w (needs CAP_NET_RAW: run as root, or --lab; moonwire doctor shows how)", err)
	case "ip":
		return fmt.Errorf("%w (needs CAP_NET_RAW: run as root)", err)
	}
	return err
}
