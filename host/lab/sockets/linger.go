package sockets

import (
	"context"

	"gvisor.dev/gvisor/pkg/tcpip"
	stacktcp "gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// linger closes an endpoint. With option linger it waits until the far end has got everything, but no longer than that
// says (socket(7), SO_LINGER).
func (t *tcp) linger(ep tcpip.Endpoint) {
	o := ep.SocketOptions().GetLinger()
	if !o.Enabled || o.Timeout == 0 || !connected(ep) {
		ep.Close()
		return
	}
	w := &wait{Waiter: network.NewWaiter(t.world.clock)}
	w.Init(w, waiter.AllEvents)
	t.queue.EventRegister(&w.Entry)
	defer t.queue.EventUnregister(&w.Entry)
	until := t.world.clock.Now().Add(o.Timeout)
	ep.Close()
	t.world.settle()
	for !acknowledged(ep) && w.WaitUntil(context.Background(), until) == nil {
	}
}

// acknowledged says that all was received, the end too.
func acknowledged(ep tcpip.Endpoint) bool {
	switch state(ep) {
	case stacktcp.StateFinWait2, stacktcp.StateTimeWait, stacktcp.StateClose, stacktcp.StateError:
		return true
	}
	return false
}
