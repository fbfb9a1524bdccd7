package load

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"

	"golang.org/x/net/bpf"

	"moonwire/host/dhcp/frame"
	"moonwire/host/network"
)

// Ports of DHCPv4 (RFC 2131 section 4.1).
const (
	serverPort = 67
	clientPort = 68
)

// limited is the limited broadcast address.
var limited = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// A wire is the interface of a load, and how clients' messages are laid on it.
type wire struct {
	conn      network.LinkConn
	guards    []network.Guard
	iface     network.Interface
	frames    [4 * batch]network.Frame
	templates [kinds]template
	port      uint16 // that answers come to
	first     uint64 // hardware address of the first client
	self      frame.MAC
	gateway   frame.MAC // towards the server of a relay
	server    netip.AddrPort
	giaddrs   []netip.Addr
	own       map[netip.Addr]bool // addresses that the system answers ARP for
	servers   map[[4]byte]frame.MAC
	holders   map[[4]byte]int32 // whose address it is
}

// open opens the interface and readies the templates.
func (w *wire) open(ctx context.Context, o *Options) (err error) {
	n := network.From(ctx)
	w.first, w.port, w.server = macNumber(o.MAC), clientPort, netip.AddrPortFrom(o.Server, serverPort)
	w.servers, w.holders, w.own = map[[4]byte]frame.MAC{}, make(map[[4]byte]int32, min(o.Clients, 1<<16)), map[netip.Addr]bool{}
	if o.Relay != nil {
		w.port = serverPort
	}
	for k := range w.templates {
		if w.templates[k], err = newTemplate(kind(k), o); err != nil {
			return err
		}
	}
	w.conn, err = n.OpenLink(ctx, o.Iface, &network.LinkOpts{Promiscuous: true, Filter: program(w.port), Buffer: 32 << 20})
	if err != nil {
		return fmt.Errorf("%s: %w", o.Iface, cause(err))
	}
	w.iface = w.conn.Interface()
	if w.iface.LinkType != "ethernet" && w.iface.LinkType != "" || len(w.iface.MAC) != 6 {
		w.close()
		return fmt.Errorf("%s: load needs an interface with MAC addresses: %w", o.Iface, errors.ErrUnsupported)
	}
	w.self = frame.MAC(w.iface.MAC)
	for _, p := range w.iface.Addrs {
		w.own[p.Addr()] = true
	}
	for k := range w.templates {
		if size := frame.Payload4 - 14 + len(w.templates[k].bytes); size > w.iface.MTU {
			w.close()
			return fmt.Errorf("a message of %d bytes is longer than %s carries (its MTU is %d)", size, o.Iface, w.iface.MTU)
		}
	}
	if o.Relay != nil {
		if err := w.behind(ctx, o); err != nil {
			w.close()
			return err
		}
	}
	return nil
}

// behind readies the wire for a relay agent's load.
func (w *wire) behind(ctx context.Context, o *Options) error {
	n := network.From(ctx)
	if w.giaddrs = o.Relay.GIAddrs; len(w.giaddrs) == 0 {
		for _, p := range w.iface.Addrs {
			if p.Addr().Is4() {
				w.giaddrs = append(w.giaddrs, p.Addr())
				break
			}
		}
	}
	if len(w.giaddrs) == 0 {
		return fmt.Errorf("%s has no IPv4 address for giaddr: give relay={giaddr=...}", w.iface.Name)
	}
	hop, err := n.NextHop(ctx, o.Server, w.iface.Name)
	if err != nil {
		return fmt.Errorf("no way to %s by %s: %w", o.Server, w.iface.Name, err)
	}
	if hop.MAC == nil {
		if hop.MAC, err = n.Resolve(ctx, w.iface.Name, hop.Addr); err != nil {
			return fmt.Errorf("%s doesn't answer on %s: %w", hop.Addr, w.iface.Name, err)
		}
	}
	w.gateway = frame.MAC(hop.MAC)
	for _, g := range w.giaddrs {
		if !w.own[g] {
			continue
		}
		// The system must not say that nobody hears there. Where somebody does, it won't.
		if guard, err := n.GuardPort(ctx, "udp", netip.AddrPortFrom(g, serverPort)); err == nil {
			w.guards = append(w.guards, guard)
		}
	}
	return nil
}

func (w *wire) close() error {
	for _, g := range w.guards {
		g.Close()
	}
	return w.conn.Close()
}

// program lets ARP and UDP datagrams to a port through (RFC 791: not fragments).
func program(port uint16) []bpf.RawInstruction {
	p, err := bpf.Assemble([]bpf.Instruction{
		bpf.LoadAbsolute{Off: 12, Size: 2},
		bpf.JumpIf{Val: frame.TypeARP, SkipTrue: 8},
		bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: frame.TypeIPv4, SkipTrue: 8},
		bpf.LoadAbsolute{Off: 23, Size: 1},
		bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: 17, SkipTrue: 6},
		bpf.LoadAbsolute{Off: 20, Size: 2},
		bpf.JumpIf{Cond: bpf.JumpBitsSet, Val: 0x3fff, SkipTrue: 4},
		bpf.LoadMemShift{Off: 14},
		bpf.LoadIndirect{Off: 16, Size: 2},
		bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: uint32(port), SkipTrue: 1},
		bpf.RetConstant{Val: 1 << 18},
		bpf.RetConstant{},
	})
	if err != nil {
		panic(err)
	}
	return p
}

// mac is the hardware address of a client.
func (w *wire) mac(i int32) uint64 { return w.first + uint64(i) }

// learn notes by whom frames to a server go; hold and forget whose an address is.
func (w *wire) learn(server [4]byte, mac frame.MAC) {
	if w.servers[server] != mac {
		w.servers[server] = mac
	}
}

func (w *wire) hold(address [4]byte, i int32) {
	if h, ok := w.holders[address]; !ok || h != i {
		w.holders[address] = i
	}
}

func (w *wire) forget(address [4]byte, i int32) {
	if h, ok := w.holders[address]; ok && h == i {
		delete(w.holders, address)
	}
}

// send writes messages of clients; it returns how many left.
func (w *wire) send(ctx context.Context, r *Run, some []out) (int, error) {
	return w.conn.WriteFrames(ctx, len(some), func(i int, slot []byte) int { return w.fill(r, some[i], slot) })
}

// fill writes the frame of a client's message.
func (w *wire) fill(r *Run, o out, slot []byte) int {
	c, mac := &r.clients[o.client], w.mac(o.client)
	d, giaddr := w.direct(c, o.kind, mac), uint64(0)
	if len(w.giaddrs) > 0 {
		g := w.giaddrs[int(o.client)%len(w.giaddrs)]
		b := g.As4()
		giaddr = uint64(b[0])<<24 | uint64(b[1])<<16 | uint64(b[2])<<8 | uint64(b[3])
		d = frame.Datagram{SrcMAC: w.self, DstMAC: w.gateway, Src: netip.AddrPortFrom(g, serverPort), Dst: w.server}
	}
	n := w.templates[o.kind].fill(slot[frame.Payload4:], o.kind, c, r.ids.xid(o.client, c.turn), mac, giaddr)
	return d.Put(slot, n)
}

var (
	nobody    = netip.AddrPortFrom(netip.IPv4Unspecified(), clientPort)
	everybody = netip.AddrPortFrom(limited, serverPort)
)

// direct is how a client on the server's link sends.
func (w *wire) direct(c *client, k kind, mac uint64) frame.Datagram {
	d := frame.Datagram{DstMAC: frame.Broadcast, Src: nobody, Dst: everybody}
	putMAC(d.SrcMAC[:], mac)
	if k.hasAddress() {
		d.Src = netip.AddrPortFrom(netip.AddrFrom4(c.address), clientPort)
	}
	if server, known := w.servers[c.server]; known && k.unicast() {
		d.DstMAC, d.Dst = server, netip.AddrPortFrom(netip.AddrFrom4(c.server), serverPort)
	}
	return d
}

// hearARP answers who asks for an address of a client, or of a relay agent that the system doesn't have.
func (w *wire) hearARP(r *Run, b []byte) {
	a, ok := frame.ReadARP(b)
	if !ok || a.Reply || a.Sender == a.Target {
		return
	}
	answer := frame.ARP{Reply: true, SenderMAC: w.self, Sender: a.Target, TargetMAC: a.SenderMAC, Target: a.Sender}
	if i, held := w.holders[a.Target.As4()]; held && r.clients[i].bound && len(w.giaddrs) == 0 {
		putMAC(answer.SenderMAC[:], w.mac(i))
	} else if !w.isGateway(a.Target) {
		return
	}
	w.conn.WriteFrames(context.Background(), 1, func(_ int, slot []byte) int { return answer.Put(slot) })
}

// isGateway says whether an address is a relay agent's that only the load knows of.
func (w *wire) isGateway(a netip.Addr) bool {
	if w.own[a] {
		return false
	}
	for _, g := range w.giaddrs {
		if g == a {
			return true
		}
	}
	return false
}

// explain names the interface in an error.
func (w *wire) explain(err error) error {
	switch {
	case errors.Is(err, syscall.ENETDOWN):
		return fmt.Errorf("%s: the interface went down: %w", w.iface.Name, syscall.ENETDOWN)
	case errors.Is(err, syscall.ENODEV), errors.Is(err, syscall.ENXIO):
		return fmt.Errorf("%s: the interface is gone: %w", w.iface.Name, syscall.ENODEV)
	}
	return fmt.Errorf("%s: %w", w.iface.Name, cause(err))
}

// cause is what lies below a *net.OpError.
func cause(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}
