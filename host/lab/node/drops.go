package node

import "sync/atomic"

// Drop is why a node threw a packet away.
type Drop int

// The reasons.
const (
	NotForUs      Drop = iota // a frame to another host
	UnknownType               // an Ethernet type that nobody here speaks
	BadHeader                 // an IP header that is malformed or has a wrong checksum
	Martian                   // an address that can't be on a wire (RFC 1812 section 5.3.7)
	NotForwarding             // a packet to another host, and this one is no router
	LinkBroadcast             // a packet to another host in a broadcast frame (RFC 1812 section 5.3.4)
	NoRoute                   // nowhere to send it
	TTLExpired                // it has passed too many routers
	TooBig                    // for the next link, and it must not be cut
	BadOption                 // it asks for what can't be
	SourceRouted              // it wants to choose its way
	LinkLocal                 // an address that is good on its own link only
	NoNeighbor                // the next hop doesn't answer
	NeighborQueue             // too many wait for the next hop's answer
	InterfaceDown             // ours
	Deaf                      // an ICMP error to a node that listens to none
	Muted                     // an ICMP error of a node that sends none
	RateLimited               // an ICMP error too many
	EchoToAll                 // an echo request to a broadcast address or a group
	Fault                     // the stack panicked
	reasons       = int(Fault) + 1
)

var dropNames = [reasons]string{
	"not for this host", "unknown Ethernet type", "bad header", "martian", "not forwarding", "link broadcast", "no route",
	"TTL expired", "too big", "bad option", "source route", "link-local", "no neighbor", "neighbor queue full",
	"interface down", "deaf", "muted", "rate limited", "echo to all", "stack fault",
}

func (d Drop) String() string { return dropNames[d] }

// drops counts by reason.
type drops [reasons]atomic.Uint64

// Drops is how many packets the node threw away, by reason; reasons without one are left out.
func (n *Node) Drops() map[Drop]uint64 {
	out := map[Drop]uint64{}
	for i := range n.drops {
		if c := n.drops[i].Load(); c > 0 {
			out[Drop(i)] = c
		}
	}
	return out
}

// drop counts one.
func (n *Node) drop(why Drop) { n.drops[why].Add(1) }
