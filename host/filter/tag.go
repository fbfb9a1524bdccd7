package filter

import "moonwire/host/filter/internal/flow"

// Offsets at which Linux shows a socket filter what isn't in the bytes (linux/filter.h).
const (
	ancillary         = 0xfffff000
	ancillaryPktType  = ancillary + 4
	ancillaryIfindex  = ancillary + 8
	ancillaryTag      = ancillary + 44
	ancillaryTagged   = ancillary + 48
	packetOutgoing    = 4 // a packet type: sent by this machine
	maxVLAN           = 0xfff
	maxLabel          = 0xfffff
	maxSession        = 0xffff
	lengthOfTag       = 4
	lengthOfLabel     = 4
	lengthOfPPPoE     = 6
	lengthOfPPPNumber = 2
)

// A wanted number is one that a primitive like vlan may be followed by.
type wanted struct {
	n     uint32
	given bool
}

// vlan tests for a VLAN tag (IEEE 802.1Q), and moves what follows behind it.
func (g *generator) vlan(id wanted) *cond {
	if g.labels > 0 {
		g.fail("no VLAN tag can be told behind an MPLS label: put vlan before mpls")
	}
	if t := g.linkType; !isEthernet(t) && t != link80211 && !hasRadio(t) {
		g.fail("%s has no VLAN tags", linkName(t))
	}
	if id.given && id.n > maxVLAN {
		g.fail("VLAN identifier %d is greater than %d", id.n, maxVLAN)
	}
	outermost := g.tags == 0 && !g.header.variable
	g.tags++
	if g.options.Live && isEthernet(g.linkType) && outermost {
		return g.vlanLive(id)
	}
	c := g.tag()
	if id.given {
		c = flow.All(c, g.masked(halfAt(fromNetwork, 0), id.n, maxVLAN))
	}
	g.payload.base += lengthOfTag
	g.protocol.base += lengthOfTag
	return c
}

// tag tests for the three types that VLAN tags go by.
func (g *generator) tag() *cond {
	c := g.carries(typeVLAN)
	c = flow.Any(c, g.carries(typeVLANad))
	return flow.Any(c, g.carries(typeQinQ))
}

// vlanLive is for the kernel, which takes the outermost tag out of the bytes and shows it beside them. Some devices
// leave it in, so what follows looks behind a tag only when one is in the bytes.
func (g *generator) vlanLive(id wanted) *cond {
	shown := g.equal(byteAt(fromPacket, ancillaryTagged), 1)
	inside := g.tag()
	if id.given {
		shown = flow.All(shown, g.masked(byteAt(fromPacket, ancillaryTag), id.n, maxVLAN))
		inside = flow.All(inside, g.masked(halfAt(fromNetwork, 0), id.n, maxVLAN))
	}
	inside.Prefix(g.behindTag())
	// A frame whose outermost tag is another one may have a second one in its bytes.
	return flow.Any(shown, flow.All(flow.Not(g.equal(byteAt(fromPacket, ancillaryTagged), 1)), inside))
}

// behindTag is code that moves what follows behind a tag in the bytes.
func (g *generator) behindTag() []ins {
	g.tagMove = true
	var move []ins
	for _, p := range []*place{&g.payload, &g.protocol} {
		p.variable = true
		if p.register < 0 {
			p.register = g.takeRegister()
		}
		move = append(move,
			flow.Raw(flow.LoadMem, uint32(p.register)),
			flow.Raw(flow.Alu|flow.Add, lengthOfTag),
			flow.Raw(flow.Store, uint32(p.register)))
	}
	return move
}

// mpls tests for an MPLS label (RFC 3032), and moves what follows behind it.
func (g *generator) mpls(label wanted) *cond {
	var c *cond
	switch t := g.linkType; {
	case g.labels > 0:
		c = g.masked(byteAt(fromLabel, 2), 0, 1) // not the bottom of the stack
	case isEthernet(t) || t == linkCiscoHDLC || t == linkNetBSDHDLC:
		c = g.carries(typeMPLS)
	case t == linkPPP:
		c = g.carries(0x0281)
	default:
		g.fail("%s has no MPLS labels", linkName(t))
	}
	if label.given {
		if label.n > maxLabel {
			g.fail("MPLS label %d is greater than %d", label.n, maxLabel)
		}
		c = flow.All(c, g.masked(wordAt(fromNetwork, 0), label.n<<12, 0xfffff000))
	}
	g.networkLLC += lengthOfLabel
	g.network += lengthOfLabel
	g.labels++
	return c
}

// pppoes tests for a PPPoE session packet (RFC 2516), and moves what follows behind its header.
func (g *generator) pppoes(session wanted) *cond {
	c := g.carries(typePPPoES)
	if session.given {
		if session.n > maxSession {
			g.fail("PPPoE session %d is greater than %d", session.n, maxSession)
		}
		c = flow.All(c, g.masked(wordAt(fromNetwork, 0), session.n, maxSession))
	}
	inner := g.payload
	inner.base += g.network + lengthOfPPPoE
	g.push(linkPPP, inner)
	g.protocol = inner
	g.payload.base = inner.base + lengthOfPPPNumber
	g.network, g.networkLLC = 0, 0
	return c
}
