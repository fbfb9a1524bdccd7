package relay

import (
	"bytes"
	"net/netip"
	"slices"
)

// Sub-options of relay agent information (RFC 3046 and others).
const (
	subCircuitID      = 1
	subRemoteID       = 2
	subLinkSelection  = 5  // RFC 3527
	subSubscriberID   = 6  // RFC 3993
	subFlags          = 10 // RFC 5010
	subServerOverride = 11 // RFC 5107
	subRelayID        = 12 // RFC 6925
)

// unicastFlag is the flag of RFC 5010: the client sent by unicast.
const unicastFlag = 0x80

// Info is what option 82 says.
type Info struct {
	CircuitID, RemoteID, SubscriberID, RelayID []byte
	LinkSelection                              netip.Addr
	ServerOverride                             bool // the client shall take the relay agent for its server
	Flags                                      bool
	More                                       map[uint8][]byte // other sub-options
}

// Empty says whether there is nothing to say.
func (i *Info) Empty() bool {
	return i.CircuitID == nil && i.RemoteID == nil && i.SubscriberID == nil && i.RelayID == nil && !i.LinkSelection.IsValid() &&
		!i.ServerOverride && !i.Flags && len(i.More) == 0
}

// Encode writes the sub-options that don't depend on how a message came.
func (i *Info) Encode() []byte { return i.encode(Arrival{}) }

// encode writes the sub-options in the order of their codes.
func (i *Info) encode(in Arrival) []byte {
	subs := map[uint8][]byte{}
	for code, data := range i.More {
		subs[code] = data
	}
	for code, data := range map[uint8][]byte{subCircuitID: i.CircuitID, subRemoteID: i.RemoteID, subSubscriberID: i.SubscriberID, subRelayID: i.RelayID} {
		if data != nil {
			subs[code] = data
		}
	}
	if i.LinkSelection.Is4() {
		subs[subLinkSelection] = i.LinkSelection.AsSlice()
	}
	if i.ServerOverride && in.Address.Is4() {
		subs[subServerOverride] = in.Address.AsSlice()
	}
	if i.Flags {
		flags := byte(0)
		if in.Unicast {
			flags = unicastFlag
		}
		subs[subFlags] = []byte{flags}
	}
	codes := make([]int, 0, len(subs))
	for code := range subs {
		codes = append(codes, int(code))
	}
	slices.Sort(codes)
	var b []byte
	for _, code := range codes {
		data := subs[uint8(code)]
		n := min(len(data), 255)
		b = append(append(b, byte(code), byte(n)), data[:n]...)
	}
	return b
}

// wrote says whether data is what encode wrote, whichever way the client's message came: all of it, or its circuit, in case
// a server left something out.
func (i *Info) wrote(data []byte, in Arrival) bool {
	for _, in.Unicast = range []bool{false, true} {
		if bytes.Equal(data, i.encode(in)) {
			return true
		}
	}
	circuit, ok := sub(data, subCircuitID)
	return ok && i.CircuitID != nil && bytes.Equal(circuit, i.CircuitID)
}

// sub is a sub-option of relay agent information.
func sub(data []byte, code uint8) ([]byte, bool) {
	for len(data) >= 2 && 2+int(data[1]) <= len(data) {
		n := 2 + int(data[1])
		if data[0] == code {
			return data[2:n], true
		}
		data = data[n:]
	}
	return nil, false
}
