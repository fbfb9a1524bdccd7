package agent

import (
	"sync/atomic"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A Counter is one of those that an engine keeps of messages.
type Counter uint8

// The counters of the group snmp (RFC 3418), of messages (RFC 3412 section 5) and of contexts (RFC 3413 section 4.1.2).
const (
	InPkts Counter = iota
	OutPkts
	InBadVersions
	InBadCommunityNames
	InBadCommunityUses
	InASNParseErrs
	InTooBigs
	InNoSuchNames
	InBadValues
	InReadOnlys
	InGenErrs
	InTotalReqVars
	InTotalSetVars
	InGetRequests
	InGetNexts
	InSetRequests
	InGetResponses
	InTraps
	OutTooBigs
	OutNoSuchNames
	OutBadValues
	OutGenErrs
	OutGetRequests
	OutGetNexts
	OutSetRequests
	OutGetResponses
	OutTraps
	SilentDrops
	ProxyDrops
	UnknownSecurityModels
	InvalidMsgs
	UnknownPDUHandlers
	UnavailableContexts
	UnknownContexts
	counters
)

// counterTable has for each counter its object's name and its place: in the group snmp, or elsewhere.
var counterTable = [counters]struct {
	name string
	arc  uint32
	root oid.OID
}{
	InPkts: {"snmpInPkts", 1, nil}, OutPkts: {"snmpOutPkts", 2, nil}, InBadVersions: {"snmpInBadVersions", 3, nil},
	InBadCommunityNames: {"snmpInBadCommunityNames", 4, nil}, InBadCommunityUses: {"snmpInBadCommunityUses", 5, nil},
	InASNParseErrs: {"snmpInASNParseErrs", 6, nil}, InTooBigs: {"snmpInTooBigs", 8, nil}, InNoSuchNames: {"snmpInNoSuchNames", 9, nil},
	InBadValues: {"snmpInBadValues", 10, nil}, InReadOnlys: {"snmpInReadOnlys", 11, nil}, InGenErrs: {"snmpInGenErrs", 12, nil},
	InTotalReqVars: {"snmpInTotalReqVars", 13, nil}, InTotalSetVars: {"snmpInTotalSetVars", 14, nil},
	InGetRequests: {"snmpInGetRequests", 15, nil}, InGetNexts: {"snmpInGetNexts", 16, nil}, InSetRequests: {"snmpInSetRequests", 17, nil},
	InGetResponses: {"snmpInGetResponses", 18, nil}, InTraps: {"snmpInTraps", 19, nil}, OutTooBigs: {"snmpOutTooBigs", 20, nil},
	OutNoSuchNames: {"snmpOutNoSuchNames", 21, nil}, OutBadValues: {"snmpOutBadValues", 22, nil}, OutGenErrs: {"snmpOutGenErrs", 24, nil},
	OutGetRequests: {"snmpOutGetRequests", 25, nil}, OutGetNexts: {"snmpOutGetNexts", 26, nil},
	OutSetRequests: {"snmpOutSetRequests", 27, nil}, OutGetResponses: {"snmpOutGetResponses", 28, nil}, OutTraps: {"snmpOutTraps", 29, nil},
	SilentDrops: {"snmpSilentDrops", 31, nil}, ProxyDrops: {"snmpProxyDrops", 32, nil},
	UnknownSecurityModels: {"snmpUnknownSecurityModels", 1, mpdStats}, InvalidMsgs: {"snmpInvalidMsgs", 2, mpdStats},
	UnknownPDUHandlers: {"snmpUnknownPDUHandlers", 3, mpdStats}, UnavailableContexts: {"snmpUnavailableContexts", 4, targetObjects},
	UnknownContexts: {"snmpUnknownContexts", 5, targetObjects},
}

var (
	snmpGroup     = oid.OID{1, 3, 6, 1, 2, 1, 11}
	mpdStats      = oid.OID{1, 3, 6, 1, 6, 3, 11, 2, 1}
	targetObjects = oid.OID{1, 3, 6, 1, 6, 3, 12, 1}
)

// String is the name of the counter's object, such as snmpInPkts.
func (c Counter) String() string { return counterTable[c].name }

// OID is the name of the counter's only instance.
func (c Counter) OID() oid.OID {
	root := counterTable[c].root
	if root == nil {
		root = snmpGroup
	}
	return root.Append(counterTable[c].arc, 0)
}

// Counters are all of them.
func Counters() []Counter {
	list := make([]Counter, counters)
	for i := range list {
		list[i] = Counter(i)
	}
	return list
}

// tally counts. Any goroutine may use it.
type tally [counters]atomic.Uint32

func (t *tally) add(c Counter) { t[c].Add(1) }

// asked counts a request and what it names.
func (t *tally) asked(r *Request) {
	switch r.Type {
	case message.Get:
		t.add(InGetRequests)
	case message.GetNext:
		t.add(InGetNexts)
	case message.Set:
		t.add(InSetRequests)
	}
}

// answered counts an answer.
func (t *tally) answered(r *Request, p *message.PDU) {
	t.add(OutGetResponses)
	switch p.ErrorStatus {
	case message.TooBig:
		t.add(OutTooBigs)
	case message.NoSuchName:
		t.add(OutNoSuchNames)
	case message.BadValue:
		t.add(OutBadValues)
	case message.GenErr:
		t.add(OutGenErrs)
	case message.NoError:
		if r.Type == message.Set {
			t[InTotalSetVars].Add(uint32(r.Names))
		} else {
			t[InTotalReqVars].Add(uint32(len(p.Encoded)))
		}
	}
}
