package server6

import (
	"bytes"
	"net"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/tally"
)

// A Request is a message that came, with what the server knows of it.
type Request struct {
	Message *dhcp6.Message   // the client's
	Relays  []*dhcp6.Message // what it came in, the outermost first
	Source  netip.AddrPort
	Local   netip.Addr // that it was sent to
	Time    time.Time
	DUID    dhcp6.DUID       // of the client; "" when it tells none
	MAC     net.HardwareAddr // of the client, as far as anybody knows

	server      *Server
	subnets     []*subnet // of the client's link
	reservation *reservation
	classes     []*class
	classified  bool
	requested   []uint16    // the option request
	asks        bool        // there is one
	drop        *tally.Drop // why it gets no answer, whatever it is
}

// know finds out who the client is and where; it fails with the reason not to answer.
func (s *Server) know(r *Request) *tally.Drop {
	m := r.Message
	r.DUID = m.DUID(dhcp6.ClientID)
	macs := r.hardware()
	if len(macs) > 0 {
		r.MAC = macs[0]
	}
	if b, ok := m.Get(dhcp6.OptionRequest); ok {
		r.asks = true
		for ; len(b) >= 2; b = b[2:] {
			r.requested = append(r.requested, uint16(b[0])<<8|uint16(b[1]))
		}
	}
	if d := r.check(); d != nil {
		return d
	}
	if r.subnets = s.link(r); len(r.subnets) == 0 {
		return tally.Because("no subnet", r.where())
	}
	r.reservation = s.reservations["duid "+string(r.DUID)]
	for _, mac := range macs {
		if r.reservation == nil {
			r.reservation = s.reservations["mac "+string(mac)]
		}
	}
	return nil
}

// classify finds the client's classes, when they are asked for: functions of a script may have a say.
func (r *Request) classify() []*class {
	if !r.classified {
		r.classified = true
		for _, c := range r.server.classes {
			if c.Match(r) {
				r.classes = append(r.classes, c)
			}
		}
	}
	return r.classes
}

// Dropped is why the message gets no answer, whatever it is; nil: it may get one.
func (r *Request) Dropped() *tally.Drop { return r.drop }

// Relay is the options of the relay agent nearest to the client.
func (r *Request) Relay() dhcp6.Options {
	if n := len(r.Relays); n > 0 {
		return r.Relays[n-1].Options
	}
	return nil
}

// Peer is the client's address, which the first relay agent has seen when there is one.
func (r *Request) Peer() netip.Addr {
	if n := len(r.Relays); n > 0 {
		return r.Relays[n-1].Peer
	}
	return r.Source.Addr()
}

// hardware are the client's MAC addresses as far as anybody knows: the relay agent's word (RFC 6939), that in its
// link-local address, and the one that its DUID was made of.
func (r *Request) hardware() (all []net.HardwareAddr) {
	if n := len(r.Relays); n > 0 {
		if b, ok := r.Relays[n-1].Get(dhcp6.ClientLinkAddr); ok && len(b) > 2 {
			all = append(all, b[2:])
		}
	}
	if a := r.Peer(); a.IsLinkLocalUnicast() {
		if b := a.As16(); b[11] == 0xff && b[12] == 0xfe { // RFC 4291 appendix A
			all = append(all, net.HardwareAddr{b[8] ^ 2, b[9], b[10], b[13], b[14], b[15]})
		}
	}
	if mac := r.DUID.MAC(); len(mac) > 0 {
		all = append(all, mac)
	}
	return all
}

// link is the subnets of the client's link (RFC 8415 section 13.1): that of the relay agent nearest to the client that
// tells an address or a name of it, or the server's own.
func (s *Server) link(r *Request) []*subnet {
	for i := len(r.Relays) - 1; i >= 0; i-- {
		relay := r.Relays[i]
		if id, ok := relay.Get(dhcp6.InterfaceID); ok {
			for j, n := range s.subnets {
				if len(n.InterfaceID) > 0 && bytes.Equal(n.InterfaceID, id) {
					return s.subnets[j : j+1]
				}
			}
		}
		if relay.Link.IsValid() && !relay.Link.IsUnspecified() && !relay.Link.IsLinkLocalUnicast() {
			return s.subnetsOf(relay.Link)
		}
	}
	return s.local
}

// subnetsOf are the subnets of the link that an address is on.
func (s *Server) subnetsOf(a netip.Addr) []*subnet {
	if on(s.local, a) {
		return s.local
	}
	for i, n := range s.subnets {
		if n.Prefix.Contains(a) {
			return s.subnets[i : i+1]
		}
	}
	return nil
}

// on says whether an address belongs to one of some subnets.
func on(list []*subnet, a netip.Addr) bool {
	return slices.ContainsFunc(list, func(n *subnet) bool { return n.Prefix.Contains(a) })
}

// where is the link that the client is on, for people.
func (r *Request) where() string {
	if len(r.Relays) == 0 {
		return "none of the interface's addresses is in a subnet"
	}
	return r.Relays[len(r.Relays)-1].Link.String()
}

// Type is the message's kind.
func (r *Request) Type() dhcp6.Type { return r.Message.Type }

// Subnet is the first network of the client's link.
func (r *Request) Subnet() netip.Prefix {
	if len(r.subnets) == 0 {
		return netip.Prefix{}
	}
	return r.subnets[0].Prefix
}

// Classes are the names of the classes that the client is in.
func (r *Request) Classes() (names []string) {
	for _, c := range r.classify() {
		names = append(names, c.Name)
	}
	return names
}

// Client is whom one identity association's leases belong to.
func (r *Request) Client(ia dhcp6.IA) lease.Client {
	return lease.ByDUID([]byte(r.DUID), kinds[ia.Code], ia.ID)
}

var kinds = map[uint16]string{dhcp6.IANA: "na", dhcp6.IATA: "ta", dhcp6.IAPD: "pd"}

// settings calls f with all settings that hold for the client, the most special first, until f is true.
func (r *Request) settings(f func(*Settings) bool) {
	if r.reservation != nil && f(&r.reservation.Settings) {
		return
	}
	for _, c := range r.classify() {
		if f(&c.Settings) {
			return
		}
	}
	for _, n := range r.subnets {
		if f(&n.Settings) {
			return
		}
	}
	f(&r.server.config.Settings)
}

// time is the most special duration that is set.
func (r *Request) time(of func(*Settings) time.Duration) (d time.Duration) {
	r.settings(func(s *Settings) bool {
		d = of(s)
		return d != 0
	})
	return d
}

// option is the options of a code for the client.
func (r *Request) option(code uint16) (o dhcp6.Options) {
	r.settings(func(s *Settings) (is bool) {
		o, is = s.Options[code]
		return is
	})
	return o
}
