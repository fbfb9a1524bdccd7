package foreign

import (
	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"

	"moonwire/host/packet"
)

// selectors are the fields by which gopacket's tables find what follows the layers of package layers.
var selectors = map[string]func(n uint64) gopacket.Decoder{
	"eth.type":        etherType,
	"dot1q.type":      etherType,
	"dot1ad.type":     etherType,
	"snap.code":       etherType,
	"gre.proto":       etherType,
	"geneve.proto":    etherType,
	"sll.proto":       etherType,
	"sll2.proto":      etherType,
	"ppp.proto":       func(n uint64) gopacket.Decoder { return layers.PPPType(n) },
	"ip.proto":        ipProtocol,
	"ipv6.nh":         ipProtocol,
	"ipv6_hopopts.nh": ipProtocol,
	"ipv6_routing.nh": ipProtocol,
	"ipv6_frag.nh":    ipProtocol,
	"ipv6_dest.nh":    ipProtocol,
	"udp.dport":       func(n uint64) gopacket.Decoder { return layers.UDPPort(n).LayerType() },
	"udp.sport":       func(n uint64) gopacket.Decoder { return layers.UDPPort(n).LayerType() },
	"tcp.dport":       func(n uint64) gopacket.Decoder { return layers.TCPPort(n).LayerType() },
	"tcp.sport":       func(n uint64) gopacket.Decoder { return layers.TCPPort(n).LayerType() },
}

func etherType(n uint64) gopacket.Decoder  { return layers.EthernetType(n) }
func ipProtocol(n uint64) gopacket.Decoder { return layers.IPProtocol(n) }

// above is the type of what gopacket finds behind a layer of package layers; zero when it knows nothing.
func above(c packet.Context, payload []byte) gopacket.LayerType {
	pr := c.Protocol()
	for _, field := range pr.Select {
		decoder, ok := selectors[pr.Name+"."+field]
		if !ok || !c.Has(field) {
			continue
		}
		t := kindOf(decoder(c.Uint(field)), payload)
		if t != gopacket.LayerTypeZero && t != gopacket.LayerTypePayload {
			return t
		}
	}
	return gopacket.LayerTypeZero
}
