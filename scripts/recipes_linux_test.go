package scripts_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// TestRecipesOnLinks runs recipes in networks of their own.
func TestRecipesOnLinks(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	for name, run := range map[string]func(*testing.T, shippedScript){
		"arp_scan":       arpScan,
		"mtu_sweep":      mtuSweep,
		"replay":         replay,
		"rogue_ra_watch": rogueRAWatch,
		"syn_scan":       synScan,
		"tcp_handshake":  tcpHandshake,
		"vlan_hop":       vlanHop,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, recipe(t, name))
		})
	}
}

func arpScan(t *testing.T, s shippedScript) {
	s.showsWith(t, nettest.NewLAN(t, 3)[0].Network, map[string]any{"network": "10.0.0.0/28", "wait": 3.0})
}

func mtuSweep(t *testing.T, s shippedScript) {
	s.showsWith(t, nettest.NewPath(t).Client.Network, nil)
}

// listen accepts connections on a node until the test ends.
func listen(t *testing.T, n *nettest.Node, addr string) network.Listener {
	t.Helper()
	l, err := n.Network.Listen(context.Background(), "tcp", addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func synScan(t *testing.T, s shippedScript) {
	hosts := nettest.NewLAN(t, 2)
	listen(t, hosts[1], "10.0.0.2:22")
	listen(t, hosts[1], "10.0.0.2:80")
	s.showsWith(t, hosts[0].Network, map[string]any{"wait": 3.0})
}

func tcpHandshake(t *testing.T, s shippedScript) {
	hosts := nettest.NewLAN(t, 2)
	l := listen(t, hosts[1], "10.0.0.2:7")
	ended := make(chan error, 1)
	go func() {
		c, err := l.Accept()
		if err == nil {
			_, err = io.Copy(c, c) // until the client's FIN; a reset would be an error
			c.Close()
		}
		ended <- err
	}()
	s.showsWith(t, hosts[0].Network, nil)
	if err := <-ended; err != nil {
		t.Error("the server saw", err)
	}
}

// replay sends a capture to h2 with other addresses, and twice as fast; h2 hears it, and answers what is for it.
func replay(t *testing.T, s shippedScript) {
	hosts := nettest.NewLAN(t, 2)
	heard := hosttest.Beside(t, hosts[1].Network, `
		local l = assert(require "link".open("eth0", {filter = "ip and dst host 10.0.0.2"}))
		require "beside".ready()
		for p, meta in l:sniff{timeout = 100, count = 3} do
			local sum = p.ip.chksum
			p.ip.chksum = packet.auto
			print(p.eth.src, p.eth.dst, p.ip.src, p.ip.dst, p.ip.frag * 8, p:build().ip.chksum == sum)
		end`, catalog.Modules()...)
	s.showsWith(t, hosts[0].Network, map[string]any{"file": "testdata/fragments.pcap", "filter": "src host 10.0.11.2", "speed": 2.0,
		"rewrite": []any{"10.0.11.2=10.0.0.1", "10.0.13.2=10.0.0.2", "02:00:00:00:11:02=02:00:00:00:00:01", "02:00:00:00:11:01=02:00:00:00:00:02"}})
	want := "02:00:00:00:00:01\t02:00:00:00:00:02\t10.0.0.1\t10.0.0.2\t"
	if got := heard(); got != want+"0\ttrue\n"+want+"1280\ttrue\n"+want+"2560\ttrue\n" {
		t.Errorf("h2 heard\n%s", got)
	}
}

// vlanHop tries the recipe on two switches in one: it takes off a tag of its native VLAN, and then goes by the next.
func vlanHop(t *testing.T, s shippedScript) {
	tester, sw := nettest.NewNode(t), nettest.NewNode(t)
	nettest.Wire(t, nettest.Port{Node: tester, Name: "eth0", MAC: net.HardwareAddr{2, 0, 0, 0, 0, 1}}, nettest.Port{Node: sw, Name: "p1"})
	nettest.Wire(t, nettest.Port{Node: tester, Name: "eth1"}, nettest.Port{Node: sw, Name: "p20"})
	ended := hosttest.Beside(t, sw.Network, `
		local link = require "link"
		local one, twenty = assert(link.open("p1", {promiscuous = true})), assert(link.open("p20"))
		require "beside".ready()
		for p in one:sniff{timeout = 100, direction = "in"} do
			local outer, inner = p:layer("dot1q", 1), p:layer("dot1q", 2)
			if inner and outer.vlan == 1 and inner.vlan == 20 then
				local frame = p:bytes()
				twenty:send(frame:sub(1, 12) .. frame:sub(21))
				return
			end
		end`, catalog.Modules()...)
	s.showsWith(t, tester.Network, map[string]any{"witness": "eth1", "wait": 2.0})
	ended()
}

// advertise sends a router advertisement from a host, a while after an ICMPv6 message of a type.
const advertise = `
	local l = assert(require "link".open("eth0", {filter = "icmp6 and ip6[40] = %d"}))
	require "beside".ready()
	for p in l:sniff{timeout = 30, count = 1} do
		task.sleep(0.1)
		local option = {type = "prefix", prefixlen = 64, prefix = %q}
		assert(l:send(packet.ipv6{dst = "ff02::1", hlim = 255, src = %q} /
			packet.icmp6{type = "ra", routerlifetime = %d, options = {option, {type = "mtu", mtu = 1400}}}))
	end`

// rogueRAWatch has a router that answers the solicitation, and one that answers that router.
func rogueRAWatch(t *testing.T, s shippedScript) {
	const solicitation, advertisement = 133, 134
	hosts := nettest.NewLAN(t, 3)
	first := hosttest.Beside(t, hosts[1].Network, fmt.Sprintf(advertise, solicitation, "2001:db8:1::", "fe80::2", 1800), catalog.Modules()...)
	second := hosttest.Beside(t, hosts[2].Network, fmt.Sprintf(advertise, advertisement, "2001:db8:bad::", "fe80::3", 0), catalog.Modules()...)
	s.showsWith(t, hosts[0].Network, map[string]any{"known": []any{"02:00:00:00:00:02"}, "seconds": 6.0})
	first()
	second()
}
