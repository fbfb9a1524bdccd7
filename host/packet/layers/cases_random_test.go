package layers_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// A randomLayer gets random values for fields of its table: every case is a packet that Scapy must build the same.
type randomLayer struct {
	layer, class string // ours and Scapy's
	fixed        string // of Scapy's arguments, as the fields of part
	part         part   // what is not random
	under        []part
	scapy        string // of under
	skip         string // fields with a meaning of their own
	setup        string // as a wireCase's
}

// randomCases are many packets of the layers whose fields Scapy has under the same names, from a fixed seed.
func randomCases() (cases []wireCase) {
	r := rand.New(rand.NewPCG(3, 2026))
	plain := over4()
	for _, it := range append(randomCarriers(), []randomLayer{
		{layer: "eth", class: "Ether"},
		{layer: "dot1q", class: "Dot1Q", under: []part{ether()}, scapy: scapyEther},
		{layer: "dot1ad", class: "Dot1AD", under: []part{ether()}, scapy: scapyEther},
		{layer: "llc", class: "LLC"},
		{layer: "snap", class: "SNAP"},
		{layer: "stp", class: "STP", skip: "age maxage hellotime fwddelay v1len"},
		{layer: "arp", class: "ARP", skip: "hwlen plen hwtype ptype", fixed: `hwsrc="02:00:00:00:00:01",psrc="10.0.0.1",`, part: l("arp", "hwsrc", "02:00:00:00:00:01", "psrc", "10.0.0.1")},
		{layer: "ip", class: "IP", skip: "ihl"},
		{layer: "ipv6", class: "IPv6"},
		{layer: "ipv6_frag", class: "IPv6ExtHdrFragment"},
		{layer: "udp", class: "UDP", under: plain, scapy: scapyIP},
		{layer: "tcp", class: "TCP", under: plain, scapy: scapyIP, skip: "dataofs"},
		{layer: "icmp", class: "ICMP", under: plain, scapy: scapyIP, skip: "type", part: l("icmp", "type", 8), fixed: "type=8,"},
		{layer: "icmp", class: "ICMP", under: plain, scapy: scapyIP, skip: "type", part: l("icmp", "type", 3), fixed: "type=3,"},
		{layer: "icmp", class: "ICMP", under: plain, scapy: scapyIP, skip: "type", part: l("icmp", "type", 5), fixed: "type=5,"},
		{layer: "icmp", class: "ICMP", under: plain, scapy: scapyIP, skip: "type", part: l("icmp", "type", 12), fixed: "type=12,"},
		{layer: "icmp", class: "ICMP", under: plain, scapy: scapyIP, skip: "type", part: l("icmp", "type", 14), fixed: "type=14,"},
		{layer: "icmp6", class: "ICMPv6ND_RA", under: over6(), scapy: scapyIP6, skip: "type", part: l("icmp6", "type", 134)},
		{layer: "icmp6", class: "ICMPv6ND_NA", under: over6(), scapy: scapyIP6, skip: "type", part: l("icmp6", "type", 136)},
		{layer: "icmp6", class: "ICMPv6EchoReply", under: over6(), scapy: scapyIP6, skip: "type", part: l("icmp6", "type", 129)},
	}...) {
		for n := range 12 {
			cases = append(cases, it.random(r, n))
		}
	}
	return cases
}

// random is one case. Automatic fields are set in a third of the cases only.
func (it randomLayer) random(r *rand.Rand, n int) wireCase {
	top, args := it.part, []string{}
	top.layer = it.layer
	pr, _ := layers.Registry().Lookup(it.layer)
	p, _ := packet.New(layers.Registry(), pr, it.part.fields)
	for f := range p.Layer(0).Fields() {
		if strings.Contains(" "+it.skip+" ", " "+f.Name+" ") || f.Auto != nil && n%3 != 0 {
			continue
		}
		var v any
		var text string
		switch {
		case f.Kind == packet.Ether:
			m := packet.MAC{2, byte(r.Uint32()), byte(r.Uint32()), 0, 0xff, byte(r.Uint32())}
			v, text = m, fmt.Sprintf("%q", m)
		case f.Kind == packet.IPv4:
			text = fmt.Sprintf("%d.%d.%d.%d", r.IntN(256), r.IntN(256), r.IntN(256), r.IntN(256))
			v, text = text, fmt.Sprintf("%q", text)
		case f.Kind == packet.IPv6:
			text = fmt.Sprintf("%x:%x::%x:0:%x", 1+r.IntN(0xffff), r.IntN(0x10000), r.IntN(0x10000), 1+r.IntN(0xffff))
			v, text = text, fmt.Sprintf("%q", text)
		case f.Bits == 0 || f.Bits > 64 || f.Kind == packet.Bytes:
			continue
		default:
			u := r.Uint64() >> (64 - f.Bits)
			v, text = u, fmt.Sprint(u)
		}
		top.fields = append(top.fields, packet.Entry{Name: f.Name, Value: v})
		args = append(args, f.Name+"="+text)
	}
	payload, scapyPayload := []part{b("payload")}, `/"payload"`
	if it.layer == "icmp6" || it.layer == "vrrp" {
		payload, scapyPayload = nil, "" // it would be options; Scapy drops it
	}
	under := it.scapy
	if under != "" {
		under += "/"
	}
	return wireCase{name: fmt.Sprintf("random %s %s %d", it.layer, it.class, n), wild: true, setup: it.setup,
		stack: append(append(it.under[:len(it.under):len(it.under)], top), payload...),
		scapy: under + it.class + "(" + it.fixed + strings.Join(args, ",") + ")" + scapyPayload}
}
