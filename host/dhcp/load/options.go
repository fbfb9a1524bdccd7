package load

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
)

// Ceilings of what one load may be.
const (
	MostClients  = 1 << 20
	MostRate     = 1e6 // exchanges a second
	LongestRun   = time.Hour
	MostExchange = 100_000_000
)

// Options say what load to make.
type Options struct {
	Iface    string
	Server   netip.Addr // behind a relay whom to send to; else whose offers to take: none is anybody's
	Rate     float64    // exchanges that begin in a second
	Clients  int
	Count    int           // exchanges to begin; 0: as many as fit into Duration
	Duration time.Duration // of beginning exchanges; 0: until Count have begun
	Mix      Mix
	Relay    *Relay // nil: the clients are on the link

	MAC       net.HardwareAddr // of the first client; the others follow it by one
	Template  *dhcp4.Message   // whose options, flags and sname all messages have; nil: a plain one
	Broadcast bool             // the clients want their answers by broadcast
	ClientID  bool             // the messages have a client identifier: the hardware address
	Timeout   time.Duration    // after which a question counts as dropped
}

// A Relay is a relay agent that the load pretends to be, as perfdhcp does.
type Relay struct {
	GIAddrs []netip.Addr // of the clients in turn; none: the interface's address
	Info    []byte       // option 82; nil: none
}

// firstMAC is the first client's unless another is given: a locally administered address.
var firstMAC = net.HardwareAddr{0x02, 0x6d, 0x77, 0, 0, 1}

// DefaultTimeout is perfdhcp's.
const DefaultTimeout = time.Second

// BadOptions are options that make no sense.
type BadOptions struct{ error }

// check refuses what is unbounded, too large or contradicts itself.
func (o *Options) check() error {
	if err := o.bad(); err != nil {
		return &BadOptions{err}
	}
	return nil
}

func (o *Options) bad() error {
	if len(o.MAC) == 0 {
		o.MAC = firstMAC
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	switch {
	case o.Count == 0 && o.Duration == 0:
		return errors.New("a load must end: give count or duration")
	case o.Count < 0 || o.Count > MostExchange:
		return fmt.Errorf("count must be from 1 to %d, not %d", MostExchange, o.Count)
	case o.Duration < 0 || o.Duration > LongestRun:
		return fmt.Errorf("duration must be at most %v, not %v", LongestRun, o.Duration)
	case !(o.Rate > 0 && o.Rate <= MostRate):
		return fmt.Errorf("rate must be more than 0 and at most %g, not %g", MostRate, o.Rate)
	case o.Clients < 1 || o.Clients > MostClients:
		return fmt.Errorf("clients must be from 1 to %d, not %d", MostClients, o.Clients)
	case o.Timeout < 0 || o.Timeout > LongestRun:
		return fmt.Errorf("timeout must be at most %v, not %v", LongestRun, o.Timeout)
	case len(o.MAC) != 6:
		return fmt.Errorf("a MAC address has 6 bytes, %s has %d", o.MAC, len(o.MAC))
	case o.MAC[0]&1 != 0:
		return fmt.Errorf("%s is a group's address, not a client's", o.MAC)
	case o.Relay != nil && !o.Server.Is4():
		return errors.New("a relay needs to know the server")
	case o.Server.IsValid() && !o.Server.Is4():
		return fmt.Errorf("a server of DHCPv4 has an IPv4 address, not %s", o.Server)
	case (macNumber(o.MAC)+uint64(o.Clients)-1)>>40 != macNumber(o.MAC)>>40:
		return fmt.Errorf("there are no %d addresses from %s on", o.Clients, o.MAC)
	}
	if o.Relay != nil {
		for _, g := range o.Relay.GIAddrs {
			if !g.Is4() {
				return fmt.Errorf("giaddr is an IPv4 address, not %s", g)
			}
		}
		if len(o.Relay.Info) > 255 {
			return fmt.Errorf("option 82 has room for 255 bytes, not for %d", len(o.Relay.Info))
		}
	}
	return o.Mix.check()
}

// macNumber is a hardware address as a number.
func macNumber(mac net.HardwareAddr) (n uint64) {
	for _, b := range mac {
		n = n<<8 | uint64(b)
	}
	return n
}
