package server4_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/server4"
	"moonwire/host/dhcp/station"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// world is a lab in simulated time: h1 without an address, h2, 10.0.1.2, and R1, 10.0.1.1, with a server.
type world struct {
	*lab.Lab
	t      *testing.T
	clock  *simtime.Clock
	server *server4.Server
	link   *station.Link // of h1
	last   station.Datagram
}

func newWorld(t *testing.T, edit func(c *server4.Config)) *world {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1, h2, R1 -- sw1"}, NoIPv6: true,
		Networks: map[string][]netip.Prefix{"sw1": {netip.MustParsePrefix("10.0.1.0/24")}},
		Addresses: map[string][]netip.Prefix{"h1.eth0": {}, "R1": {netip.MustParsePrefix("10.0.1.1/24")},
			"h2": {netip.MustParsePrefix("10.0.1.2/24")}}})
	if err != nil {
		t.Fatal(err)
	}
	clock := simtime.New(simtime.Epoch)
	t.Cleanup(clock.Close)
	l, err := lab.New(plan, lab.Options{Clock: clock, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	w := &world{Lab: l, t: t, clock: clock}
	if w.link, err = station.Open(w.on("h1"), "eth0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.link.Close() })
	c := server4.Config{Interface: "eth0", Authoritative: true, Subnets: []server4.Subnet{{Prefix: netip.MustParsePrefix("10.0.1.0/24"),
		Ranges: ranges(t, "10.0.1.100-10.0.1.103")}}}
	c.Options = map[uint8][]byte{option.Router: {10, 0, 1, 1}, option.DomainNameServer: {10, 0, 1, 53}, option.DomainName: []byte("lab")}
	c.LeaseTime = 10 * time.Minute
	if edit != nil {
		edit(&c)
	}
	w.serve(c)
	return w
}

func ranges(t *testing.T, texts ...string) (list []lease.Range) {
	t.Helper()
	for _, text := range texts {
		r, err := lease.ParseRange(text)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

// on is the context of a host.
func (w *world) on(host string) context.Context {
	n, err := w.Network(host)
	if err != nil {
		w.t.Fatal(err)
	}
	return network.WithRand(network.With(network.WithFiles(w.t.Context(), network.OSFiles()), n), 1)
}

// serve starts a server on R1.
func (w *world) serve(c server4.Config) {
	w.t.Helper()
	s, err := server4.New(w.on("R1"), c)
	if err != nil {
		w.t.Fatal(err)
	}
	w.server = s
	w.t.Cleanup(func() { s.Close() })
	w.clock.Go(func() {
		for {
			list, err := s.Receive(time.Time{}, -1)
			if errors.Is(err, net.ErrClosed) {
				return
			}
			for _, r := range list {
				s.Put(r, s.Answer(r))
			}
		}
	})
}

// A client is a station that says what a test wants.
type client struct {
	*station.Station
	world *world
	mac   net.HardwareAddr
}

func (w *world) client(last byte) *client {
	w.t.Helper()
	mac := net.HardwareAddr{2, 0, 0, 0, 1, last}
	s, err := w.link.Station(mac)
	if err != nil {
		w.t.Fatal(err)
	}
	s.Listen(68)
	s.HearAll()
	return &client{s, w, mac}
}

// message makes a message of the client; options come in pairs of code and data.
func (c *client) message(t dhcp4.Type, options ...any) *dhcp4.Message {
	m := dhcp4.New(t, 0x1234, c.mac)
	for i := 0; i < len(options); i += 2 {
		code := uint8(options[i].(int))
		switch v := options[i+1].(type) {
		case string:
			m.Set(code, []byte(v))
		case []byte:
			m.Set(code, v)
		case netip.Addr:
			m.SetAddr(code, v)
		case int:
			m.SetUint32(code, uint32(v))
		}
	}
	return m
}

// Numbers of options, as ints.
const (
	optName       = int(option.HostName)
	optWish       = int(option.RequestedAddress)
	optTime       = int(option.LeaseTime)
	optServer     = int(option.ServerIdentifier)
	optList       = int(option.ParameterRequestList)
	optMax        = int(option.MaxMessageSize)
	optID         = int(option.ClientIdentifier)
	optVendor     = int(option.VendorClass)
	optUser       = int(option.UserClass)
	optRapid      = int(option.RapidCommit)
	optAgent      = int(option.RelayAgentInformation)
	optSelect     = int(option.SubnetSelection)
	optMessage    = option.Message
	optOfOverload = option.Overload
)

var (
	everybody = netip.MustParseAddr("255.255.255.255")
	server    = netip.MustParseAddr("10.0.1.1")
	nobody    = netip.IPv4Unspecified()
)

func addr(text string) netip.Addr { return netip.MustParseAddr(text) }

// say sends a message as a client without an address does, and returns the answer; nil when there is none in 3 s.
func (c *client) say(m *dhcp4.Message) *dhcp4.Message {
	c.world.t.Helper()
	return c.sayFrom(m, nobody, everybody)
}

func (c *client) sayFrom(m *dhcp4.Message, from, to netip.Addr) *dhcp4.Message {
	w := c.world
	w.t.Helper()
	b, err := m.Encode()
	if err != nil {
		w.t.Fatal(err)
	}
	d := station.Datagram{Src: netip.AddrPortFrom(from, 68), Dst: netip.AddrPortFrom(to, 67), Payload: b}
	if to != everybody {
		if d.DstMAC, err = c.Resolve(w.on("h1"), to); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := c.Send(w.on("h1"), d); err != nil {
		w.t.Fatal(err)
	}
	return c.hear(3 * time.Second)
}

// hear is the next message that comes.
func (c *client) hear(wait time.Duration) *dhcp4.Message {
	w := c.world
	w.t.Helper()
	d, err := c.Receive(w.on("h1"), w.clock.Now().Add(wait))
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil
	} else if err != nil {
		w.t.Fatal(err)
	}
	w.last = d
	m, err := dhcp4.Decode(d.Payload)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// is fails unless a message is of a type, about an address.
func (w *world) is(m *dhcp4.Message, t dhcp4.Type, a string) *dhcp4.Message {
	w.t.Helper()
	switch {
	case m == nil:
		w.t.Fatalf("no answer, want %s of %s; dropped: %v", t, a, w.server.Stats().Dropped)
	case m.Type() != t || m.YIAddr != addr(a):
		w.t.Fatalf("got %s of %s (%s), want %s of %s", m.Type(), m.YIAddr, m.Text(optMessage), t, a)
	}
	return m
}

// silent fails unless there was no answer, for a reason.
func (w *world) silent(m *dhcp4.Message, reason string) {
	w.t.Helper()
	if m != nil {
		w.t.Fatalf("got %s of %s (%s), want silence: %s", m.Type(), m.YIAddr, m.Text(optMessage), reason)
	}
	if reason != "" && w.server.Stats().Dropped[reason] == 0 {
		w.t.Fatalf("dropped %v, want for %q", w.server.Stats().Dropped, reason)
	}
}

// lease gets the client an address as usual.
func (c *client) lease(a string) {
	c.world.t.Helper()
	c.world.is(c.say(c.message(dhcp4.Discover)), dhcp4.Offer, a)
	c.world.is(c.say(c.message(dhcp4.Request, optServer, server, optWish, addr(a))), dhcp4.Ack, a)
}

// state is what the table says of an address.
func (w *world) state(a string) string {
	b, there := w.server.Table().Get(lease.Whole(addr(a)))
	if !there {
		return "free"
	}
	return b.State.String()
}

// newFuzzServer makes a server that nobody runs.
func newFuzzServer(f *testing.F) *server4.Server {
	f.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- R1"}, NoIPv6: true,
		Networks: map[string][]netip.Prefix{"h1--R1": {netip.MustParsePrefix("10.0.1.0/24")}}})
	if err != nil {
		f.Fatal(err)
	}
	l, err := lab.New(plan, lab.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { l.Close() })
	n, _ := l.Network("R1")
	r, _ := lease.ParseRange("10.0.1.100-10.0.1.199")
	c := server4.Config{Interface: "eth0", BOOTP: true, RapidCommit: true, Authoritative: true,
		Subnets: []server4.Subnet{{Prefix: netip.MustParsePrefix("10.0.1.0/24"), Ranges: []lease.Range{r}}}}
	c.Options = map[uint8][]byte{option.Router: {10, 0, 1, 1}, option.DomainName: []byte("lab"), 200: make([]byte, 300)}
	s, err := server4.New(network.With(f.Context(), n), c)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { s.Close() })
	return s
}
