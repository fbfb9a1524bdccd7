package server4

import (
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/tally"
)

// A Request is a message that came, with what the server knows of it.
type Request struct {
	Message *dhcp4.Message
	Source  netip.AddrPort
	Local   netip.Addr // that it was sent to
	Time    time.Time
	Size    int // bytes

	server      *Server
	client      lease.Client
	subnets     []*subnet // of the network that the client is in
	home        *subnet   // the one that counts
	reservation *reservation
	classes     []*class
	classified  bool
	requested   []byte      // option 55
	agent       []byte      // option 82
	drop        *tally.Drop // why it gets no answer, whatever it is
	id          netip.Addr
}

// Sub-options of relay agent information.
const (
	circuitID        = 1  // RFC 3046 section 3.1
	remoteID         = 2  // RFC 3046 section 3.2
	linkSelection    = 5  // RFC 3527
	serverIDOverride = 11 // RFC 5107
)

// know finds out who the client is and where; it fails with the reason not to answer.
func (s *Server) know(r *Request) *tally.Drop {
	m := r.Message
	r.server = s
	r.agent, _ = m.Get(option.RelayAgentInformation)
	r.requested, _ = m.Get(option.ParameterRequestList)
	id, _ := m.Get(option.ClientIdentifier)
	switch mac := m.MAC(); {
	case m.Op != dhcp4.BootRequest:
		return tally.Because("no request", "")
	case int(m.HLen) > len(m.CHAddr):
		return tally.Because("malformed", m.Problems[0].Text)
	case len(id) > 0:
		r.client = lease.ByID(id)
	case len(mac) > 0:
		r.client = lease.ByMAC(mac)
	default:
		return tally.Because("no identity", "neither hlen nor option 61 say who the client is")
	}
	where := r.link()
	r.subnets = s.subnetsOf(where)
	if len(r.subnets) == 0 {
		return tally.Because("no subnet", where.String())
	}
	r.home = r.subnets[0]
	r.id = s.identify(r)
	r.reservation = s.reservationOf(r, id)
	return nil
}

// classify finds the client's classes, once: before the first answer, since scripts are asked.
func (r *Request) classify() {
	if r.classified {
		return
	}
	r.classified = true
	for _, c := range r.server.classes {
		if c.Match(r) {
			r.classes = append(r.classes, c)
		}
	}
}

// link is an address of the network that the client is in; 0.0.0.0 is the server's own (RFC 2131 section 4.3.1). A sub-option of
// the relay agent's comes before an option of the client's (RFC 3527 section 2), and that before giaddr (RFC 3011 section 2).
func (r *Request) link() netip.Addr {
	m := r.Message
	if b := suboption(r.agent, linkSelection); len(b) == 4 {
		return netip.AddrFrom4([4]byte(b))
	}
	if a := m.Addr(option.SubnetSelection); a.IsValid() {
		return a
	}
	if !m.GIAddr.IsUnspecified() {
		return m.GIAddr
	}
	if !m.CIAddr.IsUnspecified() && r.Local.IsValid() && r.Local != limitedBroadcast {
		return m.CIAddr // renewing: it may be behind a router
	}
	return netip.IPv4Unspecified()
}

// suboption is the data of a sub-option of option 82.
func suboption(b []byte, code byte) []byte {
	for len(b) >= 2 {
		n := int(b[1])
		if len(b) < 2+n {
			return nil
		}
		if b[0] == code {
			return b[2 : 2+n]
		}
		b = b[2+n:]
	}
	return nil
}

// identify is the server's identifier towards a client (RFC 2131 section 4.1; RFC 5107).
func (s *Server) identify(r *Request) netip.Addr {
	if b := suboption(r.agent, serverIDOverride); len(b) == 4 {
		return netip.AddrFrom4([4]byte(b))
	}
	if s.config.ServerID.IsValid() {
		return s.config.ServerID
	}
	return s.addressIn(r.home.Prefix)
}

// Client is what the server recognizes the client by.
func (r *Request) Client() lease.Client { return r.client }

// Subnet is the network that the client is in.
func (r *Request) Subnet() netip.Prefix {
	if r.home == nil {
		return netip.Prefix{}
	}
	return r.home.Prefix
}

// settle makes the subnet of an address the one that counts.
func (r *Request) settle(a netip.Addr) {
	for _, n := range r.subnets {
		if n.Prefix.Contains(a) {
			r.home = n
			return
		}
	}
}

// ServerID is the server's identifier towards the client.
func (r *Request) ServerID() netip.Addr { return r.id }

// Dropped is why the message gets no answer whatever it asks for; nil where it may get one.
func (r *Request) Dropped() *tally.Drop { return r.drop }

// Type is the message's kind.
func (r *Request) Type() dhcp4.Type { return r.Message.Type() }

// Classes are the names of the classes that the client is in.
func (r *Request) Classes() (names []string) {
	r.classify()
	for _, c := range r.classes {
		names = append(names, c.Name)
	}
	return names
}

// RemoteID is how the relay agent names the client (RFC 3046 section 3.2).
func (r *Request) RemoteID() []byte { return suboption(r.agent, remoteID) }

// UserClass is option 77 as text: the first class of RFC 3004's list, or the whole where it is none.
func (r *Request) UserClass() string {
	b, _ := r.Message.Get(option.UserClass)
	if len(b) > 1 && int(b[0]) < len(b) {
		return string(b[1 : 1+b[0]])
	}
	return string(b)
}

// CircuitID is where the relay agent has the client.
func (r *Request) CircuitID() []byte { return suboption(r.agent, circuitID) }

// settings calls f with all settings that hold for the client, the most special first, until f is true.
func (r *Request) settings(f func(*Settings) bool) {
	if r.reservation != nil && f(&r.reservation.Settings) {
		return
	}
	for _, c := range r.classes {
		if f(&c.Settings) {
			return
		}
	}
	if r.home != nil && f(&r.home.Settings) {
		return
	}
	f(&r.server.config.Settings)
}

// setting is the most special value that is set.
func setting[T comparable](r *Request, of func(*Settings) T) (v T) {
	var none T
	r.settings(func(s *Settings) bool {
		v = of(s)
		return v != none
	})
	return v
}

// option is the data of an option for the client; nil when there is none.
func (r *Request) option(code uint8) (data []byte) {
	r.settings(func(s *Settings) (is bool) {
		data, is = s.Options[code]
		return is
	})
	return data
}
