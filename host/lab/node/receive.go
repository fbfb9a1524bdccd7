package node

import (
	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// receive takes a frame that arrived.
func (d *device) receive(frame []byte) {
	if len(frame) < header.EthernetMinimumSize {
		return
	}
	d.taps.show(frame, false, nil)
	d.deliver(header.Ethernet(frame).Type(), frame)
	d.node.Settle()
}

// deliver hands a frame to the stack. A fault of the stack is counted; it doesn't end the lab.
func (d *device) deliver(proto tcpip.NetworkProtocolNumber, frame []byte) {
	d.mu.RLock()
	dispatcher := d.dispatcher
	d.mu.RUnlock()
	if dispatcher == nil {
		return
	}
	defer func() {
		if recover() != nil {
			d.faults.Add(1)
		}
	}()
	pkt := stack.NewPacketBuffer(stack.PacketBufferOptions{Payload: buffer.MakeWithData(frame)})
	defer pkt.DecRef()
	pkt.LinkHeader().Consume(header.EthernetMinimumSize)
	pkt.NetworkProtocolNumber = proto
	dispatcher.DeliverNetworkPacket(proto, pkt)
}
