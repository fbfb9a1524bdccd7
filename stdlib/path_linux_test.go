package stdlib_test

import (
	"net/netip"
	"sync"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// TestOnPath runs the modules that explore a network on the client of a path with an MTU of 1300 in its middle.
func TestOnPath(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	for _, with := range []string{"raw sockets behind ping", "ping sockets"} {
		t.Run(with, func(t *testing.T) {
			p := nettest.NewPath(t)
			if with == "ping sockets" { // a new namespace allows nobody one
				p.Client.Sysctl(t, "ipv4/ping_group_range", "0 0")
			}
			hosttest.RunFileIn(t, p.Client.Network, "testdata/path/clear.lua", catalog.Modules()...)
		})
	}
}

// TestByFrames explores the path by frames alone.
func TestByFrames(t *testing.T) {
	t.Parallel()
	if nettest.Inside(t) {
		hosttest.RunFileIn(t, nettest.NewPath(t).Client.Network, "testdata/path/frames.lua", catalog.Modules()...)
	}
}

// TestOnLAN runs arp on h1 of three hosts on a switch.
func TestOnLAN(t *testing.T) {
	t.Parallel()
	if nettest.Inside(t) {
		hosttest.RunFileIn(t, nettest.NewLAN(t, 3)[0].Network, "testdata/lan/arp.lua", catalog.Modules()...)
	}
}

// TestARPRivals lets two hosts want the same address at the same time: each is the other's rival (RFC 5227 section 2.1.1).
func TestARPRivals(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	said := make([]string, len(hosts))
	var both sync.WaitGroup
	for i, h := range hosts {
		both.Go(func() {
			said[i] = hosttest.RunIn(t, h.Network, `
				local a = assert(require "arp".open("eth0"))
				task.sleep(0.1)
				print(a:free("10.0.0.55", {pace = 0.3}))`, catalog.Modules()...)
		})
	}
	both.Wait()
	for i, other := range []string{"02:00:00:00:00:02", "02:00:00:00:00:01"} {
		if said[i] != "false\t"+other+"\n" && (said[i] != "true\n" || said[1-i] == "true\n") { // who hears first leaves it to the other
			t.Errorf("h1 says %q, h2 %q", said[0], said[1])
		}
	}
}

// oldRouter answers what is sent to 10.9.9.9 as four routers of RFC 792 would: they quote 8 bytes behind the IP header, so
// that nothing of a datagram's payload comes back.
const oldRouter = `
	local l = assert(require "link".open("eth0", {filter = "dst host 10.9.9.9"}))
	require "beside".ready()
	for p in l:sniff{timeout = 60, direction = "in"} do
		local u = p:layer("udp")
		if u and u.dport == 9 then return end
		local ttl = p.ip.ttl
		local error = ttl < 4 and packet.icmp{type = 11} or packet.icmp{type = 3, code = 3}
		l:send(packet.eth{dst = p.eth.src} / packet.ip{src = ttl < 4 and "10.9.0." .. ttl or "10.9.9.9", dst = p.ip.src} / error / p:bytes():sub(15, 42))
	end`

// TestBriefErrors traces the way behind such routers: errors that say too little are told apart by asking one by one, or by
// the datagram's identification where the frames are ours.
func TestBriefErrors(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	if err := hosts[0].Network.Config().AddRoute(network.Route{Dst: netip.MustParsePrefix("0.0.0.0/0"), Gateway: netip.MustParseAddr("10.0.0.2")}); err != nil {
		t.Fatal(err)
	}
	router := hosttest.Beside(t, hosts[1].Network, oldRouter, catalog.Modules()...)
	got := hosttest.RunIn(t, hosts[0].Network, `
		for _, via in ipairs{"socket", "frames"} do
			local path = assert(require "traceroute" ("10.9.9.9", {via = via, probes = 2, timeout = 5, hops = 6}))
			for _, hop in ipairs(path.hops) do io.write(hop.from or "?", " ", #hop.answers, " ") end
			print(path.reached)
		end
		require "dgram".udp{to = "10.9.9.9:9"}:send("enough")`, catalog.Modules()...)
	router()
	const want = "10.9.0.1 2 10.9.0.2 2 10.9.0.3 2 10.9.9.9 2 true\n"
	if got != want+want {
		t.Errorf("got\n%swant\n%s%s", got, want, want)
	}
}

// TestOnNoWay asks for a network that r1 has no route to.
func TestOnNoWay(t *testing.T) {
	t.Parallel()
	if nettest.Inside(t) {
		hosttest.RunFileIn(t, nettest.NewPath(t).Client.Network, "testdata/path/refused.lua", catalog.Modules()...)
	}
}

// TestOnBlackHole runs pmtu where r1 sends what r2's end of the link drops: frames longer than its MTU and the VLAN tag that
// it has room for.
func TestOnBlackHole(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPath(t)
	if err := p.R1.Network.Config().SetMTU("right", 1500); err != nil {
		t.Fatal(err)
	}
	hosttest.RunFileIn(t, p.Client.Network, "testdata/path/blackhole.lua", catalog.Modules()...)
}
