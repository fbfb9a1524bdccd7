package server6

import (
	"strconv"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/tally"
)

// rules are what RFC 8415 section 16 demands of what clients send.
var rules = map[dhcp6.Type]struct {
	client    bool // needs a client identifier
	server    bool // needs the server's identifier
	none      bool // must not have a server identifier
	multicast bool // must not come to a unicast address
	leases    bool // is about leases: has identity associations
}{
	dhcp6.Solicit:            {client: true, none: true, multicast: true},
	dhcp6.Request:            {client: true, server: true, leases: true},
	dhcp6.Confirm:            {client: true, none: true, multicast: true},
	dhcp6.Renew:              {client: true, server: true, leases: true},
	dhcp6.Rebind:             {client: true, none: true, multicast: true, leases: true},
	dhcp6.Release:            {client: true, server: true, leases: true},
	dhcp6.Decline:            {client: true, server: true, leases: true},
	dhcp6.InformationRequest: {multicast: true},
}

// mostRelays is how many relay agents a message may have passed: today's let 8 be (RFC 8415 section 7.6), those before them 32
// (RFC 3315 section 5.5).
const mostRelays = 32

// check is the reason to discard a message unread.
func (r *Request) check() *tally.Drop {
	m := r.Message
	rule, known := rules[m.Type]
	server := m.DUID(dhcp6.ServerID)
	switch {
	case !known:
		return tally.Because("not for servers", m.Type.String())
	case len(r.Relays) > mostRelays:
		return tally.Because("malformed", strconv.Itoa(len(r.Relays))+" relay agents")
	case len(r.Relays) > 0 && r.forwarded() != nil:
		return r.forwarded()
	case len(m.Problems) > 0:
		return tally.Because("malformed", m.Problems[0].String())
	case len(r.Relays) == 0 && rule.multicast && r.unicast():
		return tally.Because("unicast", m.Type.String()+" to "+r.Local.String())
	case rule.client && r.DUID == "":
		return tally.Because("no client identifier", m.Type.String())
	case rule.none && server != "":
		return tally.Because("server identifier", m.Type.String()+" for "+server.String())
	case rule.server && server == "":
		return tally.Because("no server identifier", m.Type.String())
	case server != "" && server != r.server.duid:
		r.server.withdraw(r)
		return tally.Because("for another server", server.String())
	case m.Type == dhcp6.InformationRequest && len(m.Options.IAs()) > 0: // section 16.12
		return tally.Because("malformed", "an information_request with an identity association")
	case rule.leases && len(m.Options.IAs()) == 0:
		return tally.Because("nothing asked for", m.Type.String())
	}
	return nil
}

// forwarded is the reason to discard what relay agents sent.
func (r *Request) forwarded() *tally.Drop {
	for _, relay := range r.Relays {
		if relay.Type != dhcp6.RelayForward {
			return tally.Because("not for servers", relay.Type.String())
		}
	}
	return nil
}

// unicast says whether the message was sent to an address, not to a group.
func (r *Request) unicast() bool { return r.Local.IsValid() && !r.Local.IsMulticast() }

// withdraw forgets what the client was advertised: it has chosen another server.
func (s *Server) withdraw(r *Request) {
	for _, ia := range r.Message.Options.IAs() {
		s.table.Withdraw(r.Client(ia))
	}
}
