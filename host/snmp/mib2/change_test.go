package mib2_test

import (
	"net"
	"net/netip"
	"slices"
	"testing"
	"time"

	"moonwire/host/lab/wire"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/mib2"
	"moonwire/host/snmp/oid"
)

// TestShutdown shuts an interface by its ifAdminStatus, and looks at the notification and the time of the change.
func TestShutdown(t *testing.T) {
	t.Parallel()
	p := tell(t, mib2.Options{})
	var heard []mib2.Event
	p.mib.Notify(func(e mib2.Event) { heard = append(heard, e) })
	p.pass(10 * time.Second)
	const eth1 = ".3"
	if s := p.set("1.3.6.1.2.1.2.2.1.7"+eth1, number(2)); s != message.NoError {
		t.Fatal(s)
	}
	p.pass(time.Second)
	if i := p.host.Node().Interfaces()[2]; i.Name != "eth1" || i.Flags&net.FlagUp != 0 {
		t.Errorf("%+v", i)
	}
	p.wants("1.3.6.1.2.1.2.2.1.8"+eth1, number(2))
	p.wants("1.3.6.1.2.1.2.2.1.9"+eth1, message.TimeTicks(1000))
	p.set("1.3.6.1.2.1.2.2.1.7"+eth1, number(1))
	p.pass(time.Second)
	p.wants("1.3.6.1.2.1.2.2.1.8"+eth1, number(1))
	link, err := p.lab.Link("R2--server")
	if err != nil {
		t.Fatal(err)
	}
	link.SetUp(false) // the carrier goes: the interface stays switched on
	p.pass(time.Second)
	p.set("1.3.6.1.2.1.31.1.1.1.14"+eth1, number(2))
	link.SetUp(true)
	p.pass(time.Second)
	want := []struct {
		trap        oid.OID
		at          uint32
		admin, oper int
	}{{mib2.LinkDown, 1000, 2, 2}, {mib2.LinkUp, 1100, 1, 1}, {mib2.LinkDown, 1200, 1, 2}}
	if len(heard) != len(want) {
		t.Fatalf("heard of %d, want %d: %v", len(heard), len(want), heard)
	}
	for i, e := range heard {
		w := want[i]
		vars := []message.Var{
			{Name: oid.MustParse("1.3.6.1.2.1.2.2.1.1" + eth1), Value: number(3)}, {Name: oid.MustParse("1.3.6.1.2.1.2.2.1.7" + eth1), Value: number(w.admin)},
			{Name: oid.MustParse("1.3.6.1.2.1.2.2.1.8" + eth1), Value: number(w.oper)},
		}
		same := slices.EqualFunc(e.Vars, vars, func(a, b message.Var) bool { return a.Name.Equal(b.Name) && a.Value.Equal(b.Value) })
		if !e.Trap.Equal(w.trap) || e.Uptime != w.at || !same {
			t.Errorf("%d: %v at %d: %v, want %v at %d: %v", i, e.Trap, e.Uptime, e.Vars, w.trap, w.at, vars)
		}
	}
}

// TestForwarding makes the router a host.
func TestForwarding(t *testing.T) {
	t.Parallel()
	p := tell(t, mib2.Options{})
	p.wants("1.3.6.1.2.1.4.1.0", number(1))
	c, status := p.mib.Prepare(oid.MustParse("1.3.6.1.2.1.4.1.0"), number(2))
	if status != message.NoError {
		t.Fatal(status)
	}
	p.wants("1.3.6.1.2.1.4.1.0", number(1)) // nothing changes before
	c.Commit()
	p.wants("1.3.6.1.2.1.4.1.0", number(2))
	p.wants("1.3.6.1.2.1.4.25.0", number(2))
	p.wants("1.3.6.1.2.1.1.7.0", number(8+64))
	if p.host.Node().Forwarding() {
		t.Error("it forwards")
	}
	c.Undo()
	if !p.host.Node().Forwarding() {
		t.Error("it doesn't forward")
	}
}

// TestSlowLink tells the speed of a link with a rate, how many frames wait for it, and how many found no room.
func TestSlowLink(t *testing.T) {
	t.Parallel()
	p := tell(t, mib2.Options{})
	link, err := p.lab.Link("R2--server")
	if err != nil {
		t.Fatal(err)
	}
	if err := link.Impair(p.lab.Port("R2", "eth1"), wire.Impairment{Rate: 1_000_000, Queue: 5}); err != nil {
		t.Fatal(err)
	}
	p.wants("1.3.6.1.2.1.2.2.1.5.3", message.Gauge32(1_000_000))
	p.wants("1.3.6.1.2.1.31.1.1.1.15.3", message.Gauge32(1))
	p.wants("1.3.6.1.2.1.31.1.1.1.15.2", message.Gauge32(10_000))
	from, err := p.lab.Network("linux") // a router drops what a sender would wait with
	if err != nil {
		t.Fatal(err)
	}
	u, err := from.Packet(t.Context(), "udp4", nil)
	if err != nil {
		t.Fatal(err)
	}
	to := net.UDPAddrFromAddrPort(netip.MustParseAddrPort("10.0.3.2:9"))
	u.WriteTo(nil, to) // finds out the MAC address
	p.pass(time.Second)
	for range 20 {
		u.WriteTo(make([]byte, 1000), to)
	}
	p.pass(time.Millisecond)
	waits, lost := p.get("1.3.6.1.2.1.2.2.1.21.3").Uint(), p.get("1.3.6.1.2.1.2.2.1.19.3").Uint()
	if waits == 0 || waits > 5 || lost < 10 || waits+lost > 20 {
		t.Errorf("%d frames wait, %d were lost", waits, lost)
	}
	p.pass(time.Second)
	p.wants("1.3.6.1.2.1.2.2.1.21.3", message.Gauge32(0))
}
