package node

import (
	"net/netip"
	"sync"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// nextHop is a neighbour that frames wait for.
type nextHop struct {
	device *device
	addr   netip.Addr
}

// patience is how many bytes of frames wait for a neighbour's answer, as Linux has it (unres_qlen_bytes). The oldest make
// room for the newest.
const patience = 212992

// resolution is a search for a neighbour's MAC address.
type resolution struct {
	node *Node
	hop  nextHop
	held []held // the engine's goroutine only
	size int

	mu       sync.Mutex
	answered bool
	parked   bool // the answer comes by the engine
	mac      tcpip.LinkAddress
	err      tcpip.Error
}

// held is a packet that waits.
type held struct {
	frame  []byte
	failed func() // nobody has to be told when it is nil
}

// transmit sends frames to a neighbour, whose MAC address is found first; failed is called for each packet when that
// can't be found. The frames have room for their Ethernet header. Only the engine's goroutine may call it.
func (n *Node) transmit(out *device, next netip.Addr, frames [][]byte, failed func()) {
	hop := nextHop{out, next}
	r := n.waiting[hop]
	if r == nil {
		r = &resolution{node: n, hop: hop}
		mac, done := r.ask()
		if done {
			r.finish(mac, frames, failed)
			return
		}
		n.waiting[hop] = r
	}
	for _, f := range frames {
		r.hold(held{f, failed})
		failed = nil // one message for all fragments of a packet
	}
}

// ask looks the neighbour up; the answer comes at once, or through Run.
func (r *resolution) ask() (tcpip.LinkAddress, bool) {
	err := r.node.stack.GetLinkAddress(tcpip.NICID(r.hop.device.index), toStack(r.hop.addr), tcpip.Address{}, family(r.hop.addr), r.answer)
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, wait := err.(*tcpip.ErrWouldBlock); err != nil && !wait {
		return "", true
	}
	r.parked = !r.answered
	return r.mac, r.answered
}

// answer is the stack's. It comes while the stack holds the neighbour, which must not be asked then.
func (r *resolution) answer(res stack.LinkResolutionResult) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answered, r.mac, r.err = true, res.LinkAddress, res.Err
	if r.err != nil {
		r.mac = ""
	}
	if r.parked {
		r.node.opt.Engine.Schedule(0, r)
	}
}

// Run sends what waited.
func (r *resolution) Run() {
	delete(r.node.waiting, r.hop)
	r.mu.Lock()
	mac := r.mac
	r.mu.Unlock()
	for _, h := range r.held {
		r.finish(mac, [][]byte{h.frame}, h.failed)
	}
}

func (r *resolution) hold(h held) {
	r.held = append(r.held, h)
	r.size += len(h.frame)
	for r.size > patience && len(r.held) > 1 {
		r.size -= len(r.held[0].frame)
		r.held = r.held[1:]
		r.node.lose(r.version(), NeighborQueue)
	}
}

// version is that of the IP of the packets that wait.
func (r *resolution) version() int {
	if r.hop.addr.Is4() {
		return v4
	}
	return v6
}

// finish sends frames to a MAC address; "": there is none.
func (r *resolution) finish(mac tcpip.LinkAddress, frames [][]byte, failed func()) {
	if mac == "" {
		r.node.lose(r.version(), NoNeighbor)
		if failed != nil {
			failed()
		}
		return
	}
	proto := family(r.hop.addr)
	for _, f := range frames {
		copy(f, mac)
		copy(f[6:], r.hop.device.mac)
		f[12], f[13] = byte(proto>>8), byte(proto)
		r.hop.device.send(f)
	}
}
