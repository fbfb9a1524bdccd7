package layers

import "moonwire/host/packet"

func vrrp() layerSet {
	const v3 = "version == 3"
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "vrrp", Title: "Virtual Router Redundancy Protocol, versions 2 and 3", Source: "RFC 3768 section 5.1, RFC 5798 section 5.1",
			Aliases: []string{"VRRP", "VRRPv3", "vrrpv3"},
			Fields: []packet.Field{
				{Name: "version", Bits: 4, Default: uint64(2), Doc: "2 or 3", Wireshark: "vrrp.version"},
				{Name: "type", Bits: 4, Default: uint64(1), Kind: packet.Named(map[uint64]string{1: "advertisement"}), Doc: "1", Wireshark: "vrrp.type"},
				{Name: "vrid", Bits: 8, Default: uint64(1), Doc: "virtual router, 1 to 255", Wireshark: "vrrp.virt_rtr_id"},
				{Name: "priority", Bits: 8, Default: uint64(100), Doc: "255: owner of the addresses, 0: leaves", Wireshark: "vrrp.prio"},
				{Name: "ipcount", Bits: 8, Auto: vrrpCount, Doc: "number of addresses", Wireshark: "vrrp.addr_count"},
				{Name: "authtype", Bits: 8, When: "version != 3", Doc: "version 2: 0, or 1 for a password", Wireshark: "vrrp.auth_type"},
				{Name: "adv", Bits: 8, When: "version != 3", Default: uint64(1), Doc: "interval: seconds, in version 3 hundredths",
					Wireshark: "vrrp.adver_int"},
				{Name: "res", Bits: 4, When: v3, Doc: "version 3: zeros", Wireshark: "vrrp.reserved_mbz"},
				{Name: "adv", Bits: 12, When: v3, Default: uint64(100), Doc: "interval in hundredths of a second", Wireshark: "vrrp.short_adver_int"},
				{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: vrrpChecksum, Late: true,
					Doc: "Internet checksum of the message, in version 3 with the pseudo header", Wireshark: "vrrp.checksum"},
				{Name: "addrlist", Kind: vrrpAddresses{}, Doc: "the virtual router's addresses, all of the IP version below"},
				{Name: "auth1", Bits: 32, When: "version != 3", Doc: "version 2: authentication data"},
				{Name: "auth2", Bits: 32, When: "version != 3", Doc: "version 2: authentication data"},
			},
			Summary: inWords("vrid= priority= addrlist"),
		}},
		bindings: ipUppers(112, "vrrp"),
	}
}

func vrrpChecksum(c packet.Context) uint64 {
	if c.Uint("version") == 3 {
		return packet.PseudoChecksum(112)(c)
	}
	return packet.HeaderChecksum(c)
}

// vrrpCount is the number of addresses.
func vrrpCount(c packet.Context) uint64 {
	lower, ok := c.Lower()
	if ok && lower.Protocol().Name == "ipv6" {
		return packet.FieldLen("addrlist")(c) / 16
	}
	return packet.CountOf("addrlist")(c)
}

// vrrpAddresses are as many addresses as ipcount says; those of version 3 are IPv6 where there is room for it, since
// the message itself does not tell what it travels over.
type vrrpAddresses struct{ addressList }

// Measure counts them.
func (vrrpAddresses) Measure(h packet.Header) (int, error) {
	n := int(h.Number("ipcount"))
	if h.Number("version") == 3 && h.Rest() >= 16*n {
		return 16 * n, nil
	}
	return 4 * n, nil
}

// Get reads those of the width that fits the count; when it does not tell, those of IPv6 begin with a link-local one
// (RFC 5798 section 5.2.9).
func (vrrpAddresses) Get(header, b []byte) packet.Value {
	count, linkLocal := int(header[3]), len(b)%16 == 0 && len(b) > 0 && b[0] == 0xfe && b[1]>>6 == 2
	if len(b) == 16*count || len(b) != 4*count && linkLocal {
		return packet.Array{Kind: packet.IPv6, Bits: 128}.Get(header, b)
	}
	return packet.Array{Kind: packet.IPv4, Bits: 32}.Get(header, b)
}
