package node

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/wire"
)

// device is an interface of a node: between its stack, which knows it as a link endpoint, and a port. It has no queue.
type device struct {
	node    *Node
	name    string
	index   int
	mac     net.HardwareAddr
	address [6]byte    // the same
	port    *wire.Port // nil: lo

	up      atomic.Bool  // as it was told to be
	told    atomic.Bool  // running, as watchers know
	looping atomic.Int32 // frames on their way through lo
	turning sync.Mutex   // of who switches it on or off

	mu         sync.RWMutex
	mtu        uint32
	dispatcher stack.NetworkDispatcher

	addrs  atomic.Pointer[[]netip.Prefix] // in the order they were given
	taps   taps
	counts ifCounts
	sent   sent

	advertiser atomic.Pointer[advertiser]
}

// addresses are the interface's.
func (d *device) addresses() []netip.Prefix {
	if list := d.addrs.Load(); list != nil {
		return *list
	}
	return nil
}

// MTU is the longest packet that the interface sends.
func (d *device) MTU() uint32 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.mtu
}

// SetMTU changes it.
func (d *device) SetMTU(mtu uint32) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mtu = mtu
}

// MaxHeaderLength is the room that the stack leaves for an Ethernet header.
func (d *device) MaxHeaderLength() uint16 { return link }

// LinkAddress is the MAC address.
func (d *device) LinkAddress() tcpip.LinkAddress { return tcpip.LinkAddress(d.mac) }

// SetLinkAddress does nothing: an interface keeps its MAC address.
func (d *device) SetLinkAddress(tcpip.LinkAddress) {}

// Capabilities say that neighbours have to be resolved. There are no others, so that the stack computes and checks all
// checksums itself.
func (d *device) Capabilities() stack.LinkEndpointCapabilities {
	if d.port == nil {
		return stack.CapabilityLoopback | stack.CapabilityRXChecksumOffload // the stack leaves them out there
	}
	return stack.CapabilityResolutionRequired
}

// Attach tells who takes what arrives; nil: nobody any more.
func (d *device) Attach(n stack.NetworkDispatcher) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dispatcher = n
}

// IsAttached says whether somebody does.
func (d *device) IsAttached() bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.dispatcher != nil
}

// Wait has nothing to wait for.
func (d *device) Wait() {}

// Close has nothing to close.
func (d *device) Close() {}

// SetOnCloseAction does nothing.
func (d *device) SetOnCloseAction(func()) {}

// ARPHardwareType is Ethernet's, or lo's.
func (d *device) ARPHardwareType() header.ARPHardwareType {
	if d.port == nil {
		return header.ARPHardwareLoopback
	}
	return header.ARPHardwareEther
}

// AddHeader puts the Ethernet header before a packet.
func (d *device) AddHeader(pkt *stack.PacketBuffer) {
	header.Ethernet(pkt.LinkHeader().Push(link)).Encode(&header.EthernetFields{
		SrcAddr: d.LinkAddress(),
		DstAddr: pkt.EgressRoute.RemoteLinkAddress,
		Type:    pkt.NetworkProtocolNumber,
	})
}

// ParseHeader takes the Ethernet header off a packet.
func (d *device) ParseHeader(pkt *stack.PacketBuffer) bool {
	_, ok := pkt.LinkHeader().Consume(link)
	return ok
}

// WritePackets sends what the stack has to send.
func (d *device) WritePackets(pkts stack.PacketBufferList) (int, tcpip.Error) {
	for _, pkt := range pkts.AsSlice() {
		frame := flatten(pkt)
		if len(frame) >= longSegment && pkt.TransportProtocolNumber == header.TCPProtocolNumber {
			d.sent.keep(frame)
		}
		d.send(frame)
	}
	return pkts.Len(), nil
}

// flatten is a packet in one piece, and nobody else's.
func flatten(pkt *stack.PacketBuffer) []byte {
	frame := make([]byte, 0, pkt.Size())
	views, offset := pkt.AsViewList()
	for v := views.Front(); v != nil; v = v.Next() {
		b := v.AsSlice()
		if offset >= len(b) {
			offset -= len(b)
			continue
		}
		frame = append(frame, b[offset:]...)
		offset = 0
	}
	return frame
}

// send gives a frame away to the wire.
func (d *device) send(frame []byte) { d.transmit(frame, nil) }

// transmit is send, unseen by one tap. On lo a frame is seen when it comes back.
func (d *device) transmit(frame []byte, but *Tap) {
	if !d.up.Load() {
		d.counts.outDiscards.Add(1)
		d.node.drop(InterfaceDown)
		return
	}
	d.counts.sent(frame)
	if d.port != nil {
		d.taps.show(frame, true, but)
		d.port.Send(frame)
		return
	}
	if d.looping.Add(1) > backlog {
		d.looping.Add(-1)
		d.counts.outDiscards.Add(1)
		return
	}
	d.node.opt.Engine.Schedule(d.node.turn(), &looped{d, frame})
}

// detach takes the interface off its port.
func (d *device) detach() {
	if d.port != nil {
		d.port.Handle(func([]byte) {})
		d.port.OnCarrier(func(bool) {})
	}
	if s := d.advertiser.Load(); s != nil {
		s.stop()
	}
}
