package load

import (
	"encoding/binary"
	"net"
	"net/netip"
	"slices"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// A kind is a kind of message of clients.
type kind uint8

// The kinds. Those up to inform are answered.
const (
	discover kind = iota
	request
	renew
	rebind
	reboot
	inform
	release
	decline
	kinds
)

// kindNames are what the kinds are called, with their answers.
var kindNames = [kinds]string{"discover-offer", "request-ack", "renew-ack", "rebind-ack", "reboot-ack", "inform-ack", "release", "decline"}

// answered says whether servers answer messages of the kind.
func (k kind) answered() bool { return k < release }

// unicast says whether a client on the server's link sends it to the server alone (RFC 2131 sections 4.3.6 and 4.4).
func (k kind) unicast() bool { return k == renew || k == inform || k == release }

// hasAddress says whether ciaddr is the client's address.
func (k kind) hasAddress() bool { return k == renew || k == rebind || k == inform || k == release }

func (k kind) messageType() dhcp4.Type {
	return [kinds]dhcp4.Type{dhcp4.Discover, dhcp4.Request, dhcp4.Request, dhcp4.Request, dhcp4.Request, dhcp4.Inform, dhcp4.Release, dhcp4.Decline}[k]
}

// Where fixed fields stand in a message (RFC 2131 section 2).
const (
	atOp     = 0
	atHops   = 3
	atXID    = 4
	atCIAddr = 12
	atYIAddr = 16
	atGIAddr = 24
	atCHAddr = 28
	atCookie = 236
	atFirst  = 240 // the first option
)

// A template is a message of a kind, and where the fields stand that differ from client to client. 0: there is none.
type template struct {
	bytes                       []byte
	requested, server, clientID int
}

// parameters are what the clients ask for (option 55), as perfdhcp's do.
var parameters = []byte{option.SubnetMask, option.BroadcastAddress, option.TimeOffset, option.Router, option.DomainName,
	option.DomainNameServer, option.HostName}

// newTemplate makes the template of a kind.
func newTemplate(k kind, o *Options) (t template, err error) {
	m := dhcp4.New(k.messageType(), 0, make(net.HardwareAddr, 6))
	if o.Template != nil {
		m.Flags, m.SName, m.File, m.Secs = o.Template.Flags, o.Template.SName, o.Template.File, o.Template.Secs
	}
	if o.Broadcast && k != renew && k != release {
		m.SetBroadcast(true)
	}
	zero := netip.IPv4Unspecified()
	if k == request || k == reboot || k == decline {
		m.SetAddr(option.RequestedAddress, zero)
	}
	if k == request || k == release || k == decline {
		m.SetAddr(option.ServerIdentifier, zero)
	}
	if o.ClientID {
		m.Set(option.ClientIdentifier, make([]byte, 7))
	}
	if o.Template != nil {
		addOptions(m, o.Template)
	}
	if k.answered() && !m.Has(option.ParameterRequestList) {
		m.Set(option.ParameterRequestList, parameters)
	}
	if o.Relay != nil {
		m.Hops = 1
		if o.Relay.Info != nil {
			m.Set(option.RelayAgentInformation, o.Relay.Info)
		}
	}
	if t.bytes, err = m.Encode(); err != nil {
		return t, err
	}
	t.bytes[atHops] = m.Hops
	t.requested, t.server, t.clientID = t.find(option.RequestedAddress), t.find(option.ServerIdentifier), 0
	if o.ClientID {
		t.clientID = t.find(option.ClientIdentifier)
		t.bytes[t.clientID] = 1 // hardware type Ethernet
	}
	return t, nil
}

// own are the options that the load sets itself.
var own = []uint8{option.MessageType, option.RequestedAddress, option.ServerIdentifier, option.RelayAgentInformation, option.Pad, option.End}

// addOptions gives m the options of a script's message, in their order.
func addOptions(m *dhcp4.Message, from *dhcp4.Message) {
	for _, o := range from.Options {
		if !slices.Contains(own, o.Code) && !m.Has(o.Code) {
			m.Add(o.Code, o.Data)
		}
	}
}

// find is where the data of an option stand; 0 when there is none.
func (t *template) find(code uint8) int {
	for at := atFirst; at+1 < len(t.bytes) && t.bytes[at] != option.End; at += 2 + int(t.bytes[at+1]) {
		if t.bytes[at] == code {
			return at + 2
		}
	}
	return 0
}

// fill writes the message of a client.
func (t *template) fill(b []byte, k kind, c *client, xid uint32, mac, giaddr uint64) int {
	n := copy(b, t.bytes)
	binary.BigEndian.PutUint32(b[atXID:], xid)
	putMAC(b[atCHAddr:], mac)
	if k.hasAddress() {
		copy(b[atCIAddr:], c.address[:])
	}
	if giaddr != 0 {
		binary.BigEndian.PutUint32(b[atGIAddr:], uint32(giaddr))
	}
	if t.requested > 0 {
		copy(b[t.requested:], c.address[:])
	}
	if t.server > 0 {
		copy(b[t.server:], c.server[:])
	}
	if t.clientID > 0 {
		putMAC(b[t.clientID+1:], mac)
	}
	return n
}

func putMAC(b []byte, mac uint64) {
	binary.BigEndian.PutUint16(b, uint16(mac>>32))
	binary.BigEndian.PutUint32(b[2:], uint32(mac))
}
