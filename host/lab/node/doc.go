// Package node is one host or router of a lab: gVisor's TCP/IP stack on ports of package wire, with what that stack lacks:
// a forwarder that obeys RFC 1812, a path-MTU cache, router advertisements, raw frames beside the stack.
//
// Frames arrive on the engine's goroutine, and all forwarding is done there. What a node sends itself may come from any
// goroutine; it passes egress, which cuts it.
//
// Where real hosts differ, or do what a lab has no use for, a node
//   - has an IPv6 link-local address on every interface, made from the MAC address, and uses addresses at once; it looks
//     for duplicates only when asked to (Options.DetectDuplicates);
//   - asks for routers only when asked to (Autoconfigure), and advertises itself only when asked to (Advertise);
//   - reports the groups that sockets join, by IGMPv3 and MLDv2, and not those that every host joins by itself;
//   - announces a new address to its neighbours (gratuitous ARP, unsolicited neighbour advertisement), but not those
//     that it begins with;
//   - keeps the routes of an interface that is down, and doesn't use them;
//   - forwards no IPv4 packet from or to a link-local address (RFC 3927), nor one with a source route (RFC 7126);
//   - answers no ICMP timestamp request, and sends no redirects.
package node
