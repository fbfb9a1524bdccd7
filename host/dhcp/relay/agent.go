package relay

import (
	"bytes"
	"net/netip"
	"slices"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// A Policy is what becomes of relay agent information that a message has already.
type Policy string

// The policies, named as relay agents name them.
const (
	Append  Policy = "append"  // ours follows it
	Replace Policy = "replace" // ours takes its place
	Forward Policy = "forward" // it goes on as it is, without ours
	Drop    Policy = "drop"    // the message is dropped
)

// Policies are all of them.
var Policies = []Policy{Append, Replace, Forward, Drop}

// An Agent decides what becomes of messages of DHCPv4.
type Agent struct {
	Info    Info   // what option 82 says; empty: none is added
	Policy  Policy // "": Forward
	Trusted bool   // links to clients: option 82 without a relay agent's address is no reason to drop (RFC 3046 section 2.1.1)
	Hops    uint8  // most relay agents on the way
	Secs    uint16 // younger messages are left to servers on the link
	Room    int    // longest message, in bytes, that option 82 may make
}

// An Arrival is how a message came.
type Arrival struct {
	Interface string
	Address   netip.Addr   // of the relay agent there: giaddr
	Own       []netip.Addr // all addresses that are giaddr of ours
	Unicast   bool         // the client sent it to the relay agent itself
}

// Request readies a client's message for the servers. A reason says why it is dropped instead.
func (a *Agent) Request(m *dhcp4.Message, in Arrival) (reason string) {
	there := m.Has(option.RelayAgentInformation)
	fresh := m.GIAddr.IsUnspecified()
	switch {
	case m.Hops > a.Hops:
		return TooManyHops
	case m.Secs < a.Secs:
		return TooYoung
	case slices.Contains(in.Own, m.GIAddr):
		return OwnAddress // RFC 3046 section 2.1.1
	case there && fresh && !a.Trusted:
		return Untrusted
	case there && a.Policy == Drop:
		return HasInformation
	}
	m.Hops++
	if fresh {
		m.GIAddr = in.Address
	}
	// Who adds the option is the agent next to the client, unless a policy says otherwise (RFC 3046 section 2.1).
	// BOOTP's messages stay without.
	if !a.Info.Empty() && m.Type() != 0 && (fresh && !there || there && a.adds()) {
		a.add(m, in)
	}
	return ""
}

// adds says whether our option goes where one is already.
func (a *Agent) adds() bool { return a.Policy == Append || a.Policy == Replace }

// add puts option 82 last, in the place of the zeros behind the end (RFC 3046 section 2.0). Without room, and in messages
// of BOOTP that have no options at all, it is left out.
func (a *Agent) add(m *dhcp4.Message, in Arrival) {
	if !m.Cookie {
		return
	}
	options, trailer, least := m.Options, m.Trailer, m.Least
	m.Options = slices.DeleteFunc(slices.Clone(options), func(o dhcp4.Option) bool { return o.Code == option.Pad && o.In == dhcp4.Options })
	if a.Policy == Replace {
		m.Set(option.RelayAgentInformation, nil)
	}
	if len(bytes.Trim(m.Trailer, "\x00")) == 0 {
		m.Trailer, m.Least = nil, max(m.Least, dhcp4.LeastSize)
	}
	m.Add(option.RelayAgentInformation, a.Info.encode(in))
	if b, err := m.Encode(); err != nil || len(b) > a.Room {
		m.Options, m.Trailer, m.Least = options, trailer, least
	}
}

// Reply readies a server's message for the client: what the agent added is taken out.
func (a *Agent) Reply(m *dhcp4.Message, out Arrival) {
	if a.Info.Empty() {
		return
	}
	for i, o := range slices.Backward(m.Options) {
		if o.Code == option.RelayAgentInformation && a.Info.wrote(o.Data, out) {
			m.Options = slices.Delete(m.Options, i, i+1)
			m.Least = max(m.Least, dhcp4.LeastSize)
			return
		}
	}
}
