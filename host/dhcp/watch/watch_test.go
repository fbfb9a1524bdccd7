package watch

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
)

var (
	noAddr    = netip.IPv4Unspecified()
	everybody = netip.MustParseAddr("255.255.255.255")
	serverIP  = netip.MustParseAddr("10.0.0.1")
	serverMAC = net.HardwareAddr{2, 0, 0, 0, 0, 1}
	leased    = netip.MustParseAddr("10.0.0.100")
)

// mac is that of client n.
func mac(n int) net.HardwareAddr { return net.HardwareAddr{2, 0, 0, 1, byte(n >> 8), byte(n)} }

// A scene is a watch over messages that a test makes, and what it told; all messages and faces left out.
type scene struct {
	*testing.T
	w    *Watcher
	at   time.Time
	xid  uint32
	told []string
}

func watching(t *testing.T, o Options) *scene {
	return &scene{T: t, w: New(o), at: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
}

func (s *scene) hear(list []Event) {
	for i := range list {
		if e := &list[i]; e.Kind != Message && e.Kind != NewClient && e.Kind != NewServer {
			s.told = append(s.told, fmt.Sprintf("%s: %s", e.Kind, e))
		}
	}
}

// told compares what was told since with what should have been.
func (s *scene) tells(want ...string) {
	s.Helper()
	if !slices.Equal(s.told, want) {
		s.Errorf("told\n\t%s\nwant\n\t%s", strings.Join(s.told, "\n\t"), strings.Join(want, "\n\t"))
	}
	s.told = nil
}

// wait lets time pass.
func (s *scene) wait(d time.Duration) {
	s.at = s.at.Add(d)
	s.hear(s.w.Advance(s.at))
}

type edit func(m *dhcp4.Message, at *Sighting)

func addr(code uint8, a netip.Addr) edit {
	return func(m *dhcp4.Message, _ *Sighting) { m.SetAddr(code, a) }
}

// client sends a message of client n, by broadcast unless edited.
func (s *scene) client(t dhcp4.Type, n int, edits ...edit) {
	m := dhcp4.New(t, s.xid, mac(n))
	at := &Sighting{Time: s.at, SrcMAC: mac(n), Src: netip.AddrPortFrom(noAddr, 68), Dst: netip.AddrPortFrom(everybody, 67), V4: m}
	for _, e := range edits {
		e(m, at)
	}
	s.hear(s.w.See(at))
}

// server sends an answer to client n.
func (s *scene) server(t dhcp4.Type, n int, edits ...edit) {
	m := dhcp4.New(t, s.xid, mac(n))
	m.SetAddr(option.ServerIdentifier, serverIP)
	if t != dhcp4.Nak {
		m.YIAddr = leased
		m.SetUint32(option.LeaseTime, 600)
	}
	at := &Sighting{Time: s.at, SrcMAC: serverMAC, Src: netip.AddrPortFrom(serverIP, 67), Dst: netip.AddrPortFrom(everybody, 68), V4: m}
	for _, e := range edits {
		e(m, at)
	}
	s.hear(s.w.See(at))
}

// gets lets client n get an address.
func (s *scene) gets(n int, a netip.Addr) {
	s.xid++
	yours := func(m *dhcp4.Message, _ *Sighting) { m.YIAddr = a }
	s.client(dhcp4.Discover, n)
	s.server(dhcp4.Offer, n, yours)
	s.client(dhcp4.Request, n, addr(option.ServerIdentifier, serverIP), addr(option.RequestedAddress, a))
	s.server(dhcp4.Ack, n, yours)
}

// renews sends a request as the holder of an address does, and its answer.
func (s *scene) renews(n int, a, to netip.Addr) {
	s.xid++
	s.client(dhcp4.Request, n, func(m *dhcp4.Message, at *Sighting) { m.CIAddr, at.Dst = a, netip.AddrPortFrom(to, 67) })
	s.server(dhcp4.Ack, n, func(m *dhcp4.Message, _ *Sighting) { m.YIAddr = a })
}

func TestLifeOfALease(t *testing.T) {
	s := watching(t, Options{})
	s.gets(1, leased)
	s.tells("granted: 02:00:00:01:00:01 got 10.0.0.100 from 10.0.0.1 for 600 s (selecting)")
	s.wait(300 * time.Second)
	s.renews(1, leased, serverIP)
	s.tells("renewed: 02:00:00:01:00:01 renewed 10.0.0.100 from 10.0.0.1 for 600 s (renewing)")
	s.wait(525 * time.Second)
	s.renews(1, leased, everybody)
	s.tells("renewed: 02:00:00:01:00:01 renewed 10.0.0.100 from 10.0.0.1 for 600 s (rebinding)")
	if l := s.w.Leases()[0]; l.Renewals != 2 || s.at.Sub(l.Obtained) != 825*time.Second || l.State != bound {
		t.Errorf("%+v", l)
	}
	if next := s.w.Next(); next.Sub(s.at) != 600*time.Second {
		t.Errorf("next %v", next.Sub(s.at))
	}
	s.wait(600 * time.Second)
	s.tells("expired: 02:00:00:01:00:01 didn't renew 10.0.0.100")
	if !s.w.Next().IsZero() {
		t.Error("something is due")
	}

	s.gets(1, leased)
	s.client(dhcp4.Release, 1, func(m *dhcp4.Message, _ *Sighting) { m.CIAddr = leased })
	s.wait(time.Hour)
	s.tells("granted: 02:00:00:01:00:01 got 10.0.0.100 from 10.0.0.1 for 600 s (selecting)", "released: 02:00:00:01:00:01 released 10.0.0.100")

	s.gets(2, leased)
	s.client(dhcp4.Decline, 2, addr(option.RequestedAddress, leased))
	s.tells("granted: 02:00:00:01:00:02 got 10.0.0.100 from 10.0.0.1 for 600 s (selecting)", "declined: 02:00:00:01:00:02 declined 10.0.0.100")
	if l := s.w.Leases(); len(l) != 1 || l[0].State != declined {
		t.Errorf("%+v", l)
	}
}

func TestInfiniteLease(t *testing.T) {
	s := watching(t, Options{})
	s.xid = 7
	s.client(dhcp4.Request, 1, addr(option.RequestedAddress, leased))
	s.server(dhcp4.Ack, 1, func(m *dhcp4.Message, _ *Sighting) { m.SetUint32(option.LeaseTime, 1<<32-1) })
	s.wait(1000 * time.Hour)
	s.tells("renewed: 02:00:00:01:00:01 renewed 10.0.0.100 from 10.0.0.1 for ever (init-reboot)")
}

// TestCopies sees what relay agents and impatient clients repeat: it tells of it once.
func TestCopies(t *testing.T) {
	s := watching(t, Options{})
	relayed := func(m *dhcp4.Message, at *Sighting) { m.GIAddr, at.SrcMAC = netip.MustParseAddr("10.9.0.1"), mac(999) }
	s.client(dhcp4.Request, 1, addr(option.ServerIdentifier, serverIP))
	s.client(dhcp4.Request, 1, addr(option.ServerIdentifier, serverIP), relayed)
	s.server(dhcp4.Ack, 1, relayed)
	s.server(dhcp4.Ack, 1, relayed)
	s.tells("granted: 02:00:00:01:00:01 got 10.0.0.100 from 10.0.0.1 for 600 s (selecting)")
	if l := s.w.Leases()[0]; l.Relay != netip.MustParseAddr("10.9.0.1") {
		t.Errorf("%+v", l)
	}
	s.xid++
	s.client(dhcp4.Request, 1, addr(option.RequestedAddress, leased))
	for range 2 {
		s.server(dhcp4.Nak, 1, relayed, func(m *dhcp4.Message, _ *Sighting) { m.SetText(option.Message, "wrong network") })
	}
	s.tells("refused: 10.0.0.1 refuses 10.0.0.100 to 02:00:00:01:00:01: wrong network")
	if l := s.w.Leases()[0]; l.State != refused {
		t.Errorf("%+v", l)
	}
}

// TestInform lends nothing.
func TestInform(t *testing.T) {
	s := watching(t, Options{})
	s.client(dhcp4.Inform, 1, func(m *dhcp4.Message, _ *Sighting) { m.CIAddr = leased })
	s.server(dhcp4.Ack, 1, func(m *dhcp4.Message, _ *Sighting) { m.YIAddr = noAddr })
	s.tells()
	if len(s.w.Leases()) != 0 {
		t.Errorf("%+v", s.w.Leases()[0])
	}
}

// TestLateWatch begins in the middle of a lease's life: only answers are heard.
func TestLateWatch(t *testing.T) {
	s := watching(t, Options{})
	s.server(dhcp4.Ack, 1)
	s.xid++
	s.server(dhcp4.Ack, 1)
	s.tells("granted: 02:00:00:01:00:01 got 10.0.0.100 from 10.0.0.1 for 600 s (not heard)",
		"renewed: 02:00:00:01:00:01 renewed 10.0.0.100 from 10.0.0.1 for 600 s (not heard)")
}

func TestRapidCommit(t *testing.T) {
	s := watching(t, Options{})
	rapid := func(m *dhcp4.Message, _ *Sighting) { m.Set(option.RapidCommit, []byte{}) }
	s.client(dhcp4.Discover, 1, rapid)
	s.server(dhcp4.Ack, 1, rapid)
	s.tells("granted: 02:00:00:01:00:01 got 10.0.0.100 from 10.0.0.1 for 600 s (rapid commit)")
}

// TestClientIdentifier knows a client whose server leaves out what RFC 6842 asks for.
func TestClientIdentifier(t *testing.T) {
	s := watching(t, Options{})
	name := func(m *dhcp4.Message, _ *Sighting) {
		m.Set(option.ClientIdentifier, []byte{0, 'm', 'o'})
		m.SetText(option.HostName, "moon")
	}
	s.client(dhcp4.Request, 1, name)
	s.server(dhcp4.Ack, 1)
	if l := s.w.Leases()[0]; l.Client.ID != "00:6d:6f" || l.Client.HostName != "moon" {
		t.Errorf("%+v", l)
	}
}

func allow(t *testing.T, servers ...string) (a Allow) {
	t.Helper()
	for _, s := range servers {
		if err := a.Add(s); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func TestRogue(t *testing.T) {
	evil, evilMAC := netip.MustParseAddr("10.0.0.66"), net.HardwareAddr{2, 0, 0, 0, 0, 0x66}
	from := func(m *dhcp4.Message, at *Sighting) { at.SrcMAC, at.Src = evilMAC, netip.AddrPortFrom(evil, 67) }
	both := func(m *dhcp4.Message, at *Sighting) { from(m, at); m.SetAddr(option.ServerIdentifier, evil) }
	var pair Allow
	pair.Pair(serverIP, serverMAC)
	for _, tt := range []struct {
		name  string
		allow Allow
		edit  edit
		want  []string
	}{
		{"nobody said who", Allow{}, both, nil},
		{"itself", allow(t, "10.0.0.1"), nil, nil},
		{"itself by MAC", allow(t, "02-00-00-00-00-01"), nil, nil},
		{"another", allow(t, "10.0.0.1"), both, []string{"rogue: server 10.0.0.66 at 02:00:00:00:00:66: isn't allowed"}},
		{"another by MAC", allow(t, "02:00:00:00:00:01"), both, []string{"rogue: server 10.0.0.66 at 02:00:00:00:00:66: isn't allowed"}},
		{"a wrong identifier", allow(t, "10.0.0.1"), from, []string{
			"rogue: server 10.0.0.1 at 02:00:00:00:00:66: says that it is 10.0.0.1, but sends from 10.0.0.66",
			"rogue: server 10.0.0.1 at 02:00:00:00:00:66: 02:00:00:00:00:01 answered as 10.0.0.1 before"}},
		{"the same of one with an allowed MAC", allow(t, "02:00:00:00:00:01", "02:00:00:00:00:66"), from, nil},
		{"a foreign MAC", pair, func(m *dhcp4.Message, at *Sighting) { at.SrcMAC = evilMAC }, []string{
			"rogue: server 10.0.0.1 at 02:00:00:00:00:66: 10.0.0.1 is allowed at 02:00:00:00:00:01 only"}},
		{"no identifier", Allow{}, func(m *dhcp4.Message, _ *Sighting) { m.Set(option.ServerIdentifier, nil) }, []string{
			"rogue: server 10.0.0.1 at 02:00:00:00:00:01: names no server identifier"}},
		{"behind a relay agent", allow(t, "10.0.0.1"), func(m *dhcp4.Message, at *Sighting) { from(m, at); m.GIAddr = evil }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := watching(t, Options{Allow: tt.allow})
			s.server(dhcp4.Offer, 1)
			s.told = nil
			for range 2 { // the second time tells nothing new
				if tt.edit == nil {
					s.server(dhcp4.Offer, 1)
				} else {
					s.server(dhcp4.Offer, 1, tt.edit)
				}
			}
			s.tells(tt.want...)
		})
	}
}

// TestRogueByItsClients hears only the broadcasts of clients, as behind a switch.
func TestRogueByItsClients(t *testing.T) {
	s := watching(t, Options{Allow: allow(t, "10.0.0.1")})
	s.client(dhcp4.Request, 1, addr(option.ServerIdentifier, serverIP))
	s.tells()
	s.client(dhcp4.Request, 1, addr(option.ServerIdentifier, netip.MustParseAddr("10.0.0.66")))
	s.tells("rogue: server 10.0.0.66 at a place unknown: 02:00:00:01:00:01 asks it, and it isn't allowed")
}

// TestRogueByARP knows from ARP who has the server's address.
func TestRogueByARP(t *testing.T) {
	s := watching(t, Options{Allow: allow(t, "10.0.0.1")})
	s.hear(s.w.Claims(Claim{s.at, serverMAC, serverIP}))
	s.server(dhcp4.Offer, 1, func(_ *dhcp4.Message, at *Sighting) { at.SrcMAC = mac(66) })
	s.tells("rogue: server 10.0.0.1 at 02:00:00:01:00:42: 10.0.0.1 is at 02:00:00:00:00:01")
}

func TestStarvation(t *testing.T) {
	s := watching(t, Options{Clients: 5, Seeks: 8})
	thief := func(_ *dhcp4.Message, at *Sighting) { at.SrcMAC = mac(999) }
	for n := range 9 {
		s.client(dhcp4.Discover, n, thief)
		s.wait(time.Second)
	}
	s.tells("spoofed: 02:00:00:01:03:e7 sends a discover for 02:00:00:01:00:00",
		"starvation: 5 new clients within 10s, 5 of them from 02:00:00:01:03:e7, 5 under another MAC address than their frames'",
		"starvation: 8 messages that look for servers within 10s, 8 of them from 02:00:00:01:03:e7, 8 under another MAC address than their frames'")

	s = watching(t, Options{Clients: 5, Seeks: 8})
	for n := range 30 { // slow enough
		s.client(dhcp4.Discover, n)
		s.wait(3 * time.Second)
	}
	s.tells()
}

func TestPoolRunsDry(t *testing.T) {
	pool, err := lease.ParseRange("10.0.0.100-10.0.0.103")
	if err != nil {
		t.Fatal(err)
	}
	s := watching(t, Options{Pool: []lease.Range{pool}})
	a := leased
	for n := range 4 {
		s.gets(n, a)
		a = a.Next()
	}
	if got := s.told[len(s.told)-1]; got != "starvation: 4 of the pool's 4 addresses are leased" {
		t.Error(got)
	}
	s.told = nil
	s.client(dhcp4.Release, 3, func(m *dhcp4.Message, _ *Sighting) { m.CIAddr = netip.MustParseAddr("10.0.0.103") })
	s.gets(4, netip.MustParseAddr("10.0.0.103"))
	s.tells("released: 02:00:00:01:00:03 released 10.0.0.103",
		"granted: 02:00:00:01:00:04 got 10.0.0.103 from 10.0.0.1 for 600 s (selecting)",
		"starvation: 4 of the pool's 4 addresses are leased")
}

func TestStorm(t *testing.T) {
	s := watching(t, Options{Refusals: 3})
	for range 4 {
		s.xid++
		s.server(dhcp4.Nak, 1)
	}
	no := "refused: 10.0.0.1 refuses an address to 02:00:00:01:00:01"
	s.tells(no, no, no, "storm: 3 refusals within 10s, the last one from 10.0.0.1 to 02:00:00:01:00:01", no)
}

func TestConflicts(t *testing.T) {
	s := watching(t, Options{})
	s.gets(1, leased)
	s.told = nil
	s.hear(s.w.Claims(Claim{s.at, mac(1), leased}))
	s.tells()
	s.hear(s.w.Claims(Claim{s.at, mac(5), leased}))
	s.hear(s.w.Claims(Claim{s.at, mac(5), leased}))
	s.tells("conflict: 10.0.0.100 is lent to 02:00:00:01:00:01, but 02:00:00:01:00:05 uses it")
	s.gets(2, leased)
	s.tells("conflict: 10.0.0.100 is lent to 02:00:00:01:00:02, but 02:00:00:01:00:01 has it from 10.0.0.1",
		"granted: 02:00:00:01:00:02 got 10.0.0.100 from 10.0.0.1 for 600 s (selecting)")
	s.gets(3, leased.Next())
	s.told = nil
	s.hear(s.w.Claims(Claim{s.at, mac(6), leased.Next().Next()}))
	s.gets(4, leased.Next().Next())
	s.tells("conflict: 10.0.0.102 is lent to 02:00:00:01:00:04, but 02:00:00:01:00:06 uses it",
		"granted: 02:00:00:01:00:04 got 10.0.0.102 from 10.0.0.1 for 600 s (selecting)")
}

// TestStolenRelease ends no lease of another client.
func TestStolenRelease(t *testing.T) {
	s := watching(t, Options{})
	s.gets(1, leased)
	s.told = nil
	s.client(dhcp4.Release, 2, func(m *dhcp4.Message, _ *Sighting) { m.CIAddr = leased })
	s.tells("spoofed: 02:00:00:01:00:02 sends a release for 10.0.0.100, which 02:00:00:01:00:01 has")
	if l := s.w.Leases()[0]; l.State != bound {
		t.Errorf("%+v", l)
	}
}

// TestMemory is bounded, whatever comes.
func TestMemory(t *testing.T) {
	s := watching(t, Options{})
	w, most := s.w, 1000
	w.clients.most, w.leases.most, w.servers.most = most, most, most
	for n := range 2 * mostTalks {
		s.xid = uint32(n)
		made := net.HardwareAddr{6, 0, 0, byte(n >> 16), byte(n >> 8), byte(n)}
		s.client(dhcp4.Discover, 0, func(m *dhcp4.Message, at *Sighting) { m.SetMAC(made); at.SrcMAC = made })
		s.server(dhcp4.Ack, n, func(m *dhcp4.Message, at *Sighting) {
			m.SetMAC(made)
			m.YIAddr, at.SrcMAC = netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}), mac(n)
		})
		s.told = s.told[:0]
	}
	for what, n := range map[string]int{"clients": len(w.clients.by), "leases": len(w.leases.by), "servers": len(w.servers.by), "due": len(w.due.list),
		"byMAC": len(w.byMAC)} {
		if n > most {
			t.Errorf("%d %s", n, what)
		}
	}
	if len(w.talks) > mostTalks || len(w.fresh.list) > mostCounted || w.Counts().Forgotten == 0 {
		t.Errorf("%d talks, %d fresh, %d forgotten", len(w.talks), len(w.fresh.list), w.Counts().Forgotten)
	}
}
