package permit

import (
	"context"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// A Net is a part of a network: addresses, and a port and a protocol there.
type Net struct {
	Prefix   netip.Prefix
	Port     uint16 // 0: every port
	Protocol string // "udp" or "tcp"; "": both
}

// protocols are the words that may end a Net.
var protocols = []string{"udp", "tcp"}

// Parse reads "10.0.0.0/8:67/udp", "192.0.2.1:67", "fd00::/8:547/udp", "[fd00::1]:547" or an address alone.
func Parse(text string) (Net, error) {
	n, rest := Net{}, strings.TrimSpace(text)
	for _, p := range protocols {
		if before, found := strings.CutSuffix(rest, "/"+p); found {
			n.Protocol, rest = p, before
		}
	}
	addr, bits, isPrefix := strings.Cut(rest, "/")
	var port string
	switch {
	case isPrefix:
		bits, port, _ = strings.Cut(bits, ":")
		addr = strings.Trim(addr, "[]") + "/" + bits
	case strings.HasPrefix(addr, "["):
		addr, port, _ = strings.Cut(addr[1:], "]")
		port = strings.TrimPrefix(port, ":")
	case strings.Count(addr, ":") == 1:
		addr, port, _ = strings.Cut(addr, ":")
	}
	if port != "" {
		number, err := strconv.ParseUint(port, 10, 16)
		if err != nil || number == 0 {
			return Net{}, malformed(text)
		}
		n.Port = uint16(number)
	}
	var ok bool
	if n.Prefix, ok = prefix(addr); !ok {
		return Net{}, malformed(text)
	}
	return n, nil
}

func malformed(text string) error {
	return fmt.Errorf("network such as 10.0.0.0/8:67/udp expected, got '%s'", text)
}

// prefix reads a prefix, or an address, which is one of its whole length.
func prefix(text string) (netip.Prefix, bool) {
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), true
	}
	p, err := netip.ParsePrefix(text)
	return p.Masked(), err == nil
}

// String is n as Parse reads it.
func (n Net) String() string {
	s := n.Prefix.String()
	if n.Prefix.IsSingleIP() {
		s = n.Prefix.Addr().String()
		if n.Port != 0 && n.Prefix.Addr().Is6() {
			s = "[" + s + "]"
		}
	}
	if n.Port != 0 {
		s += ":" + strconv.Itoa(int(n.Port))
	}
	if n.Protocol != "" {
		s += "/" + n.Protocol
	}
	return s
}

// Covers says whether n holds all of part.
func (n Net) Covers(part Net) bool {
	return n.Prefix.Bits() <= part.Prefix.Bits() && n.Prefix.Contains(part.Prefix.Addr()) &&
		(n.Port == 0 || n.Port == part.Port) && (n.Protocol == "" || n.Protocol == part.Protocol)
}

type key struct{}

// With lets the tasks of ctx use some networks, beside those that ctx had.
func With(ctx context.Context, nets []Net) context.Context {
	return context.WithValue(ctx, key{}, append(Nets(ctx), nets...))
}

// Nets are the networks that ctx's task was allowed.
func Nets(ctx context.Context) []Net {
	n, _ := ctx.Value(key{}).([]Net)
	return n[:len(n):len(n)]
}

// Allows says whether ctx's task was allowed all of part.
func Allows(ctx context.Context, part Net) bool {
	for _, n := range Nets(ctx) {
		if n.Covers(part) {
			return true
		}
	}
	return false
}
