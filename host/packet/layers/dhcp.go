package layers

import (
	"fmt"

	"moonwire/host/packet"
)

func dhcp() layerSet {
	address := func(name, doc, display string) packet.Field {
		return packet.Field{Name: name, Bits: 32, Kind: packet.IPv4, Doc: doc, Wireshark: display}
	}
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "dhcp", Title: "Dynamic Host Configuration Protocol, in BOOTP", Source: "RFC 2131 section 2",
			Aliases: []string{"DHCP", "BOOTP", "bootp"},
			Fields: []packet.Field{
				{Name: "op", Bits: 8, Kind: packet.Named(map[uint64]string{1: "BOOTREQUEST", 2: "BOOTREPLY"}), Default: uint64(1),
					Doc: "1: from a client, 2: from a server", Wireshark: "dhcp.type"},
				{Name: "htype", Bits: 8, Kind: hardwareTypes, Default: uint64(1), Doc: "kind of hardware address; 1: Ethernet", Wireshark: "dhcp.hw.type"},
				{Name: "hlen", Bits: 8, Default: uint64(6), Doc: "bytes of the hardware address", Wireshark: "dhcp.hw.len"},
				{Name: "hops", Bits: 8, Doc: "relay agents passed", Wireshark: "dhcp.hops"},
				{Name: "xid", Bits: 32, Kind: packet.Hex, Doc: "transaction, the same in question and answer", Wireshark: "dhcp.id"},
				{Name: "secs", Bits: 16, Doc: "seconds since the client began", Wireshark: "dhcp.secs"},
				{Name: "flags", Bits: 16, Kind: packet.Flagged("...............B"), Doc: "B: answer by broadcast", Wireshark: "dhcp.flags"},
				address("ciaddr", "address that the client has", "dhcp.ip.client"),
				address("yiaddr", "address that the client gets", "dhcp.ip.your"),
				address("siaddr", "server to boot from", "dhcp.ip.server"),
				address("giaddr", "relay agent", "dhcp.ip.relay"),
				{Name: "chaddr", Bits: 128, Kind: clientHardware{}, Doc: "client's hardware address", Wireshark: "dhcp.hw.mac_addr"},
				{Name: "sname", Bits: 512, Kind: packet.Text, Doc: "server's name", Wireshark: "dhcp.server"},
				{Name: "file", Bits: 1024, Kind: packet.Text, Doc: "file to boot", Wireshark: "dhcp.file"},
				{Name: "options", Kind: dhcpList{}, Default: []packet.Value{},
					Doc: `options behind the magic cookie, as {"message-type", "discover"}, {"end"}`},
			},
			Answers: dhcpAnswers,
			Summary: dhcpSummary,
		}},
		bindings: []packet.Binding{
			{Lower: "udp", Field: "sport", Value: 68, Upper: "dhcp"},
			{Lower: "udp", Field: "dport", Value: 67, Upper: "dhcp"},
			{Lower: "udp", Field: "sport", Value: 67, Upper: "dhcp", ReadOnly: true},
			{Lower: "udp", Field: "dport", Value: 68, Upper: "dhcp", ReadOnly: true},
		},
	}
}

// clientHardware is an address in a field of sixteen bytes: text when the last ten are zeros, as Ethernet's are.
type clientHardware struct{ hardware }

// Get reads an Ethernet address, or all bytes.
func (clientHardware) Get(_, b []byte) packet.Value {
	for _, c := range b[6:] {
		if c != 0 {
			return string(b)
		}
	}
	return packet.MAC(b)
}

// dhcpAnswers holds a reply against a request: the same transaction, from the other side.
func dhcpAnswers(_ any, reply, request packet.Context) (bool, string) {
	if a, q := reply.Uint("xid"), request.Uint("xid"); a != q {
		return false, fmt.Sprintf("dhcp.xid %#x is not the request's, %#x", a, q)
	}
	if reply.Uint("op") != 2 || request.Uint("op") != 1 {
		return false, "dhcp.op is no reply's"
	}
	return true, ""
}

// dhcpSummary is the kind of the message and its transaction.
func dhcpSummary(c packet.Context) string {
	text := "dhcp"
	f, _ := c.Field("options")
	list, _ := c.Stored(f).([]packet.Value)
	for _, e := range list {
		if entry, _ := e.([]packet.Value); len(entry) == 2 && entry[0] == "message-type" {
			n, _ := entry[1].(uint64)
			text += " " + dhcpTypes.Name(n, 8)
		}
	}
	return fmt.Sprintf("%s xid %#x", text, c.Uint("xid"))
}
