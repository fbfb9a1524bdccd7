package network

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// option is the level, the name and the type of one of setsockopt's.
type option struct {
	level, name int
	yesNo       bool
}

// The numbers of winsock that x/sys/windows has no names for.
const (
	soError    = 0x1007
	tcpNoDelay = 0x0001
)

// options are those with a number or a switch as value, by LuaSocket's names.
var options = map[string]option{
	"keepalive":           {windows.SOL_SOCKET, windows.SO_KEEPALIVE, true},
	"reuseaddr":           {windows.SOL_SOCKET, windows.SO_REUSEADDR, true},
	"broadcast":           {windows.SOL_SOCKET, windows.SO_BROADCAST, true},
	"recv-buffer-size":    {windows.SOL_SOCKET, windows.SO_RCVBUF, false},
	"send-buffer-size":    {windows.SOL_SOCKET, windows.SO_SNDBUF, false},
	"error":               {windows.SOL_SOCKET, soError, false},
	"tcp-nodelay":         {windows.IPPROTO_TCP, tcpNoDelay, true},
	"tcp-keepidle":        {windows.IPPROTO_TCP, windows.TCP_KEEPIDLE, false},
	"tcp-keepcnt":         {windows.IPPROTO_TCP, windows.TCP_KEEPCNT, false},
	"tcp-keepintvl":       {windows.IPPROTO_TCP, windows.TCP_KEEPINTVL, false},
	"ip-ttl":              {windows.IPPROTO_IP, windows.IP_TTL, false},
	"ip-multicast-ttl":    {windows.IPPROTO_IP, windows.IP_MULTICAST_TTL, false},
	"ip-multicast-loop":   {windows.IPPROTO_IP, windows.IP_MULTICAST_LOOP, true},
	"ipv6-v6only":         {windows.IPPROTO_IPV6, windows.IPV6_V6ONLY, true},
	"ipv6-unicast-hops":   {windows.IPPROTO_IPV6, windows.IPV6_UNICAST_HOPS, false},
	"ipv6-multicast-hops": {windows.IPPROTO_IPV6, windows.IPV6_MULTICAST_HOPS, false},
	"ipv6-multicast-loop": {windows.IPPROTO_IPV6, windows.IPV6_MULTICAST_LOOP, true},
}

func knownOption(name string) bool {
	_, ok := options[name]
	return ok || name == "linger"
}

func setOption(fd uintptr, name string, value any) error {
	o, h := options[name], windows.Handle(fd)
	switch v := value.(type) {
	case Linger:
		if name == "linger" {
			l := windows.Linger{Linger: int32(v.Seconds)}
			if v.On {
				l.Onoff = 1
			}
			return windows.SetsockoptLinger(h, windows.SOL_SOCKET, windows.SO_LINGER, &l)
		}
	case bool:
		if o.yesNo {
			n := 0
			if v {
				n = 1
			}
			return windows.SetsockoptInt(h, o.level, o.name, n)
		}
	case int:
		if !o.yesNo {
			return windows.SetsockoptInt(h, o.level, o.name, v)
		}
	}
	return fmt.Errorf("option '%s' takes no %T", name, value)
}

func getOption(fd uintptr, name string) (any, error) {
	o, ok := options[name]
	if !ok {
		return nil, unsupported("reading option '" + name + "'")
	}
	n, err := windows.GetsockoptInt(windows.Handle(fd), o.level, o.name)
	if o.yesNo {
		return n != 0, err
	}
	return n, err
}
