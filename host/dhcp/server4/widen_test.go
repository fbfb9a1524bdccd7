package server4_test

import (
	"bytes"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/server4"
	"moonwire/host/network"
)

// relayed sends a message as h2 would, which is a relay agent, and returns the answer that comes to it.
func (w *world) relayed(m *dhcp4.Message) *dhcp4.Message {
	w.t.Helper()
	n, _ := w.Network("h2")
	conn, err := n.ListenPacket(w.on("h2"), "udp4", "0.0.0.0:67", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer conn.Close()
	b, _ := m.Encode()
	conn.WriteMsg(b, network.Meta{Peer: net.UDPAddrFromAddrPort(netip.AddrPortFrom(server, 67))})
	conn.SetReadDeadline(w.clock.Now().Add(3 * time.Second))
	buffer := make([]byte, 2000)
	k, meta, err := conn.ReadMsg(buffer)
	if err != nil {
		return nil
	}
	if from := meta.Peer.(*net.UDPAddr).AddrPort(); from != netip.AddrPortFrom(server, 67) {
		w.t.Errorf("the answer came from %s", from)
	}
	answer, err := dhcp4.Decode(buffer[:k])
	if err != nil {
		w.t.Fatal(err)
	}
	return answer
}

func TestRelayed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *server4.Config) {
		far := server4.Subnet{Prefix: netip.MustParsePrefix("10.0.9.0/24"), Ranges: ranges(t, "10.0.9.50-10.0.9.60")}
		far.Options = map[uint8][]byte{option.Router: {10, 0, 9, 1}}
		c.Subnets = append(c.Subnets, far)
		c.Reservations = []server4.Reservation{{CircuitID: []byte("port 7"), Address: addr("10.0.9.200")}}
	})
	a := w.client(1)
	m := a.message(dhcp4.Discover, optList, []byte{3, 82})
	m.Hops, m.GIAddr = 1, addr("10.0.9.1") // behind another relay agent: its answer goes nowhere here
	a.say(m)
	if got := w.state("10.0.9.50"); got != "offered" {
		t.Errorf("the far pool's first is %s", got)
	}
	agent := "\x01\x06port 5\x02\x03far\x05\x04\x0a\x00\x09\x00\x0b\x04\x0a\x00\x09\x01"
	m = a.message(dhcp4.Discover, optList, []byte{3}, optAgent, agent)
	m.GIAddr = addr("10.0.1.2")
	offer := w.is(w.relayed(m), dhcp4.Offer, "10.0.9.50") // link selection, sub-option 5
	if offer.Addr(option.ServerIdentifier) != addr("10.0.9.1") || offer.Addr(option.Router) != addr("10.0.9.1") || offer.GIAddr != m.GIAddr {
		t.Errorf("server %s, router %s, giaddr %s", offer.Addr(option.ServerIdentifier), offer.Addr(option.Router), offer.GIAddr)
	}
	last := offer.Options[len(offer.Options)-1]
	for i := len(offer.Options) - 1; last.Code == option.Pad || last.Code == option.End; i-- {
		last = offer.Options[i]
	}
	if last.Code != option.RelayAgentInformation || string(last.Data) != agent {
		t.Errorf("the last option is %d %q (RFC 3046 section 2.2)", last.Code, last.Data)
	}
	m = a.message(dhcp4.Request, optWish, addr("10.0.9.50"), optServer, addr("10.0.9.1"), optAgent, agent)
	m.GIAddr = addr("10.0.1.2")
	w.is(w.relayed(m), dhcp4.Ack, "10.0.9.50") // the overridden identifier is ours (RFC 5107)
	m.Set(option.RequestedAddress, []byte{10, 0, 1, 100})
	if nak := w.is(w.relayed(m), dhcp4.Nak, "0.0.0.0"); !nak.Broadcast() {
		t.Error("a NAK by a relay agent has no broadcast flag (RFC 2131 section 4.3.2)")
	}
	b := w.client(2)
	m = b.message(dhcp4.Discover, optAgent, "\x01\x06port 7\x05\x04\x0a\x00\x09\x00")
	m.GIAddr = addr("10.0.1.2")
	w.is(w.relayed(m), dhcp4.Offer, "10.0.9.200") // reserved for the circuit
	w.is(b.say(b.message(dhcp4.Discover, optSelect, []byte{10, 0, 9, 0})), dhcp4.Offer, "10.0.9.51")
	w.silent(b.say(b.message(dhcp4.Discover, optSelect, []byte{10, 7, 7, 0})), "no subnet")
	m = b.message(dhcp4.Discover, optList, []byte{118, 3}, optSelect, []byte{10, 0, 9, 0})
	m.GIAddr = addr("10.0.1.2") // what a proxy asks for counts, and comes back (RFC 3011)
	offer = w.is(w.relayed(m), dhcp4.Offer, "10.0.9.51")
	if net, _ := offer.Get(option.SubnetSelection); string(net) != "\x0a\x00\x09\x00" {
		t.Errorf("the subnet selected comes back as %x", net)
	}
}

func TestSpecial(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *server4.Config) {
		pxe := server4.Class{Name: "pxe", Ranges: ranges(t, "10.0.1.200-10.0.1.209"),
			Match: func(r *server4.Request) bool { return strings.HasPrefix(r.Message.Text(option.VendorClass), "PXE") }}
		pxe.BootFile, pxe.Options = "pxelinux.0", map[uint8][]byte{option.DomainName: []byte("boot"), option.Router: nil}
		c.Classes = []server4.Class{pxe}
		one := server4.Reservation{MAC: net.HardwareAddr{2, 0, 0, 0, 1, 7}, Address: addr("10.0.1.101")}
		one.Options = map[uint8][]byte{option.HostName: []byte("seven")}
		c.Reservations = []server4.Reservation{one, {ClientID: []byte("\x00id"), Address: addr("10.0.1.240")}}
	})
	list := []byte{3, 12, 15}
	boot := w.client(1)
	m := w.is(boot.say(boot.message(dhcp4.Discover, optVendor, "PXEClient:Arch", optList, list)), dhcp4.Offer, "10.0.1.200")
	if m.Text(option.DomainName) != "boot" || m.Has(option.Router) || string(bytes.TrimRight(m.File, "\x00")) != "pxelinux.0" {
		t.Errorf("the class gets %s, %q", m.Fingerprint(), m.File)
	}
	seven := w.client(7)
	m = w.is(seven.say(seven.message(dhcp4.Discover, optList, list)), dhcp4.Offer, "10.0.1.101")
	if m.Text(option.HostName) != "seven" || m.Text(option.DomainName) != "lab" {
		t.Errorf("the reservation gets %s", m.Fingerprint())
	}
	w.is(seven.say(seven.message(dhcp4.Request, optWish, addr("10.0.1.102"))), dhcp4.Nak, "0.0.0.0")
	w.is(seven.say(seven.message(dhcp4.Discover, optID, "\x00id")), dhcp4.Offer, "10.0.1.240")
	for i, want := range []string{"10.0.1.100", "10.0.1.102", "10.0.1.103"} { // the reserved one is nobody else's
		c := w.client(byte(20 + i))
		c.lease(want)
	}
	w.is(seven.say(seven.message(dhcp4.Request, optServer, server, optWish, addr("10.0.1.101"))), dhcp4.Ack, "10.0.1.101")
}

// Options go where there is room: behind the cookie, into file, into sname (option 52), and else are left out.
func TestRoom(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *server4.Config) {
		for code, n := range map[uint8]int{130: 200, 131: 100, 132: 50, 133: 40, 134: 250} {
			c.Options[code] = bytes.Repeat([]byte{code}, n)
		}
		c.Options[135] = bytes.Repeat([]byte{135}, 300)
	})
	a := w.client(1)
	list := []byte{130, 131, 132, 133, 134}
	m := w.is(a.say(a.message(dhcp4.Discover, optList, list)), dhcp4.Offer, "10.0.1.100")
	if n := len(w.last.Payload); n > 548 {
		t.Errorf("%d bytes for a client that takes 548 (RFC 2131 section 2)", n)
	}
	if over, _ := m.Get(optOfOverload); !bytes.Equal(over, []byte{3}) {
		t.Errorf("option 52 is %v, want 3", over)
	}
	for _, code := range list[:4] {
		if data, _ := m.Get(code); !bytes.Equal(data, bytes.Repeat([]byte{code}, len(data))) || len(data) == 0 {
			t.Errorf("option %d is %v", code, data)
		}
	}
	if m.Has(134) || w.server.Stats().LeftOut != 1 {
		t.Errorf("there was no room for 134; %d left out", w.server.Stats().LeftOut)
	}
	if len(m.Problems) > 0 {
		t.Errorf("problems: %v", m.Problems)
	}
	m = w.is(a.say(a.message(dhcp4.Discover, optList, append(list, 135), optMax, []byte{0x05, 0xdc})), dhcp4.Offer, "10.0.1.100")
	if data, _ := m.Get(135); len(data) != 300 || m.Has(optOfOverload) || !m.Has(134) {
		t.Errorf("a client that takes 1500 bytes gets %s", m.Fingerprint())
	}
}

func TestConflict(t *testing.T) {
	t.Parallel()
	for _, way := range []server4.Conflict{server4.PingCheck, server4.ARPCheck} {
		w := newWorld(t, func(c *server4.Config) {
			c.Conflict = way
			c.Subnets[0].Ranges = ranges(t, "10.0.1.2-10.0.1.4") // .2 is h2's
		})
		events := w.server.Listen()
		a := w.client(1)
		start := w.clock.Now()
		w.is(a.say(a.message(dhcp4.Discover)), dhcp4.Offer, "10.0.1.3")
		if took := w.clock.Now().Sub(start).Round(10 * time.Millisecond); took != 2*server4.DefaultWait {
			t.Errorf("%s: the offer took %v", way, took)
		}
		if w.state("10.0.1.2") != "declined" {
			t.Errorf("%s: 10.0.1.2 is %s", way, w.state("10.0.1.2"))
		}
		if e, err := events.Next(t.Context(), w.clock.Now()); err != nil || e.Kind != "conflict" || e.Address != addr("10.0.1.2") {
			t.Errorf("%s: event %+v, %v", way, e, err)
		}
		start = w.clock.Now()
		w.is(a.say(a.message(dhcp4.Request, optServer, server, optWish, addr("10.0.1.3"))), dhcp4.Ack, "10.0.1.3")
		w.is(a.say(a.message(dhcp4.Discover)), dhcp4.Offer, "10.0.1.3")
		if took := w.clock.Now().Sub(start); took > server4.DefaultWait/2 {
			t.Errorf("%s: what the client has was checked: %v", way, took)
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	always := func(f server4.Fault) *world {
		return newWorld(t, func(c *server4.Config) { c.Faults = []server4.Fault{f} })
	}
	discover := func(w *world) *dhcp4.Message { c := w.client(1); return c.say(c.message(dhcp4.Discover)) }

	w := always(server4.Fault{Silence: 1})
	w.silent(discover(w), "silent on purpose")
	if m := discover(always(server4.Fault{WrongXID: 1})); m == nil || m.XID == 0x1234 {
		t.Errorf("wrong xid: %+v", m)
	}
	if m := discover(always(server4.Fault{WrongMAC: 1})); m == nil || m.MAC().String() == "02:00:00:00:01:01" {
		t.Errorf("wrong MAC: %+v", m)
	}
	if m := discover(always(server4.Fault{WrongServer: 1})); m == nil || m.Addr(option.ServerIdentifier) != addr("10.0.1.2") {
		t.Errorf("wrong server: %+v", m)
	}
	if m := discover(always(server4.Fault{Outside: 1})); m == nil || m.YIAddr != addr("10.0.2.0") {
		t.Errorf("outside: %+v", m)
	}
	if m := discover(always(server4.Fault{Truncated: 1})); m == nil || len(m.Problems) == 0 {
		t.Errorf("truncated: %+v", m)
	}
	w = always(server4.Fault{Delayed: 1, Delay: 2 * time.Second})
	start := w.clock.Now()
	w.is(discover(w), dhcp4.Offer, "10.0.1.100")
	if took := w.clock.Now().Sub(start).Round(100 * time.Millisecond); took != 2*time.Second {
		t.Errorf("delayed by %v", took)
	}
	w = always(server4.Fault{NAK: 1, Match: func(r *server4.Request) bool { return r.Message.MAC()[5] == 1 }})
	a := w.client(1)
	w.is(a.say(a.message(dhcp4.Discover)), dhcp4.Offer, "10.0.1.100")
	w.is(a.say(a.message(dhcp4.Request, optServer, server, optWish, addr("10.0.1.100"))), dhcp4.Nak, "0.0.0.0")
	w.client(2).lease("10.0.1.101")
}

// Leases outlive their server.
func TestLeaseFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "leases")
	var config server4.Config
	w := newWorld(t, func(c *server4.Config) { c.LeaseFile = name; config = *c })
	a, b := w.client(1), w.client(2)
	a.lease("10.0.1.100")
	b.lease("10.0.1.101")
	w.server.Close()
	text, err := os.ReadFile(name)
	if err != nil || strings.Count(string(text), "\n") != 2 {
		t.Fatalf("%s, %v", text, err)
	}
	if err := os.WriteFile(name, append(text, `{"address":"10.0.1.1`...), 0o600); err != nil {
		t.Fatal(err)
	}
	w.serve(config)
	if r := w.server.Recovery; r.Lines != 2 || r.Torn != 20 {
		t.Errorf("%+v", r)
	}
	w.client(3).lease("10.0.1.102")
	w.is(b.say(b.message(dhcp4.Request, optWish, addr("10.0.1.101"))), dhcp4.Ack, "10.0.1.101")
}

func FuzzAnswer(f *testing.F) {
	w := newFuzzServer(f)
	m := dhcp4.New(dhcp4.Discover, 1, net.HardwareAddr{2, 0, 0, 0, 0, 1})
	b, _ := m.Encode()
	f.Add(b)
	m.SetType(dhcp4.Request)
	m.SetAddr(option.RequestedAddress, addr("10.0.1.100"))
	m.Set(option.RelayAgentInformation, []byte("\x01\x02ab\x05\x04\x0a\x00\x01\x00"))
	b, _ = m.Encode()
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		r := w.Understand(b, network.Meta{})
		if r == nil {
			return
		}
		a := w.Answer(r)
		if a.Message == nil {
			return
		}
		out, err := a.Message.Encode()
		if err != nil {
			t.Fatalf("%+v: %v", a.Message, err)
		}
		again, err := dhcp4.Decode(out)
		if err != nil || len(again.Problems) > 0 && r.Message.Cookie {
			t.Fatalf("%v, %v in our own answer", err, again.Problems)
		}
		w.Put(r, a)
	})
}
