package filter

import "moonwire/host/filter/internal/flow"

// hasMAC reports whether the link layer has MAC addresses.
func (g *generator) hasMAC() bool {
	t := g.linkType
	return isEthernet(t) || isWLAN(t) || t == linkFDDI || t == linkTokenRing || t == linkIPoverFC
}

// hostMAC tests for a MAC address.
func (g *generator) hostMAC(mac []byte, d direction) *cond {
	var source, destination uint32
	switch t := g.linkType; {
	case isEthernet(t):
		source, destination = 6, 0
	case isWLAN(t):
		return g.wlanHost(mac, d)
	case t == linkFDDI:
		source, destination = 7, 1
	case t == linkTokenRing:
		source, destination = 8, 2
	case t == linkIPoverFC:
		source, destination = 10, 2
	default:
		g.fail("%s has no MAC addresses", linkName(t))
	}
	var inside *cond
	if isEthernet(g.linkType) {
		inside = g.dataInside()
	}
	return flow.All(inside, g.ends(d, "this link layer's addresses", func(end direction) *cond {
		return g.bytes(fromHeader, pick(end, source, destination), mac)
	}))
}

// hostARCnet tests for an ARCnet address.
func (g *generator) hostARCnet(addr uint32, d direction) *cond {
	return g.ends(d, "ARCnet addresses", func(end direction) *cond {
		return g.equal(byteAt(fromHeader, pick(end, 0, 1)), addr)
	})
}
