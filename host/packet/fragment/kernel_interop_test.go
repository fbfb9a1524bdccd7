//go:build interop && linux

package fragment_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
	"moonwire/host/packet"
	"moonwire/host/packet/fragment"
	"moonwire/host/packet/layers"
)

// The kernel of this machine is the judge: as the receiver of fragments, as a router that makes them, as their source.

// A wire sends frames and hears what comes.
type wire struct {
	link network.LinkConn
	eth  *packet.Protocol
}

func wireOf(t *testing.T, n *nettest.Node, iface string) *wire {
	t.Helper()
	link, err := n.Network.OpenLink(t.Context(), iface, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { link.Close() })
	eth, _ := layers.Registry().Lookup("eth")
	return &wire{link, eth}
}

func (w *wire) send(t *testing.T, p *packet.Packet) {
	t.Helper()
	raw := p.Raw()
	if _, err := w.link.WriteFrames(t.Context(), 1, func(_ int, slot []byte) int { return copy(slot, raw) }); err != nil {
		t.Fatal(err)
	}
}

// hear gives what comes in to each, until that says that it is enough.
func (w *wire) hear(t *testing.T, each func(p *packet.Packet) bool) {
	t.Helper()
	w.link.SetReadDeadline(time.Now().Add(10 * time.Second))
	into := make([]network.Frame, 64)
	for {
		n, err := w.link.ReadFrames(into)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatal("the kernel is silent")
		} else if err != nil {
			t.Fatal(err)
		}
		for _, f := range into[:n] {
			if f.Direction != network.Outgoing && each(packet.Decode(layers.Registry(), bytes.Clone(f.Data), w.eth)) {
				return
			}
		}
	}
}

// A chaos is the fragments of one echo request, cut and ordered by chance.
type chaos struct {
	pieces []*packet.Packet
	whole  *packet.Packet
	text   string
}

// chaosOf makes one; id is that of datagram and message.
func chaosOf(t *testing.T, r *rand.Rand, id uint64, v6 bool) (c chaos) {
	size := 32 + r.IntN(5)*8 + r.IntN(2)*r.IntN(8)
	ip := fields{"src": "10.0.0.1", "dst": "10.0.0.2", "id": id}
	name, icmp := "ip", "icmp"
	if v6 {
		ip, name, icmp = fields{"src": "fd00::1", "dst": "fd00::2"}, "ipv6", "icmp6"
	}
	eth := fields{"src": "02:00:00:00:00:01", "dst": "02:00:00:00:00:02"}
	whole := stack(t, "eth", eth, name, ip, icmp, fields{"id": id, "seq": uint64(size)}, pattern(size-8)).Sent()
	payload := whole.Layer(1).Payload()
	c.whole = whole
	cut := func(from, to int, more bool) {
		m := map[bool]uint64{true: 1}[more]
		c.text += fmt.Sprintf(" %d-%d", from, to)
		if more {
			c.text += "."
		}
		if v6 {
			c.pieces = append(c.pieces, stack(t, "eth", eth, "ipv6", ip, "ipv6_frag", fields{"nh": uint64(58), "offset": uint64(from / 8), "m": m, "id": id}, payload[from:to]).Sent())
			return
		}
		f := fields{"proto": uint64(1), "frag": uint64(from / 8), "flags": m}
		for k, v := range ip {
			f[k] = v
		}
		c.pieces = append(c.pieces, stack(t, "eth", eth, "ip", f, payload[from:to]).Sent())
	}
	for at := 0; at < size; {
		to := min(at+8+r.IntN(3)*8, size)
		cut(at, to, to < size)
		at = to
	}
	for range r.IntN(4) { // some that are wrong, or repeat others
		from := r.IntN(size/8) * 8
		to := min(from+8+r.IntN(4)*8, size)
		switch r.IntN(8) {
		case 0:
			to = max(from+1, to-r.IntN(8))
		case 1:
			cut(from, to, to == size)
			continue
		}
		cut(from, to, to < size || r.IntN(6) == 0)
	}
	order := r.Perm(len(c.pieces))
	if r.IntN(2) == 0 {
		order = order[:len(order)-r.IntN(2)]
	} else {
		for i := range order {
			order[i] = i
		}
	}
	pieces := c.pieces
	c.pieces = nil
	for _, i := range order {
		c.pieces = append(c.pieces, pieces[i])
	}
	c.text += fmt.Sprint(" sent in order ", order)
	return c
}

// TestLinuxPolicy sends fragments that fit, overlap, repeat and contradict each other, and compares how many datagrams
// the kernel answers with how many a Reassembler of policy Linux puts together.
func TestLinuxPolicy(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	hosts[1].Sysctl(t, "ipv4/icmp_ratelimit", "0")
	hosts[1].Sysctl(t, "ipv6/icmp/ratelimit", "0")
	w := wireOf(t, hosts[0], "eth0")
	for _, v6 := range []bool{false, true} {
		r := rand.New(rand.NewPCG(5722, 2026))
		want, got, text := map[uint64]int{}, map[uint64]int{}, map[uint64]string{}
		reply, seq := uint64(0), "icmp"
		if v6 {
			reply, seq = 129, "icmp6"
		}
		const count = 600
		for id := uint64(1); id <= count; id++ {
			c := chaosOf(t, r, id, v6)
			if id == count {
				c.pieces = []*packet.Packet{c.whole} // its answer is the last
			}
			text[id] = c.text
			re := fragment.NewReassembler(fragment.Config{Policy: fragment.Linux})
			for _, p := range c.pieces {
				// A datagram whose end was cut off has a wrong checksum, which nobody answers.
				if whole, _ := re.Add(p, 0); whole != nil && bytes.Equal(whole.Raw(), c.whole.Raw()) {
					want[id]++
				}
				w.send(t, p)
			}
		}
		w.hear(t, func(p *packet.Packet) bool {
			if p.Len() < 3 || p.Layer(2).Protocol().Name != seq || p.Layer(2).Uint("type") != reply {
				return false
			}
			id := p.Layer(2).Uint("id")
			got[id]++
			return id == count
		})
		answered := 0
		for id, n := range want {
			answered += n
			if got[id] != n {
				t.Errorf("v6 %v: the kernel answers %d times, the policy finds %d whole datagrams:%s", v6, got[id], n, text[id])
			}
		}
		for id, n := range got {
			if want[id] == 0 {
				t.Errorf("v6 %v: the kernel answers %d times, the policy finds none:%s", v6, n, text[id])
			}
		}
		if answered < count/5 || answered > count*4/5 {
			t.Errorf("only one side of the question was asked: %d of %d answered", answered, count)
		}
	}
}

// TestRouterCutsTheSame sends datagrams through a router whose next link is narrower, and compares its fragments with
// ours byte by byte.
func TestRouterCutsTheSame(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	path := nettest.NewPath(t)
	in, out := wireOf(t, path.Client, "right"), wireOf(t, path.Server, "left")
	cards, err := path.Client.Network.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	routers, err := path.R1.Network.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	mac := func(all []network.Interface, name string) (m packet.MAC) {
		for _, i := range all {
			if i.Name == name {
				copy(m[:], i.MAC)
			}
		}
		return m
	}
	for id, options := range []string{"", "\x94\x04\x00\x00", "\x9e\x06abcd\x00\x00"} {
		for _, n := range []int{1275, 1300, 1380, 1440} {
			p := stack(t, "eth", fields{"src": mac(cards, "right"), "dst": mac(routers, "left")},
				"ip", fields{"src": "10.0.11.1", "dst": "10.0.13.2", "id": uint64(id*10000 + n), "ttl": uint64(9), "options": options, "tos": uint64(8)},
				"udp", fields{"sport": uint64(1000), "dport": uint64(9)}, pattern(n))
			there := p.Copy()
			there.Layer(1).Set("ttl", uint64(7)) // two routers further
			want, err := fragment.Split(there, fragment.Options{MTU: 1300})
			if err != nil {
				t.Fatal(err)
			}
			in.send(t, p.Sent())
			var got []*packet.Packet
			out.hear(t, func(q *packet.Packet) bool {
				if q.Len() > 1 && q.Layer(1).Protocol().Name == "ip" && q.Layer(1).Uint("id") == uint64(id*10000+n) {
					got = append(got, q)
				}
				return len(got) == len(want)
			})
			for i := range want {
				if w, g := want[i].Layer(1).Whole(), got[i].Layer(1).Whole(); !bytes.Equal(w, g) {
					t.Errorf("options %x, %d bytes, fragment %d\nrouter %x\nours   %x", options, n, i, g[:min(len(g), 60)], w[:min(len(w), 60)])
				}
			}
		}
	}
}

// TestHostCutsTheSame has the kernel send long datagrams, puts its fragments together and cuts the whole again.
func TestHostCutsTheSame(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	w := wireOf(t, hosts[0], "eth0")
	for kind, to := range map[string]string{"udp4": "10.0.0.1:9", "udp6": "[fd00::1]:9"} {
		conn, err := hosts[1].Network.ListenPacket(t.Context(), kind, ":0", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.WriteTo(pattern(8000), net.UDPAddrFromAddrPort(netip.MustParseAddrPort(to))); err != nil {
			t.Fatal(err)
		}
		r := fragment.NewReassembler(fragment.Config{})
		var got []*packet.Packet
		var whole *packet.Packet
		w.hear(t, func(p *packet.Packet) bool {
			out, events := r.Add(p, 0)
			if len(events) > 0 {
				got = append(got, p)
			}
			if len(events) > 0 && out != nil {
				whole = out
			}
			return whole != nil
		})
		if i := whole.Len() - 2; whole.Layer(i).Protocol().Name != "udp" || !bytes.Equal(whole.Layer(i).Payload(), pattern(8000)) {
			t.Errorf("%s: what comes out is not what went in: %s", to, whole)
		}
		o := fragment.Options{MTU: 1500}
		if c := got[0].Layer(2); c.Protocol().Name == "ipv6_frag" {
			o.ID, o.HasID = uint32(c.Uint("id")), true
		}
		again, err := fragment.Split(whole, o)
		if err != nil || len(again) != len(got) {
			t.Fatalf("%s: %d fragments, the kernel made %d (%v)", to, len(again), len(got), err)
		}
		for i := range got {
			if !bytes.Equal(got[i].Raw(), again[i].Raw()) {
				t.Errorf("%s, fragment %d\nkernel %x\nours   %x", to, i, got[i].Raw()[:70], again[i].Raw()[:70])
			}
		}
		conn.Close()
	}
}
