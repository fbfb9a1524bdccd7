package server4_test

import (
	"bytes"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/server4"
)

func TestAcquire(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	c := w.client(1)
	offer := w.is(c.say(c.message(dhcp4.Discover, optList, []byte{3, 15, 200})), dhcp4.Offer, "10.0.1.100")
	if w.last.Dst.Addr() != addr("10.0.1.100") || w.last.Src.Addr() != server || w.last.Src.Port() != 67 {
		t.Errorf("the offer went from %s to %s", w.last.Src, w.last.Dst)
	}
	if len(w.last.Payload) != 300 {
		t.Errorf("%d bytes, want 300 (RFC 1542 section 2.1)", len(w.last.Payload))
	}
	var order []uint8
	for _, o := range offer.Options {
		if o.Code != option.Pad {
			order = append(order, o.Code)
		}
	}
	if want := []byte{53, 54, 51, 1, 3, 15, 255}; !bytes.Equal(order, want) {
		t.Errorf("options %v, want %v: those asked for and no others", order, want)
	}
	if n, _ := offer.Uint32(option.LeaseTime); n != 600 || offer.Addr(option.SubnetMask) != addr("255.255.255.0") {
		t.Errorf("lease time %d, mask %s", n, offer.Addr(option.SubnetMask))
	}
	w.is(c.say(c.message(dhcp4.Discover)), dhcp4.Offer, "10.0.1.100")
	w.is(c.say(c.message(dhcp4.Request, optServer, server, optWish, addr("10.0.1.100"), optName, "h1")), dhcp4.Ack, "10.0.1.100")
	if b := w.server.Table().All(); len(b) != 1 || b[0].Name != "h1" || b[0].Left(w.clock.Now()).Round(time.Minute) != 10*time.Minute {
		t.Errorf("leases: %+v", b)
	}
	// All that is set comes when nothing is asked for.
	m := w.is(c.say(c.message(dhcp4.Discover)), dhcp4.Offer, "10.0.1.100")
	if !m.Has(option.Router) || !m.Has(option.DomainNameServer) || !m.Has(option.DomainName) {
		t.Errorf("without a list: %s", m.Fingerprint())
	}
	broadcast := c.message(dhcp4.Discover)
	broadcast.SetBroadcast(true)
	w.is(c.say(broadcast), dhcp4.Offer, "10.0.1.100")
	if w.last.Dst.Addr() != everybody {
		t.Errorf("asked for a broadcast, got %s", w.last.Dst)
	}
}

// RFC 2131 section 4.3.2, by the state of the client.
func TestRequests(t *testing.T) {
	t.Parallel()
	for _, authoritative := range []bool{true, false} {
		w := newWorld(t, func(c *server4.Config) { c.Authoritative = authoritative })
		a, b, unknown := w.client(1), w.client(2), w.client(3)
		a.lease("10.0.1.100")
		b.lease("10.0.1.101")
		other := addr("10.0.1.9")
		// selecting
		w.silent(a.say(a.message(dhcp4.Request, optServer, other, optWish, addr("10.0.1.100"))), "for another server")
		nak := w.is(a.say(a.message(dhcp4.Request, optServer, server, optWish, addr("10.0.1.101"))), dhcp4.Nak, "0.0.0.0")
		if w.last.Dst.Addr() != everybody || nak.Text(optMessage) != "the address is in use" || nak.Has(option.LeaseTime) {
			t.Errorf("NAK to %s: %s", w.last.Dst, nak.Text(optMessage))
		}
		w.is(a.say(a.message(dhcp4.Request, optServer, server, optWish, addr("10.0.9.1"))), dhcp4.Nak, "0.0.0.0")
		// init-reboot
		w.is(a.say(a.message(dhcp4.Request, optWish, addr("10.0.1.100"))), dhcp4.Ack, "10.0.1.100")
		w.is(a.say(a.message(dhcp4.Request, optWish, addr("10.0.1.102"))), dhcp4.Nak, "0.0.0.0")
		w.is(a.say(a.message(dhcp4.Request, optWish, addr("192.168.7.7"))), dhcp4.Nak, "0.0.0.0")
		// of who is not known
		late := unknown.say(unknown.message(dhcp4.Request, optWish, addr("10.0.1.103")))
		taken := unknown.say(unknown.message(dhcp4.Request, optWish, addr("10.0.1.101")))
		lost := unknown.say(unknown.message(dhcp4.Request, optWish, addr("192.168.7.7")))
		if authoritative {
			w.is(lost, dhcp4.Nak, "0.0.0.0")
			w.is(late, dhcp4.Ack, "10.0.1.103") // the lease file was lost, but nobody has it
			w.is(taken, dhcp4.Nak, "0.0.0.0")
		} else {
			w.silent(late, "not known")
			w.silent(taken, "not authoritative")
			w.silent(lost, "not authoritative")
		}
		// renewing, rebinding
		renew := a.message(dhcp4.Request)
		renew.CIAddr = addr("10.0.1.100")
		a.Hold(renew.CIAddr)
		w.clock.Sleep(t.Context(), 5*time.Minute)
		w.is(a.sayFrom(renew, renew.CIAddr, server), dhcp4.Ack, "10.0.1.100")
		if w.last.Dst.Addr() != renew.CIAddr {
			t.Errorf("the answer to a renewal went to %s", w.last.Dst)
		}
		w.is(a.sayFrom(renew, renew.CIAddr, everybody), dhcp4.Ack, "10.0.1.100")
		if w.state("10.0.1.101") != "bound" {
			t.Error("b's lease ended early")
		}
		w.clock.Sleep(t.Context(), 5*time.Minute+time.Second)
		b.say(b.message(dhcp4.Discover)) // wakes nobody: the server ends leases by itself
		if got := w.state("10.0.1.100"); got != "bound" {
			t.Errorf("a's lease, renewed, is %s", got)
		}
		if got := w.state("10.0.1.101"); got != "offered" {
			t.Errorf("b's lease, not renewed, is %s", got)
		}
	}
}

func TestEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *server4.Config) { c.DeclineTime = time.Hour })
	a := w.client(1)
	a.lease("10.0.1.100")
	release := a.message(dhcp4.Release, optServer, server)
	release.CIAddr = addr("10.0.1.100")
	w.silent(w.client(2).sayFrom(release, release.CIAddr, server), "") // chaddr is a's: it is a's word
	if got := w.state("10.0.1.100"); got != "released" {
		t.Errorf("after release: %s", got)
	}
	w.silent(a.sayFrom(release, release.CIAddr, server), "no such lease")
	a.lease("10.0.1.100") // the same again
	foreign := w.client(3)
	w.silent(foreign.say(foreign.message(dhcp4.Decline, optServer, server, optWish, addr("10.0.1.100"))), "no such lease")
	if m := a.say(a.message(dhcp4.Decline, optServer, server, optWish, addr("10.0.1.100"))); m != nil {
		t.Errorf("decline was answered by %s", m.Type())
	}
	if got := w.state("10.0.1.100"); got != "declined" {
		t.Errorf("after decline: %s", got)
	}
	a.lease("10.0.1.101")
	w.clock.Sleep(t.Context(), time.Hour)
	if got := w.state("10.0.1.100"); got != "free" {
		t.Errorf("an hour later: %s", got)
	}
}

func TestInform(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	a := w.client(1)
	m := a.message(dhcp4.Inform, optList, []byte{15})
	m.CIAddr = addr("10.0.1.77")
	a.Hold(m.CIAddr)
	ack := w.is(a.sayFrom(m, m.CIAddr, everybody), dhcp4.Ack, "0.0.0.0")
	if ack.Has(option.LeaseTime) || ack.Text(option.DomainName) != "lab" || w.last.Dst.Addr() != m.CIAddr {
		t.Errorf("%s to %s", ack.Fingerprint(), w.last.Dst)
	}
	if len(w.server.Table().All()) != 0 {
		t.Error("an inform got a lease")
	}
}

func TestExhausted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for i := range byte(4) {
		w.client(i + 1).lease(netip.AddrFrom4([4]byte{10, 0, 1, 100 + i}).String())
	}
	late := w.client(9)
	w.silent(late.say(late.message(dhcp4.Discover)), "no address left")
	w.clock.Sleep(t.Context(), 10*time.Minute)
	w.is(late.say(late.message(dhcp4.Discover)), dhcp4.Offer, "10.0.1.100") // the longest idle
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	a, b := w.client(1), w.client(2)
	first := w.is(a.say(a.message(dhcp4.Discover, optID, "\x00one")), dhcp4.Offer, "10.0.1.100")
	if id, _ := first.Get(option.ClientIdentifier); string(id) != "\x00one" {
		t.Errorf("client identifier %q (RFC 6842)", id)
	}
	w.is(b.say(b.message(dhcp4.Discover, optID, "\x00one")), dhcp4.Offer, "10.0.1.100")
	w.is(a.say(a.message(dhcp4.Discover)), dhcp4.Offer, "10.0.1.101")
	none := a.message(dhcp4.Discover)
	none.HLen = 0
	w.silent(a.say(none), "no identity")
	answer := a.message(dhcp4.Discover)
	answer.Op = dhcp4.BootReply
	w.silent(a.say(answer), "no request")
}

func TestRapidCommit(t *testing.T) {
	t.Parallel()
	for _, on := range []bool{true, false} {
		w := newWorld(t, func(c *server4.Config) { c.RapidCommit = on })
		a := w.client(1)
		m := a.say(a.message(dhcp4.Discover, optRapid, []byte{}))
		if !on {
			w.is(m, dhcp4.Offer, "10.0.1.100")
			continue
		}
		if w.is(m, dhcp4.Ack, "10.0.1.100"); !m.Has(option.RapidCommit) || w.state("10.0.1.100") != "bound" {
			t.Errorf("%s, %s", m.Fingerprint(), w.state("10.0.1.100"))
		}
	}
}

func TestBOOTP(t *testing.T) {
	t.Parallel()
	for _, on := range []bool{true, false} {
		w := newWorld(t, func(c *server4.Config) { c.BOOTP = on; c.BootFile = "boot.img" })
		a := w.client(1)
		m := a.message(0)
		m.Set(option.MessageType, nil)
		answer := a.say(m)
		if !on {
			w.silent(answer, "BOOTP")
			continue
		}
		if w.is(answer, 0, "10.0.1.100"); answer.Has(option.LeaseTime) || string(bytes.TrimRight(answer.File, "\x00")) != "boot.img" {
			t.Errorf("%s, file %q", answer.Fingerprint(), answer.File)
		}
		w.clock.Sleep(t.Context(), 1000*time.Hour)
		if got := w.state("10.0.1.100"); got != "bound" {
			t.Errorf("later: %s", got)
		}
	}
}

func TestLeaseTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *server4.Config) { c.LeastTime, c.MostTime = time.Minute, time.Hour })
	a := w.client(1)
	for asked, want := range map[int]uint32{10: 60, 120: 120, 7200: 3600, 1<<32 - 1: 3600} {
		m := w.is(a.say(a.message(dhcp4.Discover, optTime, asked, optList, []byte{58, 59})), dhcp4.Offer, "10.0.1.100")
		got, _ := m.Uint32(option.LeaseTime)
		t1, _ := m.Uint32(option.RenewalTime)
		t2, _ := m.Uint32(option.RebindingTime)
		if got != want || t1 != want/2 || t2 != want*7/8 {
			t.Errorf("asked for %d: %d, T1 %d, T2 %d; want %d", asked, got, t1, t2, want)
		}
	}
}
