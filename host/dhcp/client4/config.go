package client4

import (
	"math"
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// A Config says who a client is and what it asks for.
type Config struct {
	MAC         net.HardwareAddr // nil: the interface's own
	ClientID    []byte           // option 61; nil: none
	HostName    string           // option 12
	VendorClass string           // option 60
	Request     []uint8          // option 55; nil: DefaultRequest
	LeaseTime   uint32           // option 51, in seconds: the lease that the client would like; 0: none
	Broadcast   bool             // asks for answers by broadcast
	RapidCommit bool             // takes an acknowledgement for a discover (RFC 4039)
	AutoConf    bool             // asks whether it may choose an address itself (RFC 2563)
	Options     []dhcp4.Option   // further ones, of discover, request and inform; they win
	Tries       int              // how often a message is sent; 0: DefaultTries, or as often as Timeout allows
	Timeout     time.Duration    // longest wait for the answer to a message, all tries together; 0: as the tries take
	ARPCheck    bool             // the client looks whether an address is free before it takes it (RFC 5227)
	Restarts    int              // how often Acquire begins anew after a refusal, a conflict, or a server that fell silent
}

// DefaultTries is how often a message is sent: the answer to the last is waited for 32 s, a minute after the first.
const DefaultTries = 4

// DefaultRestarts is a good number of them.
const DefaultRestarts = 3

// DefaultRequest is what a client asks for: classless routes before routers (RFC 3442).
var DefaultRequest = []uint8{option.SubnetMask, option.ClasslessRoutes, option.Router, option.DomainNameServer, option.DomainName,
	option.DomainSearch, option.InterfaceMTU, option.BroadcastAddress, option.NTPServers, option.RenewalTime, option.RebindingTime}

func (c *Config) fill() {
	if c.Request == nil {
		c.Request = DefaultRequest
	}
	switch {
	case c.Tries > 0:
	case c.Timeout > 0:
		c.Tries = math.MaxInt
	default:
		c.Tries = DefaultTries
	}
}

// The ports of RFC 2131 section 4.1.
const (
	clientPort = 68
	serverPort = 67
)

var (
	none    = netip.IPv4Unspecified()
	limited = netip.AddrFrom4([4]byte{255, 255, 255, 255})
)
