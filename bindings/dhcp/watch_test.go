package dhcp_test

import (
	"os"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// TestWatch watches what passes a switch, in simulated time.
func TestWatch(t *testing.T) {
	t.Parallel()
	scene, err := os.ReadFile("testdata/watch_scene.lua")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, play, want string }{
		{"a lease from its first message to its end, which no message tells", `
			local w = watched({timeout = 100}, function(client, server) lease(client, server, "10.0.0.2", 7) end)
			local l = w.leases[1]
			print(#w.leases, l.address, l.mac, l.host_name, l.server, l.state, l.time, l.expires - l.obtained, l.renewals)
			print(#w.servers, w.servers[1].offers, w.servers[1].acks, w.servers[1].rogue, w.clients[1].discovers, w.clients[1].requests)
			print(w.stats.messages, w.stats.malformed, w.stats.lost, w.stats.forgotten)`, `
			0.1 client: 02:00:00:00:aa:01 asks for the first time, host "moon"
			0.1 server: 02:00:00:00:00:02 answers as server 10.0.0.2
			0.1 granted: 02:00:00:00:aa:01 got 10.0.0.100 from 10.0.0.2 for 60 s (selecting)
			60.1 expired: 02:00:00:00:aa:01 didn't renew 10.0.0.100
			1 10.0.0.100 02:00:00:00:aa:01 moon 10.0.0.2 expired 60 60 0
			1 1 1 nil 1 1
			4 0 0 0`},
		{"a rogue, and what the event has", `
			watched({timeout = 1, allow = {"10.0.0.3", ["10.0.0.2"] = "02:00:00:00:00:02"}, events = {"granted"}}, function(client, server)
				lease(client, server, "10.0.0.2", 7)
			end)
			net.h2:spawn(function() task.sleep(0.1) lease(link.open("eth0"), link.open("eth0"), "10.0.0.66", 8) end)
			net.h1:run(function()
				for e in dhcp.watch{timeout = 1, allow = {"10.0.0.2"}, events = {"rogue"}} do
					print(e, e.server, e.server_mac, e.address, e.mac, e.source, e.destination, e.from, e.to)
				end
			end)`, `
			0.1 granted: 02:00:00:00:aa:01 got 10.0.0.100 from 10.0.0.2 for 60 s (selecting)
			server 10.0.0.66 at 02:00:00:00:00:02: isn't allowed 10.0.0.66 02:00:00:00:00:02 10.0.0.100 02:00:00:00:aa:01 10.0.0.66:67 255.255.255.255:68 02:00:00:00:00:02 ff:ff:ff:ff:ff:ff`},
		{"messages, and an end by count", `
			watched({timeout = 1, events = {"message"}, count = 4}, function(client, server) lease(client, server, "10.0.0.2", 7) end)`, `
			0.1 message: discover 02:00:00:00:aa:01: 0.0.0.0:68 > 255.255.255.255:67
			0.1 message: offer 02:00:00:00:aa:01: 10.0.0.2:67 > 255.255.255.255:68, 10.0.0.100
			0.1 message: request 02:00:00:00:aa:01: 0.0.0.0:68 > 255.255.255.255:67, 10.0.0.100
			0.1 message: ack 02:00:00:00:aa:01: 10.0.0.2:67 > 255.255.255.255:68, 10.0.0.100`},
		{"one who takes many addresses under made up names, and a server that refuses", `
			watched({timeout = 1, clients = 3, naks = 2, events = {"starvation", "spoofed", "storm"}}, function(client, server)
				for n = 1, 4 do
					say(client, "discover", NONE, ALL, {xid = n, mac = "02:00:00:00:bb:0" .. n})
					say(server, "nak", "10.0.0.2", ALL, {xid = n, mac = "02:00:00:00:bb:0" .. n, options = {{"server_id", "10.0.0.2"}}})
				end
			end)`, `
			0.1 spoofed: 02:00:00:00:aa:01 sends a discover for 02:00:00:00:bb:01
			0.1 storm: 2 refusals within 10s, the last one from 10.0.0.2 to 02:00:00:00:bb:02
			0.1 starvation: 3 new clients within 10s, 3 of them from 02:00:00:00:aa:01, 3 under another MAC address than their frames'`},
		{"an address in two hands, as ARP tells", `
			watched({timeout = 1, events = {"conflict"}}, function(client, server)
				lease(client, server, "10.0.0.2", 7)
				client:send(packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.arp{op = "is-at", hwsrc = CLIENT, psrc = "10.0.0.100", pdst = "10.0.0.100"})
				client:send(packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.arp{op = "who-has", hwsrc = "02:00:00:00:cc:01", psrc = "10.0.0.100", pdst = "10.0.0.1"})
			end)`, `
			0.1 conflict: 10.0.0.100 is lent to 02:00:00:00:aa:01, but 02:00:00:00:cc:01 uses it`},
		{"an interface that goes down", `
			net.h1:spawn(function() task.sleep(0.5) net.h1:shutdown("eth0") end)
			net.h1:run(function()
				local w = dhcp.watch{}
				local ok, err = pcall(function() for e in w do end end)
				print(ok, err, err.kind)
			end)`, `
			false dhcp.watch: eth0: the interface went down down`},
		{"what is no message", `
			local w = watched({timeout = 1}, function(client)
				client:send(packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.ip{src = NONE, dst = ALL} / packet.udp{sport = 68, dport = 67} / "short")
			end)
			print(w.stats.messages, w.stats.malformed)
			w:close() w:close()
			print(#w.leases, pcall(w))`, `
			0 1
			0 false dhcp.watch: the watch is closed`},
		{"misuse", `
			net.h1:run(function()
				print(dhcp.watch{iface = "eth7"})
				for _, opts in ipairs{{allow = {"nobody"}}, {allow = {["10.0.0.1"] = "x"}}, {events = {"rouge"}}, {pool = {"x"}}, {timout = 1}, {clients = 0}} do
					print((select(2, pcall(dhcp.watch, opts)):gsub("^.-: ", "")))
				end
			end)`, `
			nil dhcp.watch: eth7: no such interface (there are: lo, eth0) notfound
			bad option 'allow' to 'dhcp.watch' (address, MAC address or DUID expected, got 'nobody')
			bad option 'allow' to 'dhcp.watch' (address = MAC address expected, got '10.0.0.1' = 'x')
			bad option 'events' to 'dhcp.watch' (no kind of event 'rouge'; did you mean 'rogue'?)
			bad option 'pool' to 'dhcp.watch' ("x" is no range of addresses: FIRST-LAST, ADDRESS or ADDRESS/BITS)
			bad option 'timout' to 'dhcp.watch' (did you mean 'timeout'? expected one of: iface, events, timeout, count, messages, allow, pool, window, clients, discovers, naks)
			bad option 'clients' to 'dhcp.watch' (1 to 4096 expected, got 0)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			clock := simtime.New(simtime.Epoch)
			defer clock.Close()
			got := hosttest.RunIn(t, network.Virtual(network.Kernel(), clock), string(scene)+tt.play, catalog.Modules()...)
			hosttest.SameLines(t, lines(strings.ReplaceAll(got, "\t", " ")), lines(tt.want))
		})
	}
}

// lines is text without the space around its lines.
func lines(text string) string {
	var list []string
	for line := range strings.Lines(strings.TrimSpace(text)) {
		list = append(list, strings.TrimSpace(line))
	}
	return strings.Join(list, "\n")
}
