package layers

import (
	"fmt"

	"moonwire/host/packet"
)

func dhcpv6() layerSet {
	const relay, direct = "msgtype == 12 || msgtype == 13", "msgtype != 12 && msgtype != 13"
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "dhcp6", Title: "Dynamic Host Configuration Protocol for IPv6", Source: "RFC 8415 sections 8 and 9",
			Aliases: []string{"dhcpv6", "DHCP6"},
			Fields: []packet.Field{
				{Name: "msgtype", Bits: 8, Kind: dhcp6Types, Default: uint64(1), Doc: "kind of message", Wireshark: "dhcpv6.msgtype"},
				{Name: "trid", Bits: 24, Kind: packet.Hex, When: direct, Doc: "transaction, the same in question and answer", Wireshark: "dhcpv6.xid"},
				{Name: "hopcount", Bits: 8, When: relay, Doc: "relay agents passed", Wireshark: "dhcpv6.hopcount"},
				{Name: "linkaddr", Bits: 128, Kind: packet.IPv6, When: relay, Doc: "address that tells the client's link", Wireshark: "dhcpv6.linkaddr"},
				{Name: "peeraddr", Bits: 128, Kind: packet.IPv6, When: relay, Doc: "address that the message came from", Wireshark: "dhcpv6.peeraddr"},
				{Name: "options", Kind: dhcp6List{}, Default: []packet.Value{},
					Doc: `options, as {optcode="IA_NA", iaid=1, ianaopts={…}}`},
			},
			Answers: dhcp6Answers,
			Summary: func(c packet.Context) string { return "dhcp6 " + dhcp6Types.Name(c.Uint("msgtype"), 8) },
		}},
		bindings: []packet.Binding{
			{Lower: "udp", Field: "sport", Value: 546, Upper: "dhcp6"},
			{Lower: "udp", Field: "dport", Value: 547, Upper: "dhcp6"},
			{Lower: "udp", Field: "sport", Value: 547, Upper: "dhcp6", ReadOnly: true},
			{Lower: "udp", Field: "dport", Value: 546, Upper: "dhcp6", ReadOnly: true},
		},
	}
}

// dhcp6Answers holds a reply against a request: the same transaction, from a server, or by the same relay agent.
func dhcp6Answers(_ any, reply, request packet.Context) (bool, string) {
	a, q := reply.Uint("msgtype"), request.Uint("msgtype")
	switch {
	case q == 12 && a == 13:
		f, _ := request.Field("peeraddr")
		if reply.Stored(f) != request.Stored(f) {
			return false, "dhcp6.peeraddr " + reply.Text(f) + " is not the request's, " + request.Text(f)
		}
		return true, ""
	case a != 2 && a != 7 && a != 15:
		return false, "dhcp6.msgtype is no reply's"
	}
	if a, q := reply.Uint("trid"), request.Uint("trid"); a != q {
		return false, fmt.Sprintf("dhcp6.trid %#x is not the request's, %#x", a, q)
	}
	return true, ""
}
