package filter

import (
	"strings"

	"moonwire/host/filter/internal/flow"
)

// llcTypes are the supervisory and unnumbered control fields of 802.2: the bits that count, and their values.
var llcTypes = map[string]struct{ mask, value uint32 }{
	"rr": {0x0f, 0x01}, "rnr": {0x0f, 0x05}, "rej": {0x0f, 0x09},
	"ui": {0xef, 0x03}, "ua": {0xef, 0x63}, "disc": {0xef, 0x43}, "dm": {0xef, 0x0f}, "sabme": {0xef, 0x6f},
	"test": {0xef, 0xe3}, "xid": {0xef, 0xaf}, "frmr": {0xef, 0x87},
	"s": {0x03, 0x01}, "u": {0x03, 0x03},
}

// llc tests for an 802.2 header, and its type when one is named.
func (g *generator) llc(name string) *cond {
	name = strings.ToLower(name)
	if name == "" {
		return g.hasLLC()
	}
	if name == "i" {
		is := g.hasLLC()
		return flow.All(is, flow.Not(g.anyBit(byteAt(fromLLC, 2), 1)))
	}
	t, ok := llcTypes[name]
	if !ok {
		g.fail("%s is no type of an LLC frame (i, s, u, rr, rnr, rej, ui, ua, disc, dm, sabme, test, xid, frmr)", quote(name))
	}
	is := g.hasLLC()
	return flow.All(is, g.masked(byteAt(fromLLC, 2), t.value, t.mask))
}

func (g *generator) hasLLC() *cond {
	switch t := g.linkType; {
	case t == linkEthernet:
		isLength := flow.Not(g.greater(halfAt(fromProtocol, 0), maxLength))
		return flow.All(isLength, flow.Not(g.equal(halfAt(fromLLC, 0), 0xffff)))
	case t == linkSunATM:
		c := g.atmProtocol(atmLLC)
		g.linkType = g.previous
		return c
	case t == linkTokenRing || t == linkFDDI || t == linkATM:
		return g.constant(true)
	case isWLAN(t):
		return g.wlanData()
	}
	g.fail("%s has no LLC headers", linkName(g.linkType))
	return nil
}
