package mib2_test

import (
	"net"
	"net/netip"
	"slices"
	"testing"
	"time"

	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/mib2"
	"moonwire/host/snmp/oid"
)

// A place is a host of a lab that tells of itself.
type place struct {
	*testing.T
	clock *simtime.Clock
	lab   *lab.Lab
	host  *lab.Host
	mib   *mib2.Host
}

// tell is R2 of linux -- R1 -- R2 -- server in simulated time.
func tell(t *testing.T, o mib2.Options) *place {
	t.Helper()
	clock := simtime.New(time.Time{})
	t.Cleanup(clock.Close)
	plan, err := topology.Build(topology.Spec{Lines: []string{"linux -- R1 -- R2 -- server"}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, lab.Options{Clock: clock, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	host, err := l.Host("R2")
	if err != nil {
		t.Fatal(err)
	}
	mib, err := mib2.New(network.With(t.Context(), host.Network()), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(mib.Close)
	return &place{t, clock, l, host, mib}
}

func (p *place) get(name string) message.Value { return p.mib.View().Get(oid.MustParse(name)) }

// wants compares a variable.
func (p *place) wants(name string, want message.Value) {
	p.Helper()
	if got := p.get(name); !got.Equal(want) {
		p.Errorf("%s is %v %v, want %v %v", name, got.Type, got, want.Type, want)
	}
}

// pass lets time go by.
func (p *place) pass(d time.Duration) { p.clock.Sleep(p.Context(), d) }

// set sets a variable and says how that ended.
func (p *place) set(name string, v message.Value) message.ErrorStatus {
	c, status := p.mib.Prepare(oid.MustParse(name), v)
	if status != message.NoError {
		return status
	}
	if c.Commit() != nil {
		return message.CommitFailed
	}
	return message.NoError
}

// walk is everything below a name, found step by step.
func (p *place) walk(root string) (all []message.Var) {
	p.Helper()
	at := oid.MustParse(root)
	for name := at; ; {
		v, ok := p.mib.View().Next(name)
		if !ok || !v.Name.HasPrefix(at) {
			return all
		}
		if oid.Compare(v.Name, name) <= 0 {
			p.Fatalf("after %v comes %v", name, v.Name)
		}
		all = append(all, v)
		name = v.Name
	}
}

// number is a value of enumerations and sizes.
func number(n int) message.Value { return message.Integer(int64(n)) }

// TestWalk sees that each variable that a walk finds is what get gives, in order, under a root that is told.
func TestWalk(t *testing.T) {
	t.Parallel()
	p := tell(t, mib2.Options{})
	all := p.walk("1.3")
	if len(all) < 300 {
		t.Errorf("%d variables", len(all))
	}
	view := p.mib.View()
	for _, v := range all {
		if got := view.Get(v.Name); !got.Equal(v.Value) {
			t.Errorf("get %v is %v, the walk had %v", v.Name, got, v.Value)
		}
		if !slices.ContainsFunc(mib2.Roots(), func(r oid.OID) bool { return v.Name.HasPrefix(r) }) {
			t.Errorf("%v is under none of the roots", v.Name)
		}
		if b := v.Value.Raw(); v.Value.Malformed() || v.Value.Type == 0 {
			t.Errorf("%v is % x", v.Name, b)
		}
	}
	p.wants("1.3.6.1.2.1.2.2.1.99.1", message.NoSuchObject)
	p.wants("1.3.6.1.2.1.2.2.1.2.99", message.NoSuchInstance)
	p.wants("1.3.6.1.2.1.1.1", message.NoSuchInstance)
	p.wants("1.3.6.1.2.1.1", message.NoSuchObject)
	p.wants("1.3.6.1.2.1.99.1.0", message.NoSuchObject)
}

// TestSystem reads the system group as time goes by, and writes it.
func TestSystem(t *testing.T) {
	t.Parallel()
	p := tell(t, mib2.Options{Contact: "noc", Location: "second floor"})
	p.wants("1.3.6.1.2.1.1.1.0", message.Text("R2, a router of a moonwire lab"))
	p.wants("1.3.6.1.2.1.1.3.0", message.TimeTicks(0))
	p.wants("1.3.6.1.2.1.1.4.0", message.Text("noc"))
	p.wants("1.3.6.1.2.1.1.5.0", message.Text("R2"))
	p.wants("1.3.6.1.2.1.1.6.0", message.Text("second floor"))
	p.wants("1.3.6.1.2.1.1.7.0", number(4+8+64))
	p.pass(90 * time.Second)
	p.wants("1.3.6.1.2.1.1.3.0", message.TimeTicks(9000))
	p.wants("1.3.6.1.2.1.25.1.1.0", message.TimeTicks(9000))
	if s := p.set("1.3.6.1.2.1.1.5.0", message.Text("SNMPv2R2")); s != message.NoError {
		t.Error(s)
	}
	p.wants("1.3.6.1.2.1.1.5.0", message.Text("SNMPv2R2"))
	if name, err := p.host.Network().Hostname(); name != "SNMPv2R2" {
		t.Errorf("the host is called %q (%v)", name, err)
	}
}

// TestRefusals sets what can't be set, or not like that.
func TestRefusals(t *testing.T) {
	t.Parallel()
	p := tell(t, mib2.Options{})
	for _, tt := range []struct {
		name  string
		value message.Value
		want  message.ErrorStatus
	}{
		{"1.3.6.1.2.1.1.5.0", number(5), message.WrongType},
		{"1.3.6.1.2.1.1.5.0", message.String(make([]byte, 256)), message.WrongLength},
		{"1.3.6.1.2.1.1.5.0", message.Text("\xff"), message.WrongValue},
		{"1.3.6.1.2.1.1.3.0", message.TimeTicks(5), message.NotWritable},
		{"1.3.6.1.2.1.1.5.1", message.Text("x"), message.NoCreation},
		{"1.3.6.1.2.1.2.1.0", number(7), message.NotWritable},
		{"1.3.6.1.2.1.2.2.1.7.99", number(1), message.NoCreation},
		{"1.3.6.1.2.1.2.2.1.7.3", number(3), message.WrongValue},
		{"1.3.6.1.2.1.2.2.1.7.3", number(4), message.WrongValue},
		{"1.3.6.1.2.1.2.2.1.8.3", number(1), message.NotWritable},
		{"1.3.6.1.2.1.31.1.1.1.18.3", message.String(make([]byte, 65)), message.WrongLength},
		{"1.3.6.1.2.1.31.1.1.1.14.3", number(3), message.WrongValue},
		{"1.3.6.1.2.1.4.1.0", number(0), message.WrongValue},
		{"1.3.6.1.2.1.4.2.0", message.Text("64"), message.NotWritable},
		{"1.3.6.1.2.1.11.30.0", message.Text("1"), message.WrongType},
	} {
		if c, got := p.mib.Prepare(oid.MustParse(tt.name), tt.value); got != tt.want || (c == nil) != (got != message.NoError) {
			t.Errorf("%s to %v: %v, want %v", tt.name, tt.value, got, tt.want)
		}
	}
}

// TestInterfaces compares ifTable and ifXTable with what the lab says, before and after traffic and changes.
func TestInterfaces(t *testing.T) {
	t.Parallel()
	p := tell(t, mib2.Options{})
	p.sameInterfaces()
	p.traffic()
	p.sameInterfaces()
	c := p.host.Network().Config()
	for what, err := range map[string]error{"mtu": c.SetMTU("eth1", 1400), "down": c.SetUp("eth1", false),
		"address": c.AddAddr("eth0", netip.MustParsePrefix("10.9.9.9/28"))} {
		if err != nil {
			t.Fatal(what, err)
		}
	}
	p.sameInterfaces()
	p.sameAddresses()
	if err := c.DelAddr("eth0", netip.MustParsePrefix("10.9.9.9/28")); err != nil {
		t.Fatal(err)
	}
	p.sameAddresses()
}

// traffic sends datagrams and a stream through R2 and to it.
func (p *place) traffic() {
	p.Helper()
	from, err := p.lab.Network("linux")
	if err != nil {
		p.Fatal(err)
	}
	for _, to := range []string{"10.0.3.2:9", "10.0.2.2:9", "[fd00:0:0:3::2]:9"} {
		family := "udp4"
		if to[0] == '[' {
			family = "udp6"
		}
		u, err := from.Packet(p.Context(), family, nil)
		if err != nil {
			p.Fatal(err)
		}
		for range 5 {
			u.WriteTo(make([]byte, 3000), net.UDPAddrFromAddrPort(netip.MustParseAddrPort(to)))
			p.pass(time.Second)
		}
		u.Close()
	}
	p.stream(from)
}

// stream opens a connection to R2 and leaves both ends open.
func (p *place) stream(from network.Network) {
	p.Helper()
	l, err := p.host.Network().Listen(p.Context(), "tcp", "10.0.2.2:7", nil)
	if err != nil {
		p.Fatal(err)
	}
	c, err := from.Dial(p.Context(), "tcp", "10.0.2.2:7", nil)
	if err != nil {
		p.Fatal(err)
	}
	if _, err := l.Accept(); err != nil {
		p.Fatal(err)
	}
	c.Write(make([]byte, 10_000))
	p.pass(time.Second)
}

// sameInterfaces compares both tables.
func (p *place) sameInterfaces() {
	p.Helper()
	list := p.host.Node().Interfaces()
	p.wants("1.3.6.1.2.1.2.1.0", number(len(list)))
	status := func(i network.Interface, f net.Flags) message.Value {
		if i.Flags&f != 0 {
			return number(1)
		}
		return number(2)
	}
	for _, i := range list {
		s, err := p.host.Node().InterfaceStats(i.Name)
		if err != nil {
			p.Fatal(err)
		}
		row := func(table string, column int) string {
			return table + oid.OID{uint32(column), uint32(i.Index)}.String()
		}
		const ifTable, ifXTable = "1.3.6.1.2.1.2.2.1.", "1.3.6.1.2.1.31.1.1.1."
		kind := number(6)
		if i.Name == "lo" {
			kind = number(24)
		}
		for column, want := range map[int]message.Value{
			1: number(i.Index), 2: message.Text(i.Name), 3: kind, 4: number(i.MTU), 6: message.String(i.MAC),
			7: status(i, net.FlagUp), 8: status(i, net.FlagRunning), 10: message.Counter32(uint32(s.InOctets)),
			11: message.Counter32(uint32(s.InUcastPkts)), 12: message.Counter32(uint32(s.InMulticastPkts + s.InBroadcastPkts)),
			13: message.Counter32(uint32(s.InDiscards)), 14: message.Counter32(uint32(s.InErrors)), 15: message.Counter32(uint32(s.InUnknownProtos)),
			16: message.Counter32(uint32(s.OutOctets)), 17: message.Counter32(uint32(s.OutUcastPkts)),
			18: message.Counter32(uint32(s.OutMulticastPkts + s.OutBroadcastPkts)),
		} {
			p.wants(row(ifTable, column), want)
		}
		for column, want := range map[int]message.Value{
			1: message.Text(i.Name), 2: message.Counter32(uint32(s.InMulticastPkts)), 3: message.Counter32(uint32(s.InBroadcastPkts)),
			4: message.Counter32(uint32(s.OutMulticastPkts)), 5: message.Counter32(uint32(s.OutBroadcastPkts)),
			6: message.Counter64(s.InOctets), 7: message.Counter64(s.InUcastPkts), 10: message.Counter64(s.OutOctets),
			11: message.Counter64(s.OutUcastPkts), 14: number(1), 18: message.Text(""),
		} {
			p.wants(row(ifXTable, column), want)
		}
	}
}

// sameAddresses compares the tables of addresses and routes.
func (p *place) sameAddresses() {
	p.Helper()
	var v4, all int
	for _, i := range p.host.Node().Interfaces() {
		for _, a := range i.Addrs {
			all++
			if !a.Addr().Is4() {
				continue
			}
			v4++
			at := "1.3.6.1.2.1.4.20.1."
			p.wants(at+"2."+a.Addr().String(), number(i.Index))
			p.wants(at+"3."+a.Addr().String(), message.IPAddress(netip.AddrFrom4([4]byte(net.CIDRMask(a.Bits(), 32)))))
			p.wants("1.3.6.1.2.1.4.34.1.3.1.4."+a.Addr().String(), number(i.Index))
		}
	}
	if got := len(p.walk("1.3.6.1.2.1.4.20.1.1")); got != v4 {
		p.Errorf("ipAddrTable has %d rows for %d addresses", got, v4)
	}
	if got := len(p.walk("1.3.6.1.2.1.4.34.1.3")); got != all {
		p.Errorf("ipAddressTable has %d rows for %d addresses", got, all)
	}
	for _, v := range p.walk("1.3.6.1.2.1.4.34.1.5") {
		if got := p.mib.View().Get(v.Value.OID()); got.Type.Exception() {
			p.Errorf("%v leads to %v, where there is nothing", v.Name, v.Value)
		}
	}
	routes := p.host.Node().Routes()
	if got := len(p.walk("1.3.6.1.2.1.4.24.7.1.7")); got != len(routes) {
		p.Errorf("inetCidrRouteTable has %d rows for %d routes", got, len(routes))
	}
	routes = slices.DeleteFunc(routes, func(r network.Route) bool { return !r.Dst.Addr().Is4() })
	if got := len(p.walk("1.3.6.1.2.1.4.24.4.1.1")); got != len(routes) {
		p.Errorf("ipCidrRouteTable has %d rows for %d routes", got, len(routes))
	}
	p.wants("1.3.6.1.2.1.4.24.3.0", message.Gauge32(uint32(len(routes))))
	for _, r := range routes {
		if r.Gateway.IsValid() {
			p.wants("1.3.6.1.2.1.4.21.1.7."+r.Dst.Addr().String(), message.IPAddress(r.Gateway))
		}
	}
}

// TestProtocols compares the groups above the interfaces after traffic.
func TestProtocols(t *testing.T) {
	t.Parallel()
	p := tell(t, mib2.Options{})
	p.traffic()
	s := p.host.Node().Stats()
	if s.IP.ForwDatagrams < 15 || s.UDP.NoPorts < 5 || s.ICMP.OutTypes[3] < 5 {
		t.Fatalf("too little happened: %+v", s)
	}
	for name, want := range map[string]uint64{
		"4.3": s.IP.InReceives, "4.6": s.IP.ForwDatagrams, "4.9": s.IP.InDelivers, "4.10": s.IP.OutRequests, "4.14": s.IP.ReasmReqds,
		"4.31.1.1.3.1": s.IP.InReceives, "4.31.1.1.23.2": s.IP6.ForwDatagrams, "4.31.1.1.29.1": s.IP.FragCreates,
		"5.14": s.ICMP.OutMsgs, "5.16": s.ICMP.OutTypes[3], "5.30.1.4.1.3": s.ICMP.OutTypes[3], "5.30.1.3.2.135": s.ICMP6.InTypes[135],
		"6.6": s.TCP.PassiveOpens, "6.10": s.TCP.InSegs, "6.11": s.TCP.OutSegs, "7.2": s.UDP.NoPorts, "7.1": s.UDP.InDatagrams,
	} {
		if slices.Contains([]byte("4567"), name[0]) && len(name) <= 4 {
			name += ".0"
		}
		p.wants("1.3.6.1.2.1."+name, message.Counter32(uint32(want)))
	}
	p.wants("1.3.6.1.2.1.6.9.0", message.Gauge32(1))
	p.wants("1.3.6.1.2.1.6.13.1.1.10.0.2.2.7.0.0.0.0.0", number(2))                            // listen
	p.wants("1.3.6.1.2.1.6.20.1.4.1.4.10.0.2.2.7", message.Gauge32(0))                         // the same
	if conns := p.walk("1.3.6.1.2.1.6.19.1.7"); len(conns) != 1 || conns[0].Value.Int() != 5 { // established
		t.Errorf("tcpConnectionTable: %v", conns)
	}
	if _, err := p.host.Network().ListenPacket(t.Context(), "udp4", "10.0.2.2:161", nil); err != nil {
		t.Fatal(err)
	}
	p.wants("1.3.6.1.2.1.7.5.1.2.10.0.2.2.161", number(161))
	p.wants("1.3.6.1.2.1.7.7.1.8.1.4.10.0.2.2.161.0.0.0.1", message.Gauge32(0))
	if n := p.host.Node().Neighbors(); len(n) < 2 || len(p.walk("1.3.6.1.2.1.4.35.1.4")) != len(n) {
		t.Errorf("ipNetToPhysicalTable has %d rows for %d neighbours", len(p.walk("1.3.6.1.2.1.4.35.1.4")), len(n))
	}
}

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
