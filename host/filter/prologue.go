package filter

import "moonwire/host/filter/internal/flow"

// whole puts before the expression's condition what it needs at the start: code that notes the lengths of headers that
// vary, and a test of what PPI carries.
func (g *generator) whole(c *cond) *cond {
	if c == nil {
		return nil
	}
	c.Prefix(g.prologue())
	if g.linkType == linkPPI {
		const is80211 = link80211 << 24 // little-endian
		c = flow.All(g.equal(wordAt(fromPacket, 4), is80211), c)
	}
	return c
}

// prologue notes in registers where the headers are, as far as the expression looks there.
func (g *generator) prologue() []ins {
	if g.payload.register >= 0 && g.header.variable && g.header.register < 0 {
		g.header.register = g.takeRegister()
	}
	l := &listing{}
	if g.outermost == linkPrism {
		g.verbatim = true
	}
	if g.header.register >= 0 {
		g.radioLength(l)
	}
	switch {
	case isWLAN(g.outermost) && g.payload.register >= 0:
		g.verbatim = true
		g.wlanLength(l)
	case g.outermost == linkPFLog && g.payload.register >= 0:
		l.add(flow.LoadAbs|flow.Byte, 0)
		l.add(flow.Alu|flow.Add, 3)
		l.add(flow.Alu|flow.And, 0xfffffffc)
		l.add(flow.Store, uint32(g.payload.register))
		l.add(flow.TAX, 0)
	case g.tagMove:
		l.add(flow.LoadImm, 0)
		l.add(flow.Store, uint32(g.payload.register))
		l.add(flow.Store, uint32(g.protocol.register))
	}
	return l.finish()
}

// radioLength leaves the length of the radio header in X.
func (g *generator) radioLength(l *listing) {
	switch g.outermost {
	case linkPrism:
		// Drivers that should write a Prism header, of 144 bytes, may write an AVS header, which tells its length.
		l.add(flow.LoadAbs|flow.Word, 0)
		l.add(flow.Alu|flow.And, 0xfffff000)
		l.when(flow.Equal, 0x80211000, "avs", "prism")
		l.label("avs")
		l.add(flow.LoadAbs|flow.Word, 4)
		l.jump("radio")
		l.label("prism")
		l.add(flow.LoadImm, 144)
		l.label("radio")
	case linkAVS:
		l.add(flow.LoadAbs|flow.Word, 4)
	case linkRadiotap, linkPPI:
		l.add(flow.LoadAbs|flow.Byte, 3)
		l.add(flow.Alu|flow.Lsh, 8)
		l.add(flow.TAX, 0)
		l.add(flow.LoadAbs|flow.Byte, 2)
		l.add(flow.AluX|flow.Or, 0)
	default:
		return
	}
	l.add(flow.Store, uint32(g.header.register))
	l.add(flow.TAX, 0)
}

// wlanLength notes where the payload of an 802.11 data frame is: behind 24 bytes, or 26 with a QoS field, and at a
// multiple of four when the radio header says that there is padding.
func (g *generator) wlanLength(l *listing) {
	payload := uint32(g.payload.register)
	if len(l.code) == 0 {
		l.add(flow.LoadXImm, 0)
	}
	l.add(flow.TXA, 0)
	l.add(flow.Alu|flow.Add, 24)
	l.add(flow.Store, payload)
	l.add(flow.LoadInd|flow.Byte, 0)
	l.when(flow.AnyBit, wlanIsData, "", "end")
	l.when(flow.AnyBit, wlanIsControl, "end", "")
	l.when(flow.AnyBit, 0x80, "", "padding")
	l.add(flow.LoadMem, payload)
	l.add(flow.Alu|flow.Add, 2)
	l.add(flow.Store, payload)
	l.label("padding")
	if g.linkType == linkRadiotap {
		wlanPadding(l, payload)
	}
}

// wlanPadding looks for radiotap's flag of padding. Its flags stand first, or behind a time stamp of 8 bytes.
func wlanPadding(l *listing, payload uint32) {
	const (
		hasFlags = 0x02000000 // little-endian, as the header is
		hasTime  = 0x01000000
		hasMore  = 0x00000080
		padded   = 0x20
	)
	l.add(flow.LoadAbs|flow.Word, 4)
	l.when(flow.AnyBit, hasFlags, "", "end")
	l.when(flow.AnyBit, hasMore, "end", "")
	l.when(flow.AnyBit, hasTime, "", "flags first")
	l.add(flow.LoadAbs|flow.Byte, 16)
	l.when(flow.AnyBit, padded, "round", "end")
	l.label("flags first")
	l.add(flow.LoadAbs|flow.Byte, 8)
	l.when(flow.AnyBit, padded, "round", "end")
	l.label("round")
	l.add(flow.LoadMem, payload)
	l.add(flow.Alu|flow.Add, 3)
	l.add(flow.Alu|flow.And, 0xfffffffc)
	l.add(flow.Store, payload)
}
