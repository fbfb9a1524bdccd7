package filter

import "moonwire/host/filter/internal/flow"

// ss7Places are the places of signalling system 7's fields in a frame: the length indicator of MTP2 (ITU-T Q.703) and
// of its high-speed form, and MTP3's fields (Q.704).
type ss7Places struct{ li, liHSL, sio, points, sls uint32 }

var ss7Layouts = map[uint32]ss7Places{
	linkMTP2:       {2, 4, 3, 4, 7},
	linkMTP2Header: {6, 8, 7, 8, 11},
	linkERF:        {22, 24, 23, 24, 27},
}

func (g *generator) ss7(text string) ss7Places {
	l, ok := ss7Layouts[g.linkType]
	if !ok {
		g.fail("%s goes with captures of signalling system 7 (link types 139, 140 and 197), and this is one of %s", text, linkName(g.linkType))
	}
	return l
}

// ss7Unit tests for a kind of signal unit, which its length tells.
func (g *generator) ss7Unit(word kind, text string) *cond {
	l := g.ss7(text)
	f, mask, two := byteAt(fromPacket, l.li), uint32(0x3f), uint32(2)
	if word == kwHfisu || word == kwHlssu || word == kwHmsu {
		f, mask, two = halfAt(fromPacket, l.liHSL), 0xff80, 0x0100
	}
	switch word {
	case kwFisu, kwHfisu:
		return g.masked(f, 0, mask)
	case kwMsu, kwHmsu:
		return g.compare(f, mask, flow.Greater, two)
	}
	some := g.compare(f, mask, flow.Greater, 0)
	return flow.All(some, flow.Not(g.compare(f, mask, flow.Greater, two)))
}

// ss7Field tests a field of MTP3. The point codes of 14 bits lie across bytes, least significant first.
func (g *generator) ss7Field(word kind, text string, r relation, v uint32) *cond {
	l := g.ss7(text)
	limit := func(most uint32) {
		if v > most {
			g.fail("%s is at most %d, not %d", text, most, v)
		}
	}
	further := uint32(0)
	switch word {
	case kwHsio, kwHopc, kwHdpc, kwHsls:
		further = 3 // the high-speed form's length takes more
	}
	test := func(f field, mask, v uint32) *cond { return r.field(g.compare(f, mask, r.comparison, v)) }
	switch word {
	case kwSio, kwHsio:
		limit(255)
		return test(byteAt(fromPacket, l.sio+further), 0xffffffff, v)
	case kwOpc, kwHopc:
		limit(16383)
		v = v&0x3c00>>10 + v&0x03fc<<6 + v&3<<22
		return test(wordAt(fromPacket, l.points+further), 0x00c0ff0f, v)
	case kwDpc, kwHdpc:
		limit(16383)
		v = v&0xff<<24 + v&0x3f00<<8
		return test(wordAt(fromPacket, l.points+further), 0xff3f0000, v)
	}
	limit(15)
	return test(byteAt(fromPacket, l.sls+further), 0xf0, v<<4)
}
