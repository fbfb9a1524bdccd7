package watch

import (
	"encoding/binary"
	"net"
	"strings"

	"moonwire/host/dhcp/dhcp6"
)

// verbs6 is what the messages of RFC 8415 do, and in which state a client sends them.
var verbs6 = map[dhcp6.Type]struct {
	verb verb
	how  string
}{dhcp6.Solicit: {seek, ""}, dhcp6.Advertise: {offer, ""}, dhcp6.Request: {ask, "selecting"}, dhcp6.Renew: {ask, "renewing"},
	dhcp6.Rebind: {ask, "rebinding"}, dhcp6.Confirm: {inform, ""}, dhcp6.InformationRequest: {inform, ""}, dhcp6.Reply: {grant, ""},
	dhcp6.Release: {release, ""}, dhcp6.Decline: {decline, ""}}

// notice6 reads a message of DHCPv6, also one that relay agents pass on.
func notice6(s *Sighting) notice {
	m, outer := unwrap(s.V6)
	v := verbs6[m.Type]
	n := notice{Sighting: s, verb: v.verb, how: v.how, rapid: m.Options.Has(dhcp6.RapidCommit), relayed: outer != nil}
	if outer != nil {
		n.relay = outer.Link
		n.circuit, _ = outer.Get(dhcp6.InterfaceID)
		n.circuit = clip(n.circuit)
	}
	client, _ := m.Get(dhcp6.ClientID)
	n.client = Client{MAC: mac6(s, m, outer), ID: id(client), HostName: name6(m), VendorClass: class6(m)}
	n.talk = string(binary.BigEndian.AppendUint32(nil, m.XID)) + string(clip(client))
	if b, ok := m.Get(dhcp6.ServerID); ok {
		n.server = id(b)
	}
	n.text = status(m.Options)
	for _, ia := range m.Options.IAs() {
		n.associated(ia)
	}
	if n.verb == grant && n.text != "" {
		n.verb = refuse
	}
	return n
}

// unwrap is the message inside those of relay agents, and the agent's message that it lay in.
func unwrap(m *dhcp6.Message) (inner, outer *dhcp6.Message) {
	for hops := 0; m.Type.Relay() && hops < 32; hops++ { // RFC 8415 section 7.6 allows 8
		next, err := m.Inner()
		if err != nil {
			break
		}
		m, outer = next, m
	}
	return m, outer
}

// associated reads what an identity association holds, or why it holds nothing.
func (n *notice) associated(ia dhcp6.IA) {
	t1, t2 := seconds(ia.T1), seconds(ia.T2)
	for _, a := range ia.Addresses() {
		n.has = append(n.has, binding{single(a.Address), seconds(a.Valid), t1, t2})
	}
	for _, p := range ia.Prefixes() {
		n.has = append(n.has, binding{p.Prefix, seconds(p.Valid), t1, t2})
	}
	if why := status(ia.Options); why != "" && len(n.has) == 0 {
		n.text = why
	}
}

// status is the refusal that a status code among these options says; "" when there is none.
func status(list dhcp6.Options) string {
	b, ok := list.Get(dhcp6.StatusOption)
	if !ok || len(b) < 2 || binary.BigEndian.Uint16(b) == uint16(dhcp6.Success) {
		return ""
	}
	name := dhcp6.StatusCode(binary.BigEndian.Uint16(b)).String()
	return strings.TrimSuffix(name+": "+string(clip(b[2:])), ": ")
}

// mac6 is the client's hardware address: the frame's source, what a relay agent says, or the one in its DUID.
func mac6(s *Sighting, m, outer *dhcp6.Message) net.HardwareAddr {
	if outer == nil && m.Type != dhcp6.Advertise && m.Type != dhcp6.Reply && m.Type != dhcp6.Reconfigure {
		return own(s.SrcMAC)
	}
	if outer != nil {
		if b, ok := outer.Get(dhcp6.ClientLinkAddr); ok && len(b) > 2 {
			return own(clip(b[2:]))
		}
	}
	b, _ := m.Get(dhcp6.ClientID)
	return own(clip(dhcp6.DUID(b).MAC()))
}

// name6 is the host name of option 39: its first label.
func name6(m *dhcp6.Message) string {
	b, _ := m.Get(dhcp6.ClientFQDN)
	if len(b) < 2 || len(b) < 2+int(b[1]) {
		return ""
	}
	return string(b[2 : 2+int(b[1])])
}

// class6 is the first vendor class of option 16.
func class6(m *dhcp6.Message) string {
	b, _ := m.Get(dhcp6.VendorClass)
	if len(b) < 6 {
		return ""
	}
	return string(clip(b[6:min(len(b), 6+int(binary.BigEndian.Uint16(b[4:])))]))
}
