package watch

import (
	"encoding/binary"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// verbs4 is what the messages of RFC 2131 do.
var verbs4 = map[dhcp4.Type]verb{dhcp4.Discover: seek, dhcp4.Offer: offer, dhcp4.Request: ask, dhcp4.Decline: decline, dhcp4.Ack: grant,
	dhcp4.Nak: refuse, dhcp4.Release: release, dhcp4.Inform: inform}

// notice4 reads a message of DHCPv4.
func notice4(s *Sighting) notice {
	m := s.V4
	n := notice{Sighting: s, verb: verbs4[m.Type()], relay: m.GIAddr, relayed: !m.GIAddr.IsUnspecified(), text: clip(m.Text(option.Message))}
	n.client = Client{MAC: own(m.MAC()), HostName: clip(m.Text(option.HostName)), VendorClass: clip(m.Text(option.VendorClass))}
	if b, ok := m.Get(option.ClientIdentifier); ok {
		n.client.ID = id(b)
	}
	n.talk = string(binary.BigEndian.AppendUint32(nil, m.XID)) + string(n.client.MAC)
	if b, ok := m.Get(option.RelayAgentInformation); ok {
		n.circuit = clip(suboption(b, circuitID))
	}
	if a := m.Addr(option.ServerIdentifier); a.IsValid() {
		n.server, n.address = a.String(), a
	}
	n.rapid = m.Has(option.RapidCommit)
	switch n.verb {
	case ask:
		n.how = asked4(s)
		n.has = list4(first(m.Addr(option.RequestedAddress), m.CIAddr))
	case offer, grant:
		n.has = list4(m.YIAddr)
		for i := range n.has {
			n.has[i].time, n.has[i].renew, n.has[i].rebind = time4(m, option.LeaseTime), time4(m, option.RenewalTime), time4(m, option.RebindingTime)
		}
	case release:
		n.has = list4(m.CIAddr)
	case decline:
		n.has = list4(m.Addr(option.RequestedAddress))
	}
	return n
}

// asked4 is the state that a client sends its request in (RFC 2131 section 4.3.2 and table 4).
func asked4(s *Sighting) string {
	m := s.V4
	switch {
	case m.Has(option.ServerIdentifier):
		return "selecting"
	case m.CIAddr.IsUnspecified():
		return "init-reboot"
	case s.Dst.Addr() == netip.AddrFrom4([4]byte{255, 255, 255, 255}) || !m.GIAddr.IsUnspecified():
		return "rebinding"
	}
	return "renewing"
}

// circuitID is the agent's name for where a client is (RFC 3046 section 3.1).
const circuitID = 1

// suboption finds a sub-option of option 82.
func suboption(b []byte, code byte) []byte {
	for len(b) >= 2 && 2+int(b[1]) <= len(b) {
		if b[0] == code {
			return b[2 : 2+int(b[1])]
		}
		b = b[2+int(b[1]):]
	}
	return nil
}

func time4(m *dhcp4.Message, code uint8) time.Duration {
	if n, ok := m.Uint32(code); ok {
		return seconds(n)
	}
	return 0
}

// list4 is an address as what a message is about; 0.0.0.0 is none.
func list4(a netip.Addr) []binding {
	if !a.IsValid() || a.IsUnspecified() {
		return nil
	}
	return []binding{{prefix: single(a)}}
}

// first is the first address that there is.
func first(list ...netip.Addr) netip.Addr {
	for _, a := range list {
		if a.IsValid() && !a.IsUnspecified() {
			return a
		}
	}
	return netip.Addr{}
}
