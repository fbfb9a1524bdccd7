package wire

import (
	"context"
	"fmt"
	"sync/atomic"
)

// What an MTU may be: the least that IP asks for (RFC 791 section 3.2), and the longest IP packet.
const (
	MinMTU = 68
	MaxMTU = 65535
)

// Port is one end of a link: what a network card is to a host and a socket to a switch.
type Port struct {
	name    string
	mtu     atomic.Int32
	down    atomic.Bool
	link    atomic.Pointer[Link]
	handle  atomic.Pointer[func(frame []byte)]
	carrier atomic.Pointer[func(up bool)]
	astray  atomic.Uint64 // frames sent without a link
}

// NewPort makes a port that is up, with an MTU of 1500 bytes. It does nothing until Connect.
func NewPort(name string) *Port {
	p := &Port{name: name}
	p.mtu.Store(1500)
	return p
}

// Name is the port's, as "R1.eth1".
func (p *Port) Name() string { return p.name }

// Link is what the port is at the end of, nil before Connect.
func (p *Port) Link() *Link { return p.link.Load() }

// Send gives a frame away: nobody changes it any more. It never waits; a frame that is lost is counted with its reason.
func (p *Port) Send(frame []byte) {
	if l := p.link.Load(); l != nil {
		l.from(p).send(frame)
		return
	}
	p.astray.Add(1)
}

// Handle makes f receive what arrives, on the engine's goroutine. It may keep a frame and must not change it.
func (p *Port) Handle(f func(frame []byte)) { p.handle.Store(&f) }

// MTU is the longest payload in bytes, without the Ethernet header and its VLAN tags, that the port sends and takes.
func (p *Port) MTU() int { return int(p.mtu.Load()) }

// SetMTU changes the MTU.
func (p *Port) SetMTU(mtu int) error {
	if mtu < MinMTU || mtu > MaxMTU {
		return fmt.Errorf("%s: an MTU of %d bytes (expected %d to %d)", p.name, mtu, MinMTU, MaxMTU)
	}
	p.mtu.Store(int32(mtu))
	return nil
}

// Carrier says whether the link and both its ends are up.
func (p *Port) Carrier() bool {
	l := p.link.Load()
	return l != nil && l.Carrier()
}

// OnCarrier makes f hear, on the engine's goroutine, when the carrier comes and goes.
func (p *Port) OnCarrier(f func(up bool)) { p.carrier.Store(&f) }

// SetUp switches the port on or off. The other end sees its carrier come and go.
func (p *Port) SetUp(up bool) {
	l := p.link.Load()
	if l == nil {
		p.down.Store(!up)
		return
	}
	l.change(func() { p.down.Store(!up) })
}

// Up says whether the port is switched on.
func (p *Port) Up() bool { return !p.down.Load() }

// Queued is how many frames wait until the link, which has a rate, carries them.
func (p *Port) Queued() int {
	l := p.link.Load()
	if l == nil {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if w := l.from(p).weather; w != nil && w.Rate > 0 {
		return w.waiting(l.engine.Now())
	}
	return 0
}

// Wait waits until the port's queue has room, for who can.
func (p *Port) Wait(ctx context.Context) error {
	if l := p.link.Load(); l != nil {
		return l.from(p).wait(ctx)
	}
	return nil
}

// arrived is called when the carrier came or went.
func (p *Port) carried(up bool) {
	if f := p.carrier.Load(); f != nil {
		(*f)(up)
	}
}
