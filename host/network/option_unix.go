//go:build unix

package network

import (
	"fmt"
	"net/netip"

	"golang.org/x/sys/unix"
)

// An option is one of setsockopt(2): how a Go value goes in and comes out.
type option struct {
	level, name int
	set         func(fd, level, name int, value any) error
	get         func(fd, level, name int) (any, error)
}

// options are those that every unix has, by LuaSocket's names; systemOptions adds the rest.
var options = map[string]option{
	"keepalive":            {unix.SOL_SOCKET, unix.SO_KEEPALIVE, setBool, getBool},
	"reuseaddr":            {unix.SOL_SOCKET, unix.SO_REUSEADDR, setBool, getBool},
	"reuseport":            {unix.SOL_SOCKET, unix.SO_REUSEPORT, setBool, getBool},
	"dontroute":            {unix.SOL_SOCKET, unix.SO_DONTROUTE, setBool, getBool},
	"broadcast":            {unix.SOL_SOCKET, unix.SO_BROADCAST, setBool, getBool},
	"recv-buffer-size":     {unix.SOL_SOCKET, unix.SO_RCVBUF, setInt, getInt},
	"send-buffer-size":     {unix.SOL_SOCKET, unix.SO_SNDBUF, setInt, getInt},
	"linger":               {unix.SOL_SOCKET, unix.SO_LINGER, setLinger, getLinger},
	"error":                {unix.SOL_SOCKET, unix.SO_ERROR, nil, getInt},
	"tcp-nodelay":          {unix.IPPROTO_TCP, unix.TCP_NODELAY, setBool, getBool},
	"ip-ttl":               {unix.IPPROTO_IP, unix.IP_TTL, setInt, getInt},
	"ip-tos":               {unix.IPPROTO_IP, unix.IP_TOS, setInt, getInt},
	"ip-multicast-ttl":     {unix.IPPROTO_IP, unix.IP_MULTICAST_TTL, setByte, getByte},
	"ip-multicast-loop":    {unix.IPPROTO_IP, unix.IP_MULTICAST_LOOP, setByteBool, getByteBool},
	"ip-multicast-if":      {unix.IPPROTO_IP, unix.IP_MULTICAST_IF, setAddr, getAddr},
	"ip-add-membership":    {unix.IPPROTO_IP, unix.IP_ADD_MEMBERSHIP, setMembership4, nil},
	"ip-drop-membership":   {unix.IPPROTO_IP, unix.IP_DROP_MEMBERSHIP, setMembership4, nil},
	"ipv6-v6only":          {unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, setBool, getBool},
	"ipv6-unicast-hops":    {unix.IPPROTO_IPV6, unix.IPV6_UNICAST_HOPS, setInt, getInt},
	"ipv6-tclass":          {unix.IPPROTO_IPV6, unix.IPV6_TCLASS, setInt, getInt},
	"ipv6-multicast-hops":  {unix.IPPROTO_IPV6, unix.IPV6_MULTICAST_HOPS, setInt, getInt},
	"ipv6-multicast-loop":  {unix.IPPROTO_IPV6, unix.IPV6_MULTICAST_LOOP, setBool, getBool},
	"ipv6-add-membership":  {unix.IPPROTO_IPV6, unix.IPV6_JOIN_GROUP, setMembership6, nil},
	"ipv6-drop-membership": {unix.IPPROTO_IPV6, unix.IPV6_LEAVE_GROUP, setMembership6, nil},
}

// findOption looks a name up.
func findOption(name string) (option, error) {
	if o, ok := systemOptions[name]; ok {
		return o, nil
	}
	if o, ok := options[name]; ok {
		return o, nil
	}
	return option{}, unsupported(fmt.Sprintf("option '%s'", name))
}

// SetOption sets one option.
func (s *socket) SetOption(name string, value any) error {
	d, err := s.use()
	if err == nil {
		err = d.setOption(name, value)
	}
	if err != nil {
		return s.fail("setsockopt", err)
	}
	return nil
}

// setOption sets one option of a descriptor.
func (d *descriptor) setOption(name string, value any) error {
	o, err := findOption(name)
	if err != nil {
		return err
	}
	if o.set == nil {
		return fmt.Errorf("option '%s' can only be read", name)
	}
	return d.control(func(fd int) error { return o.set(fd, o.level, o.name, value) })
}

// Option reads one option.
func (s *socket) Option(name string) (v any, err error) {
	o, err := findOption(name)
	if err == nil && o.get == nil {
		err = fmt.Errorf("option '%s' can only be set", name)
	}
	if err == nil {
		err = s.control(func(fd int) (err error) {
			v, err = o.get(fd, o.level, o.name)
			return err
		})
	}
	if err != nil {
		return nil, s.fail("getsockopt", err)
	}
	return v, nil
}

// need asserts the Go type of an option's value.
func need[T any](value any) (T, error) {
	v, ok := value.(T)
	if !ok {
		return v, fmt.Errorf("option value: want %T, got %T", v, value)
	}
	return v, nil
}

func setInt(fd, level, name int, value any) error {
	v, err := need[int](value)
	if err != nil {
		return err
	}
	return unix.SetsockoptInt(fd, level, name, v)
}

func getInt(fd, level, name int) (any, error) { return unix.GetsockoptInt(fd, level, name) }

func setBool(fd, level, name int, value any) error {
	v, err := need[bool](value)
	if err != nil {
		return err
	}
	return unix.SetsockoptInt(fd, level, name, bit(v))
}

func getBool(fd, level, name int) (any, error) {
	v, err := unix.GetsockoptInt(fd, level, name)
	return v != 0, err
}

func bit(v bool) int {
	if v {
		return 1
	}
	return 0
}

// The multicast options of IPv4 are single bytes on BSD, and may be on Linux.
func setByte(fd, level, name int, value any) error {
	v, err := need[int](value)
	if err != nil {
		return err
	}
	if v < 0 || v > 255 {
		return unix.EINVAL
	}
	return unix.SetsockoptByte(fd, level, name, byte(v))
}

func getByte(fd, level, name int) (any, error) { return unix.GetsockoptInt(fd, level, name) }

func setByteBool(fd, level, name int, value any) error {
	v, err := need[bool](value)
	if err != nil {
		return err
	}
	return unix.SetsockoptByte(fd, level, name, byte(bit(v)))
}

func getByteBool(fd, level, name int) (any, error) { return getBool(fd, level, name) }

func setLinger(fd, level, name int, value any) error {
	v, err := need[Linger](value)
	if err != nil {
		return err
	}
	return unix.SetsockoptLinger(fd, level, name, &unix.Linger{Onoff: int32(bit(v.On)), Linger: int32(v.Seconds)})
}

func getLinger(fd, level, name int) (any, error) {
	v, err := unix.GetsockoptLinger(fd, level, name)
	if err != nil {
		return nil, err
	}
	return Linger{On: v.Onoff != 0, Seconds: int(v.Linger)}, nil
}

func setAddr(fd, level, name int, value any) error {
	v, err := need[netip.Addr](value)
	if err != nil {
		return err
	}
	if !v.Unmap().Is4() {
		return unix.EINVAL
	}
	return unix.SetsockoptInet4Addr(fd, level, name, v.Unmap().As4())
}

func getAddr(fd, level, name int) (any, error) {
	v, err := unix.GetsockoptInet4Addr(fd, level, name)
	return netip.AddrFrom4(v), err
}

func setMembership4(fd, level, name int, value any) error {
	v, err := need[Membership](value)
	if err != nil {
		return err
	}
	if !v.Group.Unmap().Is4() {
		return unix.EINVAL
	}
	req := unix.IPMreqn{Multiaddr: v.Group.Unmap().As4(), Ifindex: int32(v.Index)}
	if v.Interface.Unmap().Is4() {
		req.Address = v.Interface.Unmap().As4()
	}
	return unix.SetsockoptIPMreqn(fd, level, name, &req)
}

func setMembership6(fd, level, name int, value any) error {
	v, err := need[Membership](value)
	if err != nil {
		return err
	}
	if !v.Group.Is6() {
		return unix.EINVAL
	}
	return unix.SetsockoptIPv6Mreq(fd, level, name, &unix.IPv6Mreq{Multiaddr: v.Group.As16(), Interface: uint32(v.Index)})
}
