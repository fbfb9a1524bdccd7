package filter

import "moonwire/host/filter/internal/flow"

// term reads a primitive.
func (p *parser) term() item {
	t := p.token
	p.gen.at = t.at
	if t.kind > kindProto {
		p.advance()
		return p.protocol(proto(t.kind-kindProto), t)
	}
	if c := p.primitive(); c != nil {
		return item{kind: isTerm, cond: c, q: qualifier{none: true}, at: t.at}
	}
	return p.qualified(qualifier{}, t.at)
}

// protocol reads on behind a protocol's keyword: it is a primitive, or qualifies what follows.
func (p *parser) protocol(of proto, t token) item {
	switch p.token.kind {
	case '[':
		return item{kind: isValue, value: p.bytes(of, t.at), at: t.at}
	case kwSrc, kwDst, kwAddr1, kwAddr2, kwAddr3, kwAddr4, kwRA, kwTA, kwHost, kwNet, kwPort, kwPortrange, kwProto,
		kwProtochain, kwGateway, kwBroadcast, kwMulticast, kwType, kwSubtype, kwDir:
		return p.qualified(qualifier{proto: of}, t.at)
	}
	c := p.gen.is(of)
	if k := p.token.kind; startsID(k) && k != '!' && k != '(' {
		fail(p.token.at, "a word such as host, net, port or proto expected between %s and %s", t.text, p.token.text)
	}
	return item{kind: isTerm, cond: c, q: qualifier{none: true}, at: t.at}
}

// qualified reads the rest of the qualifiers and what they qualify.
func (p *parser) qualified(q qualifier, at int) item {
	term := func(c *cond) item { return item{kind: isTerm, cond: c, q: qualifier{none: true}, at: at} }
	p.gen.at = at
	switch p.token.kind {
	case kwBroadcast:
		p.advance()
		return term(p.gen.broadcast(q.proto))
	case kwMulticast:
		p.advance()
		return term(p.gen.multicast(q.proto))
	case kwType, kwSubtype, kwDir:
		return term(p.wlan())
	}
	directed := p.direction(&q)
	switch k := p.token.kind; k {
	case kwHost, kwNet, kwPort, kwPortrange:
		q.kind = k
		p.advance()
	case kwProto, kwProtochain, kwGateway:
		if directed {
			fail(p.token.at, "%s has no direction", p.token.text)
		}
		q.kind = k
		p.advance()
	default:
		if !directed {
			p.unexpected("a primitive such as host, port, tcp or vlan")
		}
	}
	if !startsID(p.token.kind) {
		p.unexpectedName(idExpected(q))
	}
	i := p.any(q)
	if i.kind == isTerm || i.kind == isValue {
		fail(i.at, "%s expected", idExpected(q))
	}
	i = p.asID(i, q)
	i.kind = isTerm
	return i
}

// startsID reports whether an id can begin with a token.
func startsID(k kind) bool {
	switch k {
	case kindName, kindNumber, kindIPv4, kindIPv6, kindMAC, kindARCnet, '!', '(':
		return true
	}
	return false
}

// idExpected says what a qualifier goes before.
func idExpected(q qualifier) string {
	switch q.kind {
	case kwPort:
		return "a port's number or name"
	case kwPortrange:
		return "two ports, as in 6000-6008"
	case kwProto, kwProtochain:
		return "a protocol's number or name"
	case kwNet:
		return "a network, as in 10.0.0.0/8"
	}
	return "an address or a host's name"
}

// direction reads src, dst and their combinations, or an address field of 802.11.
func (p *parser) direction(q *qualifier) bool {
	fields := map[kind]direction{kwAddr1: addr1, kwAddr2: addr2, kwAddr3: addr3, kwAddr4: addr4, kwRA: ra, kwTA: ta}
	switch k := p.token.kind; k {
	case kwSrc, kwDst:
		q.dir = map[kind]direction{kwSrc: src, kwDst: dst}[k]
		p.advance()
		joined := p.token.kind
		if joined != kwOr && joined != kwAnd {
			return true
		}
		p.advance()
		p.expect(kwSrc+kwDst-k, "src or dst")
		q.dir = map[kind]direction{kwOr: eitherEnd, kwAnd: bothEnds}[joined]
		return true
	default:
		d, ok := fields[k]
		if ok {
			q.dir = d
			p.advance()
		}
		return ok
	}
}

// primitive reads a primitive that has a keyword of its own; it is nil when none stands there.
func (p *parser) primitive() *cond {
	g, t := p.gen, p.token
	switch k := t.kind; k {
	case kwLess, kwGreater:
		p.advance()
		n := p.expect(kindNumber, "a length").num
		if k == kwLess {
			return flow.Not(g.lengthTest(flow.Greater, n))
		}
		return g.lengthTest(flow.GreaterEqual, n)
	case kwByte:
		p.advance()
		return p.byteTest()
	case kwInbound, kwOutbound:
		p.advance()
		return g.direction(k == kwOutbound)
	case kwIfindex:
		p.advance()
		return g.ifindex(p.expect(kindNumber, "an interface's number").num)
	case kwVLAN:
		return g.vlan(p.wanted())
	case kwMPLS:
		return g.mpls(p.wanted())
	case kwPPPoED:
		p.advance()
		return g.carries(typePPPoED)
	case kwPPPoES:
		return g.pppoes(p.wanted())
	case kwGeneve:
		return g.geneve(p.wanted())
	case kwLLC:
		p.advance()
		return g.llc(p.llcName())
	case kwIfname, kwRuleset, kwRulenum, kwSubrulenum, kwReason, kwAction:
		p.advance()
		return p.packetFilter(t)
	case kwVpi, kwVci, kwSio, kwOpc, kwDpc, kwSls, kwHsio, kwHopc, kwHdpc, kwHsls:
		p.advance()
		return p.numberedField(t)
	case kwLane, kwMetac, kwBcc, kwOam, kwOamf4, kwOamf4ec, kwOamf4sc, kwSc, kwIlmic, kwConnectmsg, kwMetaconnect:
		p.advance()
		return g.atm(k, t.text)
	case kwFisu, kwLssu, kwMsu, kwHfisu, kwHlssu, kwHmsu:
		p.advance()
		return g.ss7Unit(k, t.text)
	}
	return nil
}

// llcName reads an LLC frame's type, if one is named. Its rnr is a keyword already, of the packet filter.
func (p *parser) llcName() string {
	switch p.token.kind {
	case kindName:
		return p.advance().name
	case kwRulenum:
		p.advance()
		return "rnr"
	}
	return ""
}

// wanted reads the number that may follow a keyword such as vlan.
func (p *parser) wanted() wanted {
	p.advance()
	at := p.gen.at
	defer func() { p.gen.at = at }()
	if p.token.kind != kindNumber && p.token.kind != '(' {
		return wanted{}
	}
	return wanted{p.number(), true}
}

// number reads a number, perhaps in parentheses.
func (p *parser) number() uint32 {
	p.enter()
	defer p.leave()
	if p.accept('(') {
		n := p.number()
		p.expect(')', ")")
		return n
	}
	return p.expect(kindNumber, "a number").num
}
