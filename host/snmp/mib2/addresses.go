package mib2

import (
	"net/netip"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// longest is the longest datagram that can be put together from fragments.
const longest = 65535

// Values of ipAddressOrigin and ipAddressPrefixOrigin, of ipAddressType and of ipAddressStatus.
const (
	byHand      = 2
	byLinkLayer = 5 // of an address
	wellKnown   = 3 // of a prefix
	unicast     = 1
	preferred   = 1
)

// addresses calls f for each address.
func (v *View) addresses(f func(i network.Interface, p netip.Prefix)) {
	for _, i := range v.ifaces() {
		for _, p := range i.Addrs {
			f(i, netip.PrefixFrom(p.Addr().Unmap().WithZone(""), p.Bits()))
		}
	}
}

// ipAddrTable is RFC 1213's, of IPv4.
func ipAddrTable(v *View) (rows []row) {
	v.addresses(func(i network.Interface, p netip.Prefix) {
		if !p.Addr().Is4() {
			return
		}
		rows = append(rows, row{index: dotted(p.Addr()), cells: cells{
			1: message.IPAddress(p.Addr()), 2: number(i.Index), 3: message.IPAddress(mask(p)), 4: number(1), 5: number(longest),
		}})
	})
	return rows
}

// ipAddressTable is RFC 4293's.
func ipAddressTable(v *View) (rows []row) {
	v.addresses(func(i network.Interface, p netip.Prefix) {
		origin := byHand
		if p.Addr().IsLinkLocalUnicast() && p.Addr().Is6() {
			origin = byLinkLayer
		}
		rows = append(rows, row{index: inet(p.Addr()), cells: cells{
			3: number(i.Index), 4: number(unicast), 5: message.OIDValue(prefixRow(i, p)), 6: number(origin), 7: number(preferred),
			8: message.TimeTicks(0), 9: message.TimeTicks(0), 10: number(active), 11: number(readOnly),
		}})
	})
	return rows
}

// prefixIndex is the index of a prefix: of ipAddressPrefixTable.
func prefixIndex(i network.Interface, p netip.Prefix) []uint32 {
	return joined(one(i.Index), inet(p.Masked().Addr()), one(p.Bits()))
}

// prefixRow leads from an address to its prefix.
func prefixRow(i network.Interface, p netip.Prefix) oid.OID {
	const origin = 5 // the first column that can be read
	return append(at(4, 32, 1, origin), prefixIndex(i, p)...)
}

// ipAddressPrefixTable has the prefixes of the addresses.
func ipAddressPrefixTable(v *View) (rows []row) {
	const forEver = 1<<32 - 1
	v.addresses(func(i network.Interface, p netip.Prefix) {
		origin := byHand
		if p.Addr().IsLinkLocalUnicast() && p.Addr().Is6() {
			origin = wellKnown
		}
		rows = append(rows, row{index: prefixIndex(i, p), cells: cells{
			5: number(origin), 6: truth(p.Bits() < p.Addr().BitLen()), 7: truth(false), 8: message.Gauge32(forEver), 9: message.Gauge32(forEver),
		}})
	})
	return rows
}
