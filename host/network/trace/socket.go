package trace

import (
	"fmt"
	"net"

	"moonwire/host/network"
)

// set tells of an option.
func (o *owner) set(name string, value any, err error, here, peer net.Addr) {
	o.tell(network.Call{Name: "set", What: fmt.Sprintf("%s %v", name, value), Err: reason(err)}, here, peer)
}

// closed tells of a close, the first of a socket.
func (o *owner) closed(err error, here, peer net.Addr) {
	if !closed(err) {
		o.tell(network.Call{Name: "close", Err: reason(err)}, here, peer)
	}
}
