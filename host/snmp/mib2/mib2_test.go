package mib2_test

import (
	"net"
	"net/netip"
	"slices"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/mib2"
	"moonwire/host/snmp/oid"
)

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
