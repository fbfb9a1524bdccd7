package trace

import "moonwire/host/network"

// Above is for a protocol that stands on a connection, such as TLS: it gives what tells of the protocol's own calls. It is
// nil when the connection's calls aren't told of.
func Above(under network.Socket, class string) func(network.Call) {
	c, ok := network.As[*conn](under)
	if !ok {
		return nil
	}
	return func(call network.Call) {
		call.Class = class
		c.tell(call, c.LocalAddr(), c.RemoteAddr())
	}
}
