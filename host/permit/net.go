package permit

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// A Net is a part of the networks: addresses or names, and a port and a protocol there.
type Net struct {
	Prefix   netip.Prefix // the zero one: Host says it; without a Host every address is meant
	Host     string       // a name, "*.example.com" for all names below, Anything
	Port     uint16       // 0: every port
	Protocol string       // "udp", "tcp", "icmp" (ICMPv6 too), or an IP protocol's number; "": every one
}

// protocols are the words that may end a Net.
var protocols = []string{"udp", "tcp", "icmp"}

// ParseNet reads "10.0.0.0/8:67/udp", "192.0.2.1:67", "fd00::/8:547/udp", "[fd00::1]:547", an address alone, or a name in
// an address's place: "example.com:443/tcp", "*.example.com", "*" for every address.
func ParseNet(text string) (Net, error) {
	n, rest := Net{}, strings.TrimSpace(text)
	rest, n.Protocol = cutProtocol(rest)
	addr, port, ported := cutPort(rest)
	if ported {
		number, err := strconv.ParseUint(port, 10, 16)
		if err != nil || number == 0 {
			return Net{}, malformed(text)
		}
		n.Port = uint16(number)
	}
	var ok bool
	if n.Prefix, ok = prefix(addr); ok {
		return n, nil
	}
	if n.Host, ok = hostName(addr); !ok {
		return Net{}, malformed(text)
	}
	return n, nil
}

func malformed(text string) error {
	return fmt.Errorf("network such as 10.0.0.0/8:67/udp expected, got '%s'", text)
}

// cutProtocol parts "/udp" or "/89" from the end. A number is one only behind a port or a prefix, or it would be a length.
func cutProtocol(text string) (rest, protocol string) {
	rest, last, found := cutLast(text, "/")
	if !found {
		return text, ""
	}
	if slices.Contains(protocols, last) {
		return rest, last
	}
	if _, err := strconv.ParseUint(last, 10, 8); err == nil && last == strings.TrimLeft(last, "0") && strings.Contains(rest, "/") {
		return rest, protocolName(last)
	}
	return text, ""
}

// numbers are the protocols' numbers (IANA), as Nets have them.
var numbers = map[string]string{"1": "icmp", "58": "icmp", "6": "tcp", "17": "udp"}

func protocolName(number string) string {
	if name, ok := numbers[number]; ok {
		return name
	}
	return number
}

func cutLast(text, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(text, sep); i >= 0 {
		return text[:i], text[i+len(sep):], true
	}
	return text, "", false
}

// cutPort parts the port from an address, a prefix or a name.
func cutPort(text string) (addr, port string, found bool) {
	addr, bits, isPrefix := strings.Cut(text, "/")
	switch {
	case isPrefix:
		bits, port, found = strings.Cut(bits, ":")
		return strings.Trim(addr, "[]") + "/" + bits, port, found
	case strings.HasPrefix(addr, "["):
		addr, port, _ = strings.Cut(addr[1:], "]")
		port, found = strings.CutPrefix(port, ":")
		return addr, port, found || port != ""
	case strings.Count(addr, ":") == 1:
		return strings.Cut(addr, ":")
	}
	return addr, "", false
}

// prefix reads a prefix, or an address, which is one of its whole length.
func prefix(text string) (netip.Prefix, bool) {
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		return whole(a), true
	}
	p, err := netip.ParsePrefix(text)
	if err == nil && p.Addr().Is4In6() && p.Bits() >= 96 {
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p.Masked(), err == nil
}

// whole is the prefix that holds one address.
func whole(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	return netip.PrefixFrom(a, a.BitLen())
}

// hostName reads a name, "*.NAME" or "*". Numbers with dots are none: resolvers take some of them for addresses.
func hostName(text string) (string, bool) {
	name := canonical(text)
	if name == Anything {
		return name, true
	}
	labels := strings.Split(strings.TrimPrefix(name, "*."), ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" || l[0] == '-' {
			return "", false
		}
	}
	last := labels[len(labels)-1]
	return name, len(name) <= 253 && !isNumber(last)
}

// isNumber says whether a label could be part of an address that is written in numbers (inet_aton).
func isNumber(label string) bool {
	_, err := strconv.ParseUint(label, 0, 64)
	return err == nil || strings.Trim(label, "0123456789") == ""
}

// canonical is a name as it is compared: in small letters, without the dot of the root.
func canonical(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// String is n as ParseNet reads it.
func (n Net) String() string {
	s := n.Host
	switch {
	case s != "":
	case !n.Prefix.IsValid():
		s = Anything
	case n.Prefix.IsSingleIP() && n.Port != 0 && n.Prefix.Addr().Is6():
		s = "[" + n.Prefix.Addr().String() + "]"
	case n.Prefix.IsSingleIP():
		s = n.Prefix.Addr().String()
	default:
		s = n.Prefix.String()
	}
	if n.Port != 0 {
		s += ":" + strconv.Itoa(int(n.Port))
	}
	if n.Protocol == "" {
		return s
	}
	if numeric := strings.Trim(n.Protocol, "0123456789") == ""; numeric && n.Prefix.IsSingleIP() {
		s = strings.Replace(s, n.Prefix.Addr().String(), n.Prefix.String(), 1)
		s = strings.NewReplacer("[", "", "]", "").Replace(s)
	}
	return s + "/" + n.Protocol
}

// every says whether n holds all addresses.
func (n Net) every() bool { return n.Host == Anything || n.Host == "" && !n.Prefix.IsValid() }

// Covers says whether n holds all of part.
func (n Net) Covers(part Net) bool {
	return n.holds(part) && (n.Port == 0 || n.Port == part.Port) && (n.Protocol == "" || n.Protocol == part.Protocol)
}

// holds says whether the addresses of n are all of part's.
func (n Net) holds(part Net) bool {
	switch {
	case n.every():
		return true
	case part.every():
		return false
	case n.Host != "" || part.Host != "":
		return n.Host != "" && names(n.Host, part.Host)
	}
	return n.Prefix.Bits() <= part.Prefix.Bits() && n.Prefix.Contains(part.Prefix.Addr())
}

// names says whether a granted name, perhaps "*.example.com", is or holds name.
func names(granted, name string) bool {
	if granted == name {
		return true
	}
	below, pattern := strings.CutPrefix(granted, "*.")
	return pattern && strings.HasSuffix(name, "."+below)
}
