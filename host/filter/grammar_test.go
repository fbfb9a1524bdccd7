package filter_test

import (
	"fmt"
	"strings"
)

// expression makes an expression of the filter language; most of them mean something.
func (f forge) expression(depth int) string {
	var b strings.Builder
	b.WriteString(f.term(depth))
	for range f.IntN(3) {
		b.WriteString(pick(f, " and ", " or ", " and ", " or ", " && ", "||"))
		if f.chance(6) {
			b.WriteString(f.bare())
		} else {
			b.WriteString(f.term(depth))
		}
	}
	return b.String()
}

// mangle changes an expression so that it may mean nothing any more.
func (f forge) mangle(expression string) string {
	b := []byte(expression)
	at := f.IntN(len(b))
	switch f.IntN(3) {
	case 0:
		return string(append(b[:at:at], b[f.IntN(len(b)):]...))
	case 1:
		b[at] = pick(f, []byte(" ()[]0123456789abcdef.:-+*/%&|!<>=\\")...)
		return string(b)
	}
	return string(b[:at])
}

func (f forge) term(depth int) string {
	if depth > 0 {
		switch f.IntN(8) {
		case 0:
			return "not " + f.term(depth-1)
		case 1, 2:
			return "(" + f.expression(depth-1) + ")"
		case 3:
			return f.arithmetic(depth) + pick(f, " = ", " != ", " < ", " <= ", " > ", " >= ", "==") + f.arithmetic(depth-1)
		}
	}
	switch f.IntN(10) {
	case 0, 1:
		return f.direction() + pick(f, "", "host ", "net ") + f.host()
	case 2, 3:
		return pick(f, "", "", "tcp ", "udp ", "sctp ") + f.direction() + "port " + f.port()
	case 4:
		return pick(f, "", "tcp ", "udp ") + f.direction() + fmt.Sprintf("portrange %s-%s", f.port(), f.port())
	case 5:
		return pick(f, "ip proto 6", "ip6 proto 17", "proto 1", "ether proto 0x800", "ether proto 0x42", "ether proto 0xfe",
			"iso proto 0x83", "ip multicast", "ip6 multicast", "ip broadcast", "multicast", "broadcast", "less 80", "greater 90")
	case 6:
		return pick(f, "vlan", "vlan 5", "mpls", "mpls 100", "pppoes", "pppoes 0x27", "pppoed", "geneve", "geneve 5", "llc", "llc u",
			"vlan and ip", "vlan and vlan 1")
	case 7:
		return f.field() + pick(f, " = ", " != ", " > ", " & 1 = ", " < ") + fmt.Sprint(pick(f, 0, 1, 2, 6, 64, 80, 255, 1500))
	case 8:
		return pick(f, "ether ", "ether src ", "ether dst ", "wlan host ", "wlan ra ", "wlan addr3 ") + pick(f, "host ", "") +
			pick(f, "2:0:0:0:0:1", "ff:ff:ff:ff:ff:ff", "2-0-0-0-0-2")
	}
	return pick(f, "ip", "ip6", "arp", "rarp", "tcp", "udp", "icmp", "icmp6", "sctp", "igmp", "esp", "stp", "iso", "isis", "l1", "l2",
		"ipx", "atalk", "aarp", "netbeui", "decnet", "lat", "type data", "type mgt subtype beacon", "dir tods", "inbound")
}

func (f forge) direction() string {
	return pick(f, "", "", "src ", "dst ", "src or dst ", "src and dst ", "ip src ", "arp dst ", "ip6 src ")
}

func (f forge) host() string {
	return pick(f, "10.0.0.1", "10.0.0.2", "192.168.1.77", "10", "192.168", "192.168.1.0/24", "10.0.0.0/8", "10.0.0.0/31",
		"2001:db8::1", "2001:db8::/32", "fe80::1", "::", "ff00::/8", "10.0 mask 255.255.0.0", "224.0.0.1")
}

func (f forge) port() string { return fmt.Sprint(pick(f, ports...)) }

// bare is an id that takes the qualifiers of what stands before.
func (f forge) bare() string {
	return pick(f, "80", "53", "10.0.0.2", "192.168.1.1", "2001:db8::1", "(80 or 443)", "(10.0.0.1 or 10.0.0.2)", "not 10.0.0.1", "6")
}

func (f forge) field() string {
	size := pick(f, "", "", ":1", ":2", ":4")
	return fmt.Sprintf("%s[%s%s]", pick(f, "ether", "ip", "ip", "tcp", "udp", "icmp", "ip6", "icmp6", "arp", "link", "sctp"),
		pick(f, "0", "2", "6", "9", "12", "13", "16", "20", "60"), size)
}

func (f forge) arithmetic(depth int) string {
	if depth <= 0 {
		return pick(f, f.field(), f.field(), "len", fmt.Sprint(pick(f, 0, 1, 2, 4, 15, 20, 64, 255, 1500)))
	}
	switch f.IntN(6) {
	case 0:
		return "(" + f.arithmetic(depth-1) + ")"
	case 1:
		return "-" + f.arithmetic(depth-1)
	case 2:
		return fmt.Sprintf("%s[%s]", pick(f, "ether", "ip", "tcp"), f.arithmetic(depth-1))
	}
	return f.arithmetic(depth-1) + pick(f, " + ", "-", " * ", " / ", " & ", " | ", " << ", " >> ", " % ", " ^ ") + f.arithmetic(depth-1)
}
