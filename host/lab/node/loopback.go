package node

import (
	"net"
	"net/netip"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
)

// loopbackMTU is Linux's.
const loopbackMTU = 65536

// addLoopback makes lo. All that a node sends to itself passes through it, as frames with zeros for MAC addresses.
func (n *Node) addLoopback() error {
	d := &device{node: n, name: "lo", mac: make(net.HardwareAddr, 6), mtu: loopbackMTU}
	d.loops = func(frame []byte) { n.opt.Engine.Schedule(loopDelay(n), &looped{d, frame}) }
	if err := n.add(d); err != nil {
		return err
	}
	// Any address of the node may be a destination here, though it belongs to another interface.
	n.stack.SetPromiscuousMode(tcpip.NICID(d.index), true)
	for _, a := range []string{"127.0.0.1/8", "::1/128"} {
		if err := n.AddAddr("lo", netip.MustParsePrefix(a)); err != nil {
			return err
		}
	}
	return nil
}

// loopDelay is what a frame takes from a node to itself: simulated time has to pass.
func loopDelay(n *Node) time.Duration {
	if n.opt.Clock.Virtual() {
		return time.Microsecond
	}
	return 0
}

// looped is a frame on its way through lo.
type looped struct {
	lo    *device
	frame []byte
}

// Run delivers it.
func (l *looped) Run() { l.lo.receive(l.frame) }
