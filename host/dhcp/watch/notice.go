package watch

import (
	"net"
	"net/netip"
	"time"
)

// verb is what a message does, in both versions of DHCP.
type verb int

const (
	other   verb = iota
	seek         // a client looks for servers: discover, solicit
	offer        // a server has something: offer, advertise
	ask          // a client wants an address, or to keep it: request, renew, rebind
	inform       // a client wants nothing but parameters
	grant        // a server gives: ack, reply
	refuse       // a server takes back: nak
	release      // a client is done
	decline      // a client found the address in use
)

// A notice is what a message says, whatever its version.
type notice struct {
	*Sighting
	verb    verb
	how     string // the state of RFC 2131 section 4.3.2 that a client asks in
	client  Client // who it is about: only what the message says
	talk    string // tells the transaction
	rapid   bool   // the client takes an answer to seek as a grant
	relayed bool
	relay   netip.Addr // the agent that passed it on
	circuit []byte     // and where it heard the client
	server  string     // how the server calls itself; "" when it doesn't, or when no server is named
	address netip.Addr // the same, of version 4
	has     []binding  // addresses and prefixes that it is about
	text    string     // why a server refuses
	first   bool       // nobody heard the client before
}

// A binding is an address or prefix and how long it is lent.
type binding struct {
	prefix        netip.Prefix
	time          time.Duration // Forever: without end
	renew, rebind time.Duration // T1 and T2; 0: not said
}

// Forever is the lease time that never ends (RFC 2131 section 3.3, RFC 8415 section 7.7).
const Forever = time.Duration(1<<63 - 1)

// seconds is a time as it stands on the wire.
func seconds(n uint32) time.Duration {
	if n == 1<<32-1 {
		return Forever
	}
	return time.Duration(n) * time.Second
}

// single is the prefix that is one address.
func single(a netip.Addr) netip.Prefix { return netip.PrefixFrom(a, a.BitLen()) }

// id is bytes that identify somebody, as hexadecimal digits with colons between them.
func id(b []byte) string { return net.HardwareAddr(clip(b)).String() }

// longest is how much of a name is kept: what RFC 2132 allows.
const longest = 255

func clip[T ~string | ~[]byte](s T) T { return s[:min(len(s), longest)] }

// same says whether two descriptions are of one client.
func same(a, b *Client) bool {
	if a.ID != "" && b.ID != "" {
		return a.ID == b.ID
	}
	return len(a.MAC) > 0 && string(a.MAC) == string(b.MAC)
}

// own is a copy of a MAC address that lies in a frame.
func own(m net.HardwareAddr) net.HardwareAddr { return append(net.HardwareAddr(nil), m...) }
