package server6

import (
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
)

// A Config is what a server is told.
type Config struct {
	Interface    string
	DUID         dhcp6.DUID // of the server; "": made of the interface's MAC address
	Subnets      []Subnet
	Settings     // of all clients, where nothing more special has another
	Classes      []Class
	Reservations []Reservation
	Faults       []Fault

	Preference  *uint8        // told in advertisements (RFC 8415 section 18.3.9); nil: not told
	RapidCommit bool          // two messages where the client offers it
	Reconfigure bool          // clients that take it may be told to renew (section 20.4)
	Unicast     netip.Addr    // clients may send to this address (section 18.4); invalid: they may not
	OfferTime   time.Duration // that an advertised lease is held
	DeclineTime time.Duration // that an address found in use is left alone

	LeaseFile string // "": leases live in memory alone
	Sync      bool   // the file goes to the disk before a reply leaves
}

// Settings are what clients are told. The more special wins: a reservation's, a class's, a subnet's, the server's.
type Settings struct {
	Options   map[uint16]dhcp6.Options // none of a code: it isn't sent, though something more general has it
	Valid     time.Duration            // lifetime of leases; 0: not set; lease.Forever
	Preferred time.Duration            // 0: 5/8 of the valid lifetime
	Renewal   time.Duration            // T1; 0: half the preferred lifetime
	Rebinding time.Duration            // T2; 0: 4/5 of it
}

// A Subnet is a network with addresses and prefixes to give away.
type Subnet struct {
	Prefix      netip.Prefix
	Ranges      []lease.Range // of addresses, temporary ones too; none: reservations only
	Delegations []Delegation
	InterfaceID []byte // a relay agent's name for the link, where it tells no address of it
	Settings
}

// A Delegation is a range of which clients get prefixes of a length.
type Delegation struct {
	Range  lease.Range
	Length int
}

// A Class is clients that are alike.
type Class struct {
	Name   string
	Match  func(*Request) bool
	Ranges []lease.Range // the only addresses that its clients get; none: those of the subnet
	Settings
}

// A Reservation is what one client gets, recognized by its DUID or its MAC address (RFC 6939).
type Reservation struct {
	DUID      dhcp6.DUID
	MAC       net.HardwareAddr
	Addresses []netip.Addr   // the first for its first IA_NA, and so on
	Prefixes  []netip.Prefix // likewise
	Settings
}

// Defaults of a Config.
const (
	DefaultValid   = time.Hour
	DefaultOffer   = 30 * time.Second
	DefaultDecline = 24 * time.Hour
)
