package lease

import (
	"net"
	"net/netip"
	"time"
)

// A State is what has become of a binding.
type State uint8

// The states. Only Offered is not kept in the file: nobody relies on an offer.
const (
	free     State = iota // nobody's
	Offered               // held for the client until it asks or the offer lapses
	Bound                 // the client's until its end
	Expired               // it ended; the client gets it again while nobody else needs it
	Released              // given back; likewise
	Declined              // found in use by somebody else; given to nobody for a while
)

var stateNames = [...]string{"free", "offered", "bound", "expired", "released", "declined"}

// String is the state's name in lower case.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return "unknown"
}

// A Binding is one lease.
type Binding struct {
	Prefix netip.Prefix     // what is leased
	Client Client           // whose; "" of a declined one that nobody had
	State  State            //
	MAC    net.HardwareAddr // where known
	Name   string           // host name, where known
	Since  time.Time        // when it came into its state, or was last renewed
	Until  time.Time        // when that ends; zero: never
}

// Address is what is leased as an address.
func (b Binding) Address() netip.Addr { return b.Prefix.Addr() }

// Left is how long the binding still has at a time; 0 when it has ended, -1 when it never ends.
func (b Binding) Left(now time.Time) time.Duration {
	if b.Until.IsZero() {
		return -1
	}
	return max(0, b.Until.Sub(now))
}

// Whole is the prefix that is one address.
func Whole(a netip.Addr) netip.Prefix { return netip.PrefixFrom(a, a.BitLen()) }
