package mib2

import (
	"net"
	"net/netip"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// The values of TruthValue, and of the version of IP and of its addresses (RFC 4001).
const (
	yes, no    = 1, 2
	ipv4, ipv6 = 1, 2
)

var zeroDotZero = message.OIDValue(oid.OID{0, 0})

func number(n int) message.Value { return message.Integer(int64(n)) }

func truth(is bool) message.Value {
	if is {
		return number(yes)
	}
	return number(no)
}

// The objects of counters, which have no value where nobody counts.

func counter32(c network.Counters, name string) message.Value {
	if n, ok := c[name]; ok {
		return message.Counter32(uint32(n))
	}
	return message.Value{}
}

func counter64(c network.Counters, name string) message.Value {
	if n, ok := c[name]; ok {
		return message.Counter64(n)
	}
	return message.Value{}
}

func gauge(c network.Counters, name string) message.Value {
	if n, ok := c[name]; ok {
		return message.Gauge32(uint32(min(n, 1<<32-1)))
	}
	return message.Value{}
}

func integer(c network.Counters, name string) message.Value {
	if n, ok := c[name]; ok {
		return message.Integer(int64(int32(n)))
	}
	return message.Value{}
}

// sum is the counter of several together; nothing where one is missing.
func sum(c network.Counters, names ...string) message.Value {
	var all uint64
	for _, name := range names {
		n, ok := c[name]
		if !ok {
			return message.Value{}
		}
		all += n
	}
	return message.Counter32(uint32(all))
}

// physical is a PhysAddress.
func physical(mac net.HardwareAddr) message.Value { return message.String(mac) }

// mask is the netmask of a prefix.
func mask(p netip.Prefix) netip.Addr {
	a, _ := netip.AddrFromSlice(net.CIDRMask(p.Bits(), p.Addr().BitLen()))
	return a
}

// dotted are the numbers of an IpAddress in an index.
func dotted(a netip.Addr) []uint32 {
	var out []uint32
	for _, b := range a.Unmap().AsSlice() {
		out = append(out, uint32(b))
	}
	return out
}

// inet are the numbers of an InetAddressType and an InetAddress in an index (RFC 4001): the address has its length
// before it. An address that is not valid is unknown.
func inet(a netip.Addr) []uint32 {
	a = a.Unmap().WithZone("")
	kind := map[int]uint32{0: 0, 32: ipv4, 128: ipv6}[a.BitLen()]
	return append([]uint32{kind, uint32(a.BitLen() / 8)}, dotted(a)...)
}

// joined is an index of several parts.
func joined(parts ...[]uint32) (all []uint32) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func one(n int) []uint32 { return []uint32{uint32(n)} }
