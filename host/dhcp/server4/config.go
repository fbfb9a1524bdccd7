package server4

import (
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/lease"
)

// A Config is what a server is told.
type Config struct {
	Interface    string
	Subnets      []Subnet
	Settings     // of all clients, where nothing more special has another
	Classes      []Class
	Reservations []Reservation
	Faults       []Fault

	ServerID      netip.Addr    // invalid: the interface's address
	Authoritative bool          // refuses clients that it doesn't know, since it knows the whole network
	RapidCommit   bool          // RFC 4039
	BOOTP         bool          // serves clients of BOOTP, for ever
	Conflict      Conflict      // how to find out that somebody has an address that is to be offered
	ConflictWait  time.Duration // for an answer then
	OfferTime     time.Duration // that an offer stands
	DeclineTime   time.Duration // that an address found in use is left alone

	LeaseFile string // "": leases live in memory alone
	Sync      bool   // the file goes to the disk before an acknowledgement leaves
}

// Settings are what clients are told. The more special wins: a reservation's, a class's, a subnet's, the server's.
type Settings struct {
	Options    map[uint8][]byte // nil data: the option isn't sent, though something more general has it
	LeaseTime  time.Duration    // 0: not set; lease.Forever
	LeastTime  time.Duration    // bounds of what a client may ask for; 0: it can't ask
	MostTime   time.Duration
	Renewal    time.Duration // 0: half the lease time, and told only to who asks
	Rebinding  time.Duration // 0: 7/8 of the lease time, likewise
	NextServer netip.Addr    // siaddr
	ServerName string        // sname
	BootFile   string        // file
}

// A Subnet is a network with addresses to give away.
type Subnet struct {
	Prefix netip.Prefix
	Ranges []lease.Range // none: reservations only
	Settings
}

// A Class is clients that are alike.
type Class struct {
	Name   string
	Match  func(*Request) bool
	Ranges []lease.Range // the only ones that its clients get; none: those of the subnet
	Settings
}

// A Reservation is an address of one client, recognized by one of the three.
type Reservation struct {
	MAC       net.HardwareAddr
	ClientID  []byte // option 61
	CircuitID []byte // sub-option 1 of option 82
	Address   netip.Addr
	Settings
}

// A Conflict is a way to find out that somebody has an address.
type Conflict string

// The ways.
const (
	NoCheck   Conflict = ""
	PingCheck Conflict = "ping" // an ICMP echo (RFC 2131 section 3.1)
	ARPCheck  Conflict = "arp"  // an ARP probe (RFC 5227), for clients on the link
)

// Defaults of a Config.
const (
	DefaultLease   = time.Hour
	DefaultOffer   = 30 * time.Second
	DefaultDecline = 24 * time.Hour
	DefaultWait    = 500 * time.Millisecond
)
