package node

import (
	"net"
	"net/netip"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// loopbackMTU is Linux's.
const loopbackMTU = 65536

// addLoopback makes lo. All that a node sends to itself passes through it, as frames with zeros for MAC addresses.
func (n *Node) addLoopback() error {
	n.lo = &device{node: n, name: "lo", mac: make(net.HardwareAddr, 6), mtu: loopbackMTU}
	if err := n.add(n.lo); err != nil {
		return err
	}
	// Any address of the node may be a destination here, though it belongs to another interface.
	n.stack.SetPromiscuousMode(tcpip.NICID(n.lo.index), true)
	for _, a := range []string{"127.0.0.1/8", "::1/128"} {
		if err := n.AddAddr("lo", netip.MustParsePrefix(a)); err != nil {
			return err
		}
	}
	return nil
}

// loop sends a packet of the node to itself.
func (n *Node) loop(frame []byte) {
	proto := header.IPv6ProtocolNumber
	if frame[link]>>4 == 4 {
		proto = header.IPv4ProtocolNumber
	}
	clear(frame[:link])
	frame[12], frame[13] = byte(proto>>8), byte(proto)
	n.lo.send(frame)
}

// turn is what a frame takes from a node to itself: simulated time has to pass.
func (n *Node) turn() time.Duration {
	if n.opt.Clock.Virtual() {
		return time.Microsecond
	}
	return 0
}

// backlog is how many frames may be on their way through lo, as Linux has it (netdev_max_backlog).
const backlog = 1000

// looped is a frame on its way through lo.
type looped struct {
	lo    *device
	frame []byte
}

// Run delivers it.
func (l *looped) Run() {
	l.lo.looping.Add(-1)
	l.lo.receive(l.frame)
}
