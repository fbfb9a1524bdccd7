//go:build interop

package server4_test

import (
	"errors"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/frame"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// A crowd is many clients on one interface, who ask, renew and release all at once, and remember what they were told.
type crowd struct {
	t      *testing.T
	chance *rand.Rand
	link   network.LinkConn
	frames []network.Frame

	asking map[string]netip.Addr // clients at work, by MAC; the address is what they renew, or none
	made   uint32                // clients so far
	acks   int
	holds  map[netip.Addr]string // who was told that he has it
	gone   map[string]bool       // clients that have released
}

// busy is how many clients ask at one time.
const busy = 24

func newCrowd(t *testing.T, n *nettest.Node, chance *rand.Rand) *crowd {
	t.Helper()
	link, err := n.Network.OpenLink(t.Context(), "eth0", &network.LinkOpts{Promiscuous: true})
	must(t, err)
	t.Cleanup(func() { link.Close() })
	c := &crowd{t: t, chance: chance, link: link, frames: make([]network.Frame, 64),
		asking: map[string]netip.Addr{}, holds: map[netip.Addr]string{}, gone: map[string]bool{}}
	for range busy {
		c.join()
	}
	return c
}

// join adds a client.
func (c *crowd) join() {
	c.made++
	mac := net.HardwareAddr{2, 0x20, byte(c.made >> 24), byte(c.made >> 16), byte(c.made >> 8), byte(c.made)}
	c.asking[string(mac)] = netip.Addr{}
	c.discover(mac)
}

// until works until so many acknowledgements have come.
func (c *crowd) until(acks int) {
	c.t.Helper()
	for end := time.Now().Add(time.Minute); c.acks < acks; {
		if time.Now().After(end) {
			c.t.Fatalf("%d acknowledgements, not %d, in a minute", c.acks, acks)
		}
		if !c.receive(100 * time.Millisecond) {
			c.repeat()
		}
	}
}

// during works while f runs, and then until nothing more is on the wire.
func (c *crowd) during(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
			if !c.receive(50 * time.Millisecond) {
				c.repeat()
			}
		}
	}
	for c.receive(50 * time.Millisecond) {
	}
}

// repeat has all who wait ask again.
func (c *crowd) repeat() {
	for mac, renews := range c.asking {
		if renews.IsValid() {
			c.renew(net.HardwareAddr(mac), renews)
		} else {
			c.discover(net.HardwareAddr(mac))
		}
	}
}

// receive takes what comes; false when nothing does for a while.
func (c *crowd) receive(patience time.Duration) bool {
	c.link.SetReadDeadline(time.Now().Add(patience))
	n, err := c.link.ReadFrames(c.frames)
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		c.t.Fatal(err)
	}
	for _, f := range c.frames[:n] {
		d, payload, ok := frame.Read(f.Data)
		if !ok || d.Dst.Port() != 68 || f.Direction == network.Outgoing {
			continue
		}
		m, err := dhcp4.Decode(append([]byte(nil), payload...))
		if err != nil {
			c.t.Errorf("the server sent: %v", err)
			continue
		}
		c.hear(m)
	}
	return n > 0
}

// hear goes on with the client that a message is for.
func (c *crowd) hear(m *dhcp4.Message) {
	mac := m.MAC()
	_, waits := c.asking[string(mac)]
	switch m.Type() {
	case dhcp4.Offer:
		if waits {
			c.request(mac, m)
		}
	case dhcp4.Nak:
		if waits {
			c.t.Errorf("%s was told no: %s", mac, m.Text(option.Message))
		}
	case dhcp4.Ack:
		if c.gone[string(mac)] {
			return // the answer to a question that it asked again, before it released
		}
		if other, told := c.holds[m.YIAddr]; told && other != string(mac) {
			c.t.Errorf("%s was given to %s and to %s", m.YIAddr, net.HardwareAddr(other), mac)
		}
		c.holds[m.YIAddr] = string(mac)
		c.acks++
		if waits {
			c.next(mac, m.YIAddr)
		}
	}
}

// next is what a client does that has its address: it renews it, releases it, or just keeps it and makes room for another.
func (c *crowd) next(mac net.HardwareAddr, a netip.Addr) {
	delete(c.asking, string(mac))
	switch c.chance.IntN(10) {
	case 0:
		delete(c.holds, a)
		c.gone[string(mac)] = true
		m := c.message(dhcp4.Release, mac)
		m.CIAddr = a
		m.SetAddr(option.ServerIdentifier, netip.MustParseAddr("10.20.0.1"))
		c.send(m)
		c.join()
	case 1, 2, 3:
		c.asking[string(mac)] = a
		c.renew(mac, a)
	default:
		c.join()
	}
}

func (c *crowd) discover(mac net.HardwareAddr) { c.send(c.message(dhcp4.Discover, mac)) }

func (c *crowd) request(mac net.HardwareAddr, offer *dhcp4.Message) {
	m := c.message(dhcp4.Request, mac)
	m.XID = offer.XID
	m.SetAddr(option.RequestedAddress, offer.YIAddr)
	m.SetAddr(option.ServerIdentifier, offer.Addr(option.ServerIdentifier))
	c.send(m)
}

func (c *crowd) renew(mac net.HardwareAddr, a netip.Addr) {
	m := c.message(dhcp4.Request, mac)
	m.CIAddr = a
	c.send(m)
}

func (c *crowd) message(t dhcp4.Type, mac net.HardwareAddr) *dhcp4.Message {
	m := dhcp4.New(t, c.chance.Uint32(), mac)
	m.SetBroadcast(true)
	return m
}

// send broadcasts a message; one of a client that has an address comes from there.
func (c *crowd) send(m *dhcp4.Message) {
	text, err := m.Encode()
	must(c.t, err)
	d := frame.Datagram{SrcMAC: frame.MAC(m.MAC()), DstMAC: frame.Broadcast,
		Src: netip.AddrPortFrom(m.CIAddr, 68), Dst: netip.MustParseAddrPort("255.255.255.255:67")}
	if _, err := c.link.WriteFrames(c.t.Context(), 1, func(_ int, slot []byte) int {
		copy(slot[frame.Payload4:], text)
		return d.Put(slot, len(text))
	}); err != nil {
		c.t.Fatal(err)
	}
}

// compare looks for all that the clients were told in what the server wrote down.
func (c *crowd) compare(crash int, table *lease.Table) {
	c.t.Helper()
	for a, mac := range c.holds {
		b, there := table.Get(lease.Whole(a))
		if !there || b.State != lease.Bound || b.Client != lease.ByMAC([]byte(mac)) {
			c.t.Errorf("crash %d: %s was acknowledged to %s; the file has %+v", crash, a, net.HardwareAddr(mac), b)
		}
	}
}
