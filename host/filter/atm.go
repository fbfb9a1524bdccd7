package filter

import "moonwire/host/filter/internal/flow"

// Places in SunATM's pseudo-header, and values there.
const (
	atmVPI     = 1
	atmVCI     = 2
	atmPayload = 4
	atmMessage = atmPayload + 5 // the message type of signalling (Q.2931)

	atmLANE = 1
	atmLLC  = 2
)

// Message types of signalling.
const (
	callProceeding = 0x02
	callSetup      = 0x05
	callConnect    = 0x07
	callConnectAck = 0x0f
	callRelease    = 0x4d
	callReleased   = 0x5a
)

// onATM fails on a link layer without ATM's pseudo-header.
func (g *generator) onATM(word string) {
	if g.outermost != linkSunATM {
		g.fail("%s goes with captures of %s, and this is one of %s", word, linkName(linkSunATM), linkName(g.outermost))
	}
}

// atmProtocol tests what a cell carries.
func (g *generator) atmProtocol(p uint32) *cond { return g.masked(byteAt(fromHeader, 0), p, 0x0f) }

// atmField tests a circuit's path or channel.
func (g *generator) atmField(word kind, comparison uint16, v uint32) *cond {
	if word == kwVpi {
		return g.compare(byteAt(fromHeader, atmVPI), 0xffffffff, comparison, v)
	}
	return g.compare(halfAt(fromHeader, atmVCI), 0xffffffff, comparison, v)
}

func (g *generator) atmCircuit(vci uint32) *cond {
	path := g.atmField(kwVpi, flow.Equal, 0)
	return flow.All(path, g.atmField(kwVci, flow.Equal, vci))
}

// atmChannels are the circuits that have a keyword.
var atmChannels = map[kind]uint32{kwMetac: 1, kwBcc: 2, kwOamf4sc: 3, kwOamf4ec: 4, kwSc: 5, kwIlmic: 16}

// atm is what an ATM keyword stands for.
func (g *generator) atm(word kind, text string) *cond {
	g.onATM(text)
	if vci, ok := atmChannels[word]; ok {
		return g.atmCircuit(vci)
	}
	switch word {
	case kwOam, kwOamf4:
		segment := g.atmField(kwVci, flow.Equal, 3)
		either := flow.Any(segment, g.atmField(kwVci, flow.Equal, 4))
		return flow.All(g.atmField(kwVpi, flow.Equal, 0), either)
	case kwConnectmsg:
		return flow.All(g.atmCircuit(5),
			g.atmMessages(callReleased, callRelease, callConnectAck, callConnect, callSetup, callProceeding))
	case kwMetaconnect:
		return flow.All(g.atmCircuit(1),
			g.atmMessages(callReleased, callRelease, callConnect, callSetup, callProceeding))
	}
	return g.lane()
}

func (g *generator) atmMessages(types ...uint32) *cond {
	var c *cond
	for _, t := range types {
		c = flow.Any(c, g.equal(byteAt(fromHeader, atmMessage), t))
	}
	return c
}

// lane tests for LAN emulation, and moves what follows to the Ethernet frame inside.
func (g *generator) lane() *cond {
	c := g.atmProtocol(atmLANE)
	header := place{base: atmPayload + 2, register: -1}
	g.push(linkEthernet, header)
	g.protocol.base = header.base + 12
	g.payload.base = header.base + 14
	g.network, g.networkLLC = 0, 3
	return c
}
