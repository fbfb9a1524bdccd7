package option

import (
	"fmt"
	"net"
	"net/netip"
	"strings"

	"github.com/insomniacslk/dhcp/dhcpv4"

	"moonwire/host/packet"
)

// Routes are classless routes (RFC 3442), as {destination="10.0.0.0/8", router="10.1.1.1"}. Written, a route may also be
// text: "10.0.0.0/8 10.1.1.1", with a blank, a comma, a colon or "via" between the two.
var Routes Kind = routes{}

type routes struct{}

func (routes) Type() string { return "{destination: string, router: string}[]" }
func (routes) Size() int    { return 0 }

func (routes) Read(b []byte) (packet.Value, int, error) {
	values, at := []packet.Value{}, 0
	var odd error
	for at < len(b) {
		n := 1 + (int(b[at])+7)/8 + 4
		if b[at] > 32 || len(b)-at < n {
			return atLeastOne(values), at, elementError(len(values), fmt.Errorf("a route has no length of %d in %s", b[at], bytesText(len(b)-at)))
		}
		var one dhcpv4.Routes
		if err := one.FromBytes(b[at : at+n]); err != nil {
			return atLeastOne(values), at, elementError(len(values), err)
		}
		if r := one[0]; odd == nil && !r.Dest.IP.Equal(r.Dest.IP.Mask(r.Dest.Mask)) {
			odd = elementError(len(values), fmt.Errorf("%s has bits past its length", r.Dest))
		}
		values, at = append(values, routeValue(one[0])), at+n
	}
	if len(values) == 0 {
		return nil, 0, fmt.Errorf("a list of one or more is empty")
	}
	return values, at, odd
}

func routeValue(r *dhcpv4.Route) packet.Record {
	return packet.Record{{Name: "destination", Value: r.Dest.String()}, {Name: "router", Value: netip.AddrFrom4([4]byte(r.Router.To4()))}}
}

func (routes) Append(dst []byte, v packet.Value) ([]byte, error) {
	values, ok := v.([]packet.Value)
	if !ok {
		values = []packet.Value{v}
	}
	if len(values) == 0 {
		return dst, unexpected("list of one route or more", v)
	}
	list := make(dhcpv4.Routes, len(values))
	for i, v := range values {
		r, err := asRoute(v)
		if err != nil {
			return dst, elementError(i, err)
		}
		list[i] = r
	}
	return append(dst, list.ToBytes()...), nil
}

// asRoute reads a route from a record or from text.
func asRoute(v packet.Value) (*dhcpv4.Route, error) {
	const want = `route as {destination="10.0.0.0/8", router="10.1.1.1"}`
	var destination, router string
	switch v := v.(type) {
	case packet.Record:
		if len(v) != 2 || v.Get("destination") == nil || v.Get("router") == nil {
			return nil, unexpected(want, v)
		}
		destination, router = fmt.Sprint(v.Get("destination")), fmt.Sprint(v.Get("router"))
	case string:
		words := strings.FieldsFunc(strings.Replace(v, " via ", " ", 1), func(c rune) bool { return c == ' ' || c == ',' || c == ':' })
		if len(words) != 2 {
			return nil, unexpected(want, v)
		}
		destination, router = words[0], words[1]
	default:
		return nil, unexpected(want, v)
	}
	if destination == "default" {
		destination = "0.0.0.0/0"
	}
	p, err := netip.ParsePrefix(destination)
	if err != nil || !p.Addr().Is4() {
		return nil, fmt.Errorf("destination: %w", unexpected("IPv4 prefix as 10.0.0.0/8", destination))
	}
	if p != p.Masked() {
		return nil, fmt.Errorf("destination: %w", unexpected(fmt.Sprintf("IPv4 prefix without bits past its length (%s)", p.Masked()), destination))
	}
	a, err := netip.ParseAddr(router)
	if err != nil || !a.Is4() {
		return nil, fmt.Errorf("router: %w", unexpected("IPv4 address", router))
	}
	return &dhcpv4.Route{Dest: &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), 32)}, Router: a.AsSlice()}, nil
}
