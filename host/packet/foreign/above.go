package foreign

import (
	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"

	"moonwire/host/packet"
)

// selectors are the fields by which gopacket's tables find what follows the layers of package layers.
var selectors = map[string]func(n uint64) gopacket.LayerType{
	"eth.type":        etherType,
	"dot1q.type":      etherType,
	"dot1ad.type":     etherType,
	"snap.code":       etherType,
	"gre.proto":       etherType,
	"geneve.proto":    etherType,
	"sll.proto":       etherType,
	"sll2.proto":      etherType,
	"ip.proto":        ipProtocol,
	"ipv6.nh":         ipProtocol,
	"ipv6_hopopts.nh": ipProtocol,
	"ipv6_routing.nh": ipProtocol,
	"ipv6_frag.nh":    ipProtocol,
	"ipv6_dest.nh":    ipProtocol,
	"udp.dport":       udpPort,
	"udp.sport":       udpPort,
	"tcp.dport":       tcpPort,
	"tcp.sport":       tcpPort,
}

func etherType(n uint64) gopacket.LayerType  { return layers.EthernetType(n).LayerType() }
func ipProtocol(n uint64) gopacket.LayerType { return layers.IPProtocol(n).LayerType() }
func udpPort(n uint64) gopacket.LayerType    { return layers.UDPPort(n).LayerType() }
func tcpPort(n uint64) gopacket.LayerType    { return layers.TCPPort(n).LayerType() }

// above is the type of what gopacket's tables say follows a layer of package layers; zero when they say nothing.
func above(c packet.Context) gopacket.LayerType {
	pr := c.Protocol()
	for _, field := range pr.Select {
		typeOf, ok := selectors[pr.Name+"."+field]
		if !ok || !c.Has(field) {
			continue
		}
		if t := typeOf(c.Uint(field)); t != gopacket.LayerTypeZero && t != gopacket.LayerTypePayload {
			return t
		}
	}
	return gopacket.LayerTypeZero
}
