package wire_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

// star is a switch with hosts; got are the frames that each host received.
type star struct {
	*sim
	*wire.Switch
	hosts []*wire.Port
	ports []*wire.Port // of the switch
	got   [][][]byte
}

func newStar(n int) *star {
	e := newSim()
	s := &star{sim: e, Switch: wire.NewSwitch(e, "sw1"), got: make([][][]byte, n)}
	for i := range n {
		h, p := wire.NewPort(fmt.Sprint("h", i)), s.AddPort(fmt.Sprint("sw1.eth", i))
		h.Handle(func(f []byte) { s.got[i] = append(s.got[i], f) })
		wire.Connect(e, fmt.Sprintf("h%d--sw1", i), h, p, wire.LinkOptions{Seed: 1})
		s.hosts, s.ports = append(s.hosts, h), append(s.ports, p)
	}
	return s
}

// pass sends a frame from a host and says who got it.
func (s *star) pass(from int, frame []byte) (who []int) {
	clear(s.got)
	s.hosts[from].Send(frame)
	s.until(time.Millisecond)
	for i, list := range s.got {
		for range list {
			who = append(who, i)
		}
	}
	return who
}

// to is a frame between hosts; 255 is broadcast.
func to(dst, src byte, rest ...byte) []byte {
	f := []byte{2, 0, 0, 0, 0, dst, 2, 0, 0, 0, 0, src}
	if dst == 255 {
		copy(f, []byte{255, 255, 255, 255, 255, 255})
	}
	if len(rest) == 0 {
		rest = []byte{8, 0, 1, 2, 3, 4}
	}
	return append(f, rest...)
}

func (s *star) expect(t *testing.T, what string, from int, frame []byte, want ...int) {
	t.Helper()
	if who := s.pass(from, frame); !slices.Equal(who, want) {
		t.Errorf("%s: %v got the frame, want %v", what, who, want)
	}
}

func TestSwitchLearns(t *testing.T) {
	t.Parallel()
	s := newStar(4)
	s.expect(t, "broadcast", 0, to(255, 0), 1, 2, 3)
	s.expect(t, "known", 1, to(0, 1), 0)
	s.expect(t, "unknown", 0, to(9, 0), 1, 2, 3)
	s.expect(t, "to where it came from", 0, to(0, 5))
	s.expect(t, "a host moves", 2, to(255, 0), 0, 1, 3)
	s.expect(t, "to its new place", 1, to(0, 1), 2)
	s.expect(t, "a group isn't learned", 3, append([]byte{255, 255, 255, 255, 255, 255, 1, 0, 0, 0, 0, 7}, 8, 0), 0, 1, 2)
	if got := len(s.Stations()); got != 3 {
		t.Errorf("%d addresses are known: %v", got, s.Stations())
	}
	s.until(301 * time.Second)
	s.expect(t, "forgotten after 300 s", 1, to(0, 1), 0, 2, 3)
	s.expect(t, "learned again", 2, to(1, 0), 1)
	s.hosts[1].SetUp(false)
	s.until(time.Millisecond)
	s.hosts[1].SetUp(true)
	s.until(time.Millisecond)
	s.expect(t, "forgotten with its carrier", 2, to(1, 0), 0, 1, 3)
	s.expect(t, "runt", 0, []byte{1, 2, 3})
	if d := s.Stats().Drops; d[wire.SamePort] != 1 || d[wire.TooShort] != 1 {
		t.Errorf("drops are %v", d)
	}
}

func TestLinkLocalGroupsStay(t *testing.T) {
	t.Parallel()
	s := newStar(2)
	for last := range 0x20 {
		f := append([]byte{1, 0x80, 0xc2, 0, 0, byte(last)}, to(0, 0)[6:]...)
		if last < 0x10 {
			s.expect(t, fmt.Sprint(last), 0, f)
		} else {
			s.expect(t, fmt.Sprint(last), 0, f, 1)
		}
	}
	if n := s.Stats().Drops[wire.LinkLocal]; n != 16 {
		t.Errorf("%d were counted", n)
	}
}

func TestFullTableFloods(t *testing.T) {
	t.Parallel()
	s := newStar(3)
	if err := s.SetTable(2, 300*time.Second); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		s.pass(i, to(255, byte(i)))
	}
	s.expect(t, "learned", 2, to(0, 2), 0)
	s.expect(t, "not learned", 0, to(2, 0), 1, 2)
	s.until(301 * time.Second)
	s.pass(2, to(255, 2))
	s.expect(t, "room again", 0, to(2, 0), 2)
}

// TestVLAN says who gets a frame on a switch with VLANs, and in which form.
func TestVLAN(t *testing.T) {
	t.Parallel()
	const (
		access10, access20, trunk, trunk10, native20, other = 0, 1, 2, 3, 4, 5
	)
	s := newStar(6)
	for i, v := range []wire.VLAN{
		{Untagged: 10}, {Untagged: 20}, {Trunk: true, Untagged: 1}, {Tagged: []int{10}}, {Trunk: true, Untagged: 20},
	} { // the last port is nobody's business
		if err := s.SetVLAN(s.ports[i], v); err != nil {
			t.Fatal(err)
		}
	}
	body := []byte{8, 0, 1, 2, 3, 4}
	tagged := func(tci uint16) []byte { return append([]byte{0x81, 0, byte(tci >> 8), byte(tci)}, body...) }
	for _, tt := range []struct {
		name string
		from int
		rest []byte
		want map[int][]byte // what each receiver gets behind the addresses
	}{
		{"access to access and trunks", access10, body, map[int][]byte{trunk: tagged(10), trunk10: tagged(10), native20: tagged(10)}},
		{"the native VLAN has no tag", access20, body, map[int][]byte{trunk: tagged(20), native20: body}},
		{"VLAN 1", other, body, map[int][]byte{trunk: body, native20: tagged(1)}},
		{"trunk to access", trunk, tagged(10), map[int][]byte{access10: body, trunk10: tagged(10), native20: tagged(10)}},
		{"without a tag on a trunk", native20, body, map[int][]byte{access20: body, trunk: tagged(20)}},
		{"the native VLAN with a tag", native20, tagged(20), map[int][]byte{access20: body, trunk: tagged(20)}},
		{"priority stays", trunk, tagged(7<<13 | 1<<12 | 10), map[int][]byte{access10: body, trunk10: tagged(7<<13 | 1<<12 | 10), native20: tagged(7<<13 | 1<<12 | 10)}},
		{"a tag with a priority only", access10, tagged(5 << 13), map[int][]byte{trunk: tagged(5<<13 | 10), trunk10: tagged(5<<13 | 10), native20: tagged(5<<13 | 10)}},
		{"not allowed", trunk10, tagged(20), nil},
		{"a trunk without a native VLAN", trunk10, body, nil},
		{"an access port's own tag", access10, tagged(10), map[int][]byte{trunk: tagged(10), trunk10: tagged(10), native20: tagged(10)}},
		{"another VLAN's tag on an access port", access10, tagged(20), nil},
		{"reserved", trunk, tagged(4095), nil},
		{"the last", trunk, tagged(4094), map[int][]byte{native20: tagged(4094)}},
		{"half a tag", trunk, []byte{0x81, 0, 0}, map[int][]byte{other: {0x81, 0, 0}, native20: {0x81, 0, 0, 1, 0x81, 0, 0}}},
		{"two tags", trunk, append([]byte{0x81, 0, 0, 10}, tagged(20)...), map[int][]byte{access10: tagged(20), trunk10: append([]byte{0x81, 0, 0, 10}, tagged(20)...), native20: append([]byte{0x81, 0, 0, 10}, tagged(20)...)}},
		{"a service tag isn't looked at", access10, append([]byte{0x88, 0xa8, 0, 20}, body...), map[int][]byte{
			trunk: append([]byte{0x81, 0, 0, 10, 0x88, 0xa8, 0, 20}, body...), trunk10: append([]byte{0x81, 0, 0, 10, 0x88, 0xa8, 0, 20}, body...),
			native20: append([]byte{0x81, 0, 0, 10, 0x88, 0xa8, 0, 20}, body...),
		}},
	} {
		s.pass(tt.from, to(255, 99, tt.rest...))
		for i, list := range s.got {
			var rest []byte
			if len(list) > 0 {
				rest = list[0][12:]
			}
			if !slices.Equal(rest, tt.want[i]) || len(list) > 1 {
				t.Errorf("%s: port %d gets %d frames, %x, want %x", tt.name, i, len(list), rest, tt.want[i])
			}
		}
	}
}

func TestVLANsLearnApart(t *testing.T) {
	t.Parallel()
	s := newStar(4)
	for i, id := range []int{10, 10, 20, 20} {
		if err := s.SetVLAN(s.ports[i], wire.VLAN{Untagged: id}); err != nil {
			t.Fatal(err)
		}
	}
	s.pass(0, to(255, 7))
	s.expect(t, "known in its VLAN", 1, to(7, 1), 0)
	s.expect(t, "unknown in another", 2, to(7, 2), 3)
	if err := s.SetVLAN(s.ports[0], wire.VLAN{Untagged: 4095}); err == nil {
		t.Error("VLAN 4095 was taken")
	}
	if err := s.SetVLAN(s.hosts[0], wire.VLAN{Untagged: 2}); err == nil || err.Error() != "h0 isn't a port of switch sw1" {
		t.Error(err)
	}
}

func TestTagsPassASwitchWithoutVLANs(t *testing.T) {
	t.Parallel()
	s := newStar(2)
	f := to(255, 0, 0x81, 0, 0, 5, 8, 0, 1)
	s.expect(t, "tag", 0, f, 1)
	if !slices.Equal(s.got[1][0], f) {
		t.Errorf("it became %x", s.got[1][0])
	}
}

func TestMirror(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		m    func(*star) wire.Mirror
		want int // copies at host 3 of a frame from 0 to 1, the answer, and a broadcast from 2
	}{
		{"both", func(s *star) wire.Mirror { return wire.Mirror{} }, 2 + 2 + 3},
		{"in", func(s *star) wire.Mirror { return wire.Mirror{In: true} }, 3},
		{"out", func(s *star) wire.Mirror { return wire.Mirror{Out: true} }, 1 + 1 + 2},
		{"one port", func(s *star) wire.Mirror { return wire.Mirror{From: s.ports[:1]} }, 1 + 1 + 1},
		{"one port, in", func(s *star) wire.Mirror { return wire.Mirror{From: s.ports[:1], In: true} }, 1},
		{"another VLAN", func(s *star) wire.Mirror { return wire.Mirror{VLANs: []int{2}} }, 0},
	} {
		s := newStar(4)
		s.pass(0, to(255, 0))
		s.pass(1, to(255, 1))
		m := tt.m(s)
		m.To = s.ports[3]
		remove, err := s.Mirror(m)
		if err != nil {
			t.Fatal(err)
		}
		copies := 0
		for _, f := range [][]byte{to(1, 0), to(0, 1), to(255, 2)} {
			for _, who := range s.pass(int(f[11]), f) {
				if who == 3 {
					copies++
				}
			}
		}
		if copies != tt.want {
			t.Errorf("%s: %d copies, want %d", tt.name, copies, tt.want)
		}
		s.expect(t, tt.name+": a mirror port is silent", 3, to(255, 3))
		remove()
		s.expect(t, tt.name+": an ordinary port again", 3, to(255, 3), 0, 1, 2)
	}
	s := newStar(2)
	if _, err := s.Mirror(wire.Mirror{To: s.ports[0], From: s.ports}); err == nil {
		t.Error("a port may mirror itself")
	}
}
