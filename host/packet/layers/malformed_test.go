package layers_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// What can't be read is a raw layer with the reason, and no byte is lost.
func TestMalformed(t *testing.T) {
	for _, c := range []struct{ name, first, wire, layers, reason string }{
		{"half an Ethernet header", "eth", "020000000002", "raw", "eth: cut short"},
		{"no bytes", "ip", "", "", "ip: cut short"},
		{"IP header cut", "eth", "0200000000020200000000010800" + "4500001400", "eth raw", "ip: cut short"},
		{"options longer than what is there", "ip", "4f000014000100004000a6e37f0000017f000001", "raw", "ip: cut short"},
		{"header length below 20", "ip", "41000014000100004011b4d37f0000017f000001", "ip", ""},
		{"length below the header", "ip", "45000010000100004011b4d37f0000017f00000101020304", "ip padding", ""},
		{"length 0, as offloading leaves it", "ip", "45000000000100004011b4d37f0000017f000001" + "0035003500080000", "ip udp", ""},
		{"option length 0", "ip", "460000180001000040ffb3cf7f0000017f000001" + "44000000", "ip", ""},
		{"option longer than the options", "ip", "460000180001000040ffb3cf7f0000017f000001" + "07ff0400", "ip", ""},
		{"arp cut", "arp", "0001080006040001020000000001", "raw", "arp: psrc: cut short"},
		{"arp of long addresses", "arp", "00010800ffff0001" + "0200", "raw", "arp: hwsrc: cut short"},
		{"tcp header of 8 bytes", "tcp", "0400100000000001", "tcperror", ""},
		{"tcp offset behind the end", "tcp", "040010000000000100000000f0022000d47a0000", "tcperror raw", ""},
		{"tcp offset of 0", "tcp", "04001000000000010000000000022000d47a0000", "tcp", ""},
		{"tcp option of length 1", "tcp", "04001000000000010000000060022000d47a000002010000", "tcp", ""},
		{"icmp cut", "icmp", "0800f7", "raw", "icmp: cut short"},
		{"quote cut", "icmp", "0b00f4ff00000000" + "4500", "icmp raw", "ip: cut short"},
		{"ipv6 cut", "ipv6", "6000000000", "raw", "ipv6: cut short"},
		{"hop-by-hop longer than the datagram", "ipv6", "6000000000080040" + strings.Repeat("00", 32) + "3aff050200000100", "ipv6 raw", "ipv6_hopopts: cut short"},
		{"routing header with more addresses than bytes", "ipv6_routing", "3b04000200000000" + strings.Repeat("00", 16), "raw", "ipv6_routing: addresses: cut short"},
		{"segments beyond the header", "ipv6_routing", "3b020400ff000000" + strings.Repeat("00", 16), "raw", "ipv6_routing: addresses: cut short"},
		{"discovery option of length 0", "icmp6", "850000000000000001000000", "icmp6", ""},
		{"listener records that are not there", "icmp6", "8f0000000000000a", "raw", "icmp6: records: a list entry is cut short"},
		{"group records that are not there", "igmp", "220000000000000a", "raw", "igmp: records: a list entry is cut short"},
		{"frame length behind the end", "eth", "0180c20000000200000000010100424203", "dot3 llc", ""},
		{"one tag byte", "dot1q", "00", "raw", "dot1q: cut short"},
		{"spanning tree cut", "stp", "00000000", "raw", "stp: cut short"},
	} {
		t.Run(c.name, func(t *testing.T) {
			wire, err := hex.DecodeString(c.wire)
			if err != nil {
				t.Fatal(err)
			}
			first, err := layers.Registry().Lookup(c.first)
			if err != nil {
				t.Fatal(err)
			}
			p := packet.Decode(layers.Registry(), wire, first)
			var names []string
			for i := range p.Len() {
				names = append(names, p.Layer(i).Protocol().Name)
				for f := range p.Layer(i).Fields() {
					_ = p.Layer(i).Text(f)
				}
			}
			if got := strings.Join(names, " "); got != c.layers || p.Reason() != c.reason {
				t.Errorf("read as %q, reason %q; want %q, %q", got, p.Reason(), c.layers, c.reason)
			}
			if got := hex.EncodeToString(p.Build()); got != c.wire {
				t.Errorf("built as %s", got)
			}
		})
	}
}
