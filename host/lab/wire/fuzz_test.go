package wire_test

import (
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

// FuzzSwitch sends frames of any bytes into a switch with every kind of port. What comes out has come in, but for a tag,
// and only ports of its VLAN get it.
func FuzzSwitch(f *testing.F) {
	f.Add([]byte{}, uint8(0))
	f.Add(to(255, 1), uint8(0))
	f.Add(to(255, 1, 0x81, 0, 0xe0, 10, 8, 0, 1), uint8(2))
	f.Add(to(255, 1, 0x81, 0, 0, 0, 8, 0, 1), uint8(1))
	f.Add(to(255, 1, 0x81, 0, 0, 10, 0x81, 0, 0, 20), uint8(2))
	f.Add(to(255, 1, 0x81, 0, 0x0f, 0xff, 0x88, 0xa8, 0, 20), uint8(3))
	f.Add([]byte{1, 0x80, 0xc2, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0}, uint8(4))
	f.Fuzz(func(t *testing.T, frame []byte, from uint8) {
		s := newStar(6)
		for i, v := range []wire.VLAN{{Untagged: 10}, {Untagged: 20}, {Trunk: true}, {Untagged: 1, Tagged: []int{10}}} {
			if err := s.SetVLAN(s.ports[i], v); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Mirror(wire.Mirror{To: s.ports[5]}); err != nil {
			t.Fatal(err)
		}
		in := append([]byte(nil), frame...)
		for range 2 { // the second time its sender is known
			s.pass(int(from)%6, frame)
		}
		if string(in) != string(frame) {
			t.Error("the frame changed")
		}
		for i, list := range s.got {
			for _, out := range list {
				if n := len(out) - len(in); n != 0 && n != 4 && n != -4 {
					t.Errorf("port %d: %d bytes in, %d out", i, len(in), len(out))
				}
				if string(out[:12]) != string(in[:12]) {
					t.Errorf("port %d: other addresses", i)
				}
			}
		}
	})
}

// FuzzLink sends any bytes over a link with every impairment.
func FuzzLink(f *testing.F) {
	f.Add([]byte{}, int64(1), uint8(3))
	f.Add(to(255, 1), int64(2), uint8(200))
	f.Fuzz(func(t *testing.T, frame []byte, seed int64, n uint8) {
		c := newCable(t, seed, wire.Impairment{
			Loss: 0.1, Burst: &wire.GilbertElliott{P: 0.1, R: 0.3}, Corrupt: 0.2, Duplicate: 0.2, Reorder: 0.2,
			Delay: time.Millisecond, Jitter: time.Millisecond, Overtake: true, Rate: 1e6, Queue: 3,
		})
		if err := c.b.SetMTU(100); err != nil {
			t.Fatal(err)
		}
		for range n {
			c.a.Send(frame)
		}
		c.until(0)
		s, drops := c.a.Stats(), uint64(0)
		for _, n := range s.Drops {
			drops += n
		}
		if came := uint64(len(c.got)); came+drops != uint64(n)+s.Duplicated || c.b.Stats().Received.Frames != came {
			t.Errorf("%d frames sent, %d came, %d lost, %d duplicated", n, came, drops, s.Duplicated)
		}
	})
}
