package filter

import (
	"strings"

	"moonwire/host/filter/internal/flow"
)

// The frame control field of 802.11.
const (
	wlanTypeMask    = 0x0c
	wlanSubtypeMask = 0xf0
	wlanControl     = 0x04
	wlanCTS         = 0xc0
	wlanACK         = 0xd0
	wlanDirMask     = 0x03
	wlanToDS        = 0x01
	wlanFromDS      = 0x02
	wlanIsData      = 0x08
	wlanIsControl   = 0x04
)

var wlanTypes = map[string]uint32{"mgt": 0x00, "management": 0x00, "ctl": 0x04, "control": 0x04, "data": 0x08}

var wlanDirections = map[string]uint32{"nods": 0, "tods": 1, "fromds": 2, "dstods": 3}

// wlanSubtypes are the subtypes of each type.
var wlanSubtypes = []struct {
	kind  uint32
	names map[string]uint32
}{
	{0x00, map[string]uint32{
		"assocreq": 0x00, "assoc-req": 0x00, "assocresp": 0x10, "assoc-resp": 0x10, "reassocreq": 0x20,
		"reassoc-req": 0x20, "reassocresp": 0x30, "reassoc-resp": 0x30, "probereq": 0x40, "probe-req": 0x40,
		"proberesp": 0x50, "probe-resp": 0x50, "beacon": 0x80, "atim": 0x90, "disassoc": 0xa0, "disassociation": 0xa0,
		"auth": 0xb0, "authentication": 0xb0, "deauth": 0xc0, "deauthentication": 0xc0,
	}},
	{0x04, map[string]uint32{
		"ps-poll": 0xa0, "rts": 0xb0, "cts": 0xc0, "ack": 0xd0, "cf-end": 0xe0, "cf-end-ack": 0xf0,
	}},
	{0x08, map[string]uint32{
		"data": 0x00, "data-cf-ack": 0x10, "data-cf-poll": 0x20, "data-cf-ack-poll": 0x30, "null": 0x40,
		"cf-ack": 0x50, "cf-poll": 0x60, "cf-ack-poll": 0x70, "qos-data": 0x80, "qos-data-cf-ack": 0x90,
		"qos-data-cf-poll": 0xa0, "qos-data-cf-ack-poll": 0xb0, "qos": 0xc0, "qos-cf-poll": 0xe0,
		"qos-cf-ack-poll": 0xf0,
	}},
}

// wlanSubtype finds a subtype by name, among those of one type or of all when kind is -1.
func wlanSubtype(name string, kind int) (bits uint32, ok bool) {
	for _, t := range wlanSubtypes {
		if kind >= 0 && uint32(kind) != t.kind {
			continue
		}
		if b, ok := t.names[strings.ToLower(name)]; ok {
			return t.kind | b, true
		}
	}
	return 0, false
}

// wlanType tests the type and subtype of a frame.
func (g *generator) wlanType(bits, mask uint32) *cond {
	if g.linkType != link80211 && !hasRadio(g.linkType) {
		g.fail("type and subtype go with 802.11 frames, and %s has none", linkName(g.linkType))
	}
	return g.masked(byteAt(fromHeader, 0), bits, mask)
}

// wlanDirection tests whether a frame goes to or from the distribution system.
func (g *generator) wlanDirection(bits uint32) *cond {
	if g.linkType != link80211 && !hasRadio(g.linkType) {
		g.fail("dir goes with 802.11 frames, and %s has none", linkName(g.linkType))
	}
	return g.masked(byteAt(fromHeader, 1), bits, wlanDirMask)
}

func (g *generator) wlanSet(at, bit uint32) *cond { return g.anyBit(byteAt(fromHeader, at), bit) }

func (g *generator) wlanClear(at, bit uint32) *cond { return flow.Not(g.wlanSet(at, bit)) }

// wlanData tests for a data frame.
func (g *generator) wlanData() *cond {
	return flow.All(g.wlanClear(0, wlanIsControl), g.wlanSet(0, wlanIsData))
}

// wlanHost tests for a MAC address in the field that has the source or the destination: which one depends on the
// frame's type and on where it goes.
func (g *generator) wlanHost(mac []byte, d direction) *cond {
	at := func(offset uint32) *cond { return g.bytes(fromHeader, offset, mac) }
	notControl := func() *cond { return flow.Not(g.masked(byteAt(fromHeader, 0), wlanControl, wlanTypeMask)) }
	switch d {
	case addr1:
		return at(4)
	case addr2:
		return flow.All(g.wlanHasAddr2(), at(10))
	case addr3:
		return flow.All(notControl(), at(16))
	case addr4:
		return flow.All(g.masked(byteAt(fromHeader, 1), wlanToDS|wlanFromDS, wlanDirMask), at(24))
	case ra:
		return flow.All(g.wlanSet(0, wlanIsData), at(4))
	case ta:
		return flow.All(flow.All(g.wlanSet(0, wlanIsData), g.wlanHasAddr2()), at(10))
	}
	return g.ends(d, "", func(end direction) *cond {
		if end == src {
			return g.wlanSource(at)
		}
		return g.wlanDestination(at)
	})
}

// wlanHasAddr2 leaves out the control frames that have one address only.
func (g *generator) wlanHasAddr2() *cond {
	is := func(v, mask uint32) *cond { return flow.Not(g.masked(byteAt(fromHeader, 0), v, mask)) }
	return flow.Any(is(wlanControl, wlanTypeMask),
		flow.All(is(wlanCTS, wlanSubtypeMask), is(wlanACK, wlanSubtypeMask)))
}

func (g *generator) wlanSource(at func(uint32) *cond) *cond {
	c := flow.All(g.wlanSet(1, wlanToDS), at(24))
	c = flow.Any(flow.All(g.wlanClear(1, wlanToDS), at(16)), c)
	c = flow.All(g.wlanSet(1, wlanFromDS), c)
	c = flow.Any(flow.All(g.wlanClear(1, wlanFromDS), at(10)), c)
	c = flow.All(g.wlanSet(0, wlanIsData), c)
	c = flow.Any(flow.All(g.wlanClear(0, wlanIsData), at(10)), c)
	return flow.All(g.wlanClear(0, wlanIsControl), c)
}

func (g *generator) wlanDestination(at func(uint32) *cond) *cond {
	c := flow.All(g.wlanSet(1, wlanToDS), at(16))
	c = flow.Any(flow.All(g.wlanClear(1, wlanToDS), at(4)), c)
	c = flow.All(g.wlanSet(0, wlanIsData), c)
	c = flow.Any(flow.All(g.wlanClear(0, wlanIsData), at(4)), c)
	return flow.All(g.wlanClear(0, wlanIsControl), c)
}

func (g *generator) wlanMulticast() *cond {
	return g.wlanDestination(func(offset uint32) *cond { return g.anyBit(byteAt(fromHeader, offset), 1) })
}
