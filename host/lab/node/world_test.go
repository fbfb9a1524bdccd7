package node_test

import (
	"bytes"
	"encoding/binary"
	"net"
	"net/netip"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/transport/icmp"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/lab/node"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// world is what nodes of a test live in.
type world struct {
	testing.TB
	engine wire.Engine
	clock  network.Clock
}

// realtime is a world by the machine's clock.
func realtime(t testing.TB) *world {
	e := wire.NewRealtime()
	t.Cleanup(e.Close)
	return &world{t, e, network.ClockFrom(t.Context())}
}

// node makes a node with interfaces eth0, eth1 … on ports; each takes the addresses of one string.
func (w *world) node(o node.Options, addrs ...string) (*node.Node, []*wire.Port) {
	w.Helper()
	o.Engine, o.Clock = w.engine, w.clock
	n, err := node.New(o)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(n.Close)
	var ports []*wire.Port
	for i, list := range addrs {
		name := "eth" + string(rune('0'+i))
		p := wire.NewPort(o.Name + "." + name)
		iface := node.Interface{Name: name, MAC: mac(o.Name, i)}
		for _, a := range bytes.Fields([]byte(list)) {
			iface.Addrs = append(iface.Addrs, netip.MustParsePrefix(string(a)))
		}
		if err := n.Plug(p, iface); err != nil {
			w.Fatal(err)
		}
		ports = append(ports, p)
	}
	return n, ports
}

// join connects two ports.
func (w *world) join(a, b *wire.Port) *wire.Link {
	return wire.Connect(w.engine, a.Name()+"--"+b.Name(), a, b, wire.LinkOptions{})
}

// mac is the address of a node's i-th interface.
func mac(name string, i int) net.HardwareAddr {
	m := net.HardwareAddr{2, 0, 0, 0, 0, byte(i)}
	copy(m[1:5], name)
	return m
}

// pinger is a ping socket on a node.
type pinger struct {
	world *world
	ep    tcpip.Endpoint
	wq    *waiter.Queue
	v6    bool
}

func (w *world) pinger(n *node.Node, v6 bool) *pinger {
	w.Helper()
	wq := new(waiter.Queue)
	trans, net := icmp.ProtocolNumber4, header.IPv4ProtocolNumber
	if v6 {
		trans, net = icmp.ProtocolNumber6, header.IPv6ProtocolNumber
	}
	ep, err := n.Stack().NewEndpoint(trans, net, wq)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(ep.Close)
	return &pinger{w, ep, wq, v6}
}

// ping sends one echo request with n bytes of data and waits for the answer; it returns what the socket says.
func (p *pinger) ping(to string, n int, patience time.Duration) tcpip.Error {
	p.world.Helper()
	m := make([]byte, 8+n)
	m[0] = 8
	if p.v6 {
		m[0] = 128
	}
	binary.BigEndian.PutUint16(m[6:], 1)
	for i := range n {
		m[8+i] = byte(i)
	}
	a := netip.MustParseAddr(to)
	dst := tcpip.FullAddress{Addr: tcpip.AddrFromSlice(a.AsSlice())}
	entry, ready := waiter.NewChannelEntry(waiter.EventIn | waiter.EventErr)
	p.wq.EventRegister(&entry)
	defer p.wq.EventUnregister(&entry)
	if _, err := p.ep.Write(bytes.NewReader(m), tcpip.WriteOptions{To: &dst}); err != nil {
		return err
	}
	late := time.After(patience)
	for {
		var got bytes.Buffer
		_, err := p.ep.Read(&got, tcpip.ReadOptions{})
		if _, none := err.(*tcpip.ErrWouldBlock); !none {
			if err == nil && !bytes.Equal(got.Bytes()[8:], m[8:]) {
				p.world.Errorf("echo of %d bytes came back changed", n)
			}
			return err
		}
		select {
		case <-ready:
		case <-late:
			return &tcpip.ErrTimeout{}
		}
	}
}
